//! Checks the HTML of every page as browsers read it, and the links of pages as Markdown.
//!
//! Every page is read alone ([`scan()`]), which finds faults within it, and its links are
//! held against the paths of the site. Only hashes of its ids and the parts of other pages
//! that it links to are kept, so that a site of any size can be checked. The plan has checked
//! the texts of authors; this finds mistakes of templates.

mod resolve;
mod scan;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use pulldown_cmark::{Event, LinkType, Parser, Tag};
use rapidhash::v3::rapidhash_v3;
use rayon::prelude::*;

use super::{File, Site};
use crate::diag::{Code, Diagnostic};
use crate::plan::FileKind;
use crate::raw::markdown_options;

use resolve::{Resolver, Target};
use scan::scan;

/// The number of pages that are made before their reports are gathered.
const BATCH: usize = 1024;

/// The report on one page.
pub struct PageReport {
    /// Faults within it.
    found: Vec<Diagnostic>,
    /// Parts of other pages that it links to: their path, the part, the link.
    parts: Vec<(String, String, String)>,
    /// Hashes of its ids, rising.
    ids: Vec<u64>,
}

/// Checks pages one by one and gathers the reports.
pub struct Linter<'a> {
    site: &'a Site<'a>,
    resolver: Resolver<'a>,
    found: Vec<Diagnostic>,
    /// Hashes of ids, by the path of their page.
    ids: BTreeMap<&'a str, Vec<u64>>,
    /// The error if a page turns out not to have a part, by path and part.
    parts: BTreeMap<(String, String), Diagnostic>,
}

impl Site<'_> {
    /// Makes every page and checks its HTML. A diagnostic names its page in a note.
    pub fn check(&self) -> Vec<Diagnostic> {
        let pages: Vec<usize> =
            (0..self.files.len()).filter(|index| self.is_page(*index)).collect();
        let mut seen = self.linter();
        for batch in pages.chunks(BATCH) {
            let read = batch.par_iter().map_init(Vec::new, |html, index| {
                html.clear();
                self.render_file(*index, html).map(|()| seen.read(*index, html))
            });
            let read: Vec<_> = read.collect();
            for (index, page) in batch.iter().zip(read) {
                match page {
                    Ok(page) => seen.add(*index, page),
                    Err(more) => seen.found.extend(more),
                }
            }
        }
        let texts: Vec<_> =
            self.texts().par_iter().map(|index| seen.read_text(*index)).collect();
        texts.into_iter().for_each(|found| seen.add_text(found));
        seen.end()
    }

    /// Positions of pages in Markdown and of lists of them.
    pub fn texts(&self) -> Vec<usize> {
        let is_text = |kind| matches!(kind, FileKind::Alternate(_) | FileKind::Llms);
        (0..self.files.len())
            .filter(|index| match self.files[*index] {
                File::Planned(at) => is_text(self.plan.files[at].kind),
                File::Page(_) | File::Asset(_) | File::Card(_) => false,
            })
            .collect()
    }

    /// Starts a check of pages that are made one by one.
    pub fn linter(&self) -> Linter<'_> {
        let resolver = Resolver::new(&self.paths, &self.book.site);
        let (ids, parts) = (BTreeMap::new(), BTreeMap::new());
        Linter { site: self, resolver, found: Vec::new(), ids, parts }
    }
}

impl<'a> Linter<'a> {
    /// Checks a page, by its position in [`Site::paths`].
    pub fn read(&self, index: usize, html: &[u8]) -> PageReport {
        check_page(&self.site.paths[index], html, &self.resolver)
    }

    /// Makes a page in Markdown, by its position in [`Site::paths`], and follows its links.
    pub fn read_text(&self, index: usize) -> Vec<Diagnostic> {
        let mut text = Vec::new();
        match self.site.render_file(index, &mut text) {
            Ok(()) => {
                let text = String::from_utf8_lossy(&text);
                check_text(&self.site.paths[index], &text, &self.resolver)
            }
            Err(found) => found,
        }
    }

    /// Adds the diagnostics of a page in Markdown.
    pub fn add_text(&mut self, found: Vec<Diagnostic>) {
        self.found.extend(found);
    }

    /// Adds the report on a page.
    pub fn add(&mut self, index: usize, page: PageReport) {
        let path = self.site.paths[index].as_str();
        self.found.extend(page.found);
        self.ids.insert(path, page.ids);
        for (target, part, link) in page.parts {
            let message = format!("no part of `{target}` has the id of `{link}`");
            let missing = || about(Code::DeadFragment, message, path);
            self.parts.entry((target, part)).or_insert_with(missing);
        }
    }

    /// All diagnostics, once every page has been added.
    pub fn end(self) -> Vec<Diagnostic> {
        let Self { mut found, ids, parts, .. } = self;
        let is_dead = |(target, part): &(String, String)| {
            let ids = ids.get(target.as_str());
            // A path that is no page, or could not be made, has no ids to compare with.
            ids.is_some_and(|ids| ids.binary_search(&hash(part)).is_err())
        };
        let dead = parts.into_iter().filter(|(wanted, _)| is_dead(wanted));
        found.extend(dead.map(|(_, missing)| missing));
        found
    }
}

/// Follows the links of a page in Markdown.
fn check_text(path: &str, text: &str, resolver: &Resolver<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for event in Parser::new_ext(text, markdown_options(text)) {
        let dest_url = match event {
            // An e-mail address between angle brackets has no scheme.
            Event::Start(Tag::Link { link_type: LinkType::Email, .. }) => continue,
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                dest_url
            }
            _ => continue,
        };
        if let Target::Nowhere(cause) = resolver.resolve(path, &dest_url) {
            let message = format!("the link `{dest_url}` {cause}");
            found.push(about(Code::DeadLink, message, path));
        }
    }
    found
}

/// Reads a page and follows its links.
fn check_page(path: &str, html: &[u8], resolver: &Resolver<'_>) -> PageReport {
    let page = scan(html);
    let faults = page.faults.iter().cloned();
    let mut found: Vec<_> =
        faults.map(|fault| about(Code::BadHtml, fault, path)).collect();
    let mut parts = Vec::new();
    for link in &page.links {
        match resolver.resolve(path, link) {
            Target::Here { path: target, part: Some(part) } if target == path => {
                if !page.has_id(&part) {
                    let message = format!("no part of the page has the id of `{link}`");
                    found.push(about(Code::DeadFragment, message, path));
                }
            }
            Target::Here { path, part: Some(part) } => {
                parts.push((path, part, link.clone()));
            }
            Target::Here { part: None, .. } | Target::Elsewhere => {}
            Target::Nowhere(cause) => {
                let message = format!("the link `{link}` {cause}");
                found.push(about(Code::DeadLink, message, path));
            }
        }
    }
    for id in page.references.iter().filter(|id| !page.has_id(id)) {
        let message = format!("no element has the id `{id}` that another refers to");
        found.push(about(Code::BadHtml, message, path));
    }
    let mut ids: Vec<u64> = page.ids.iter().map(|id| hash(id)).collect();
    ids.sort_unstable();
    PageReport { found, parts, ids }
}

fn hash(id: &str) -> u64 {
    rapidhash_v3(id.as_bytes())
}

fn about(code: Code, message: String, path: &str) -> Diagnostic {
    Diagnostic::placeless(code, message).note(format!("on the page `{path}`"))
}
