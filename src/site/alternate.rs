//! Pages as Markdown, for programs that read text: the Markdown alternates of profiles,
//! goals, pairs and guides, and `llms.txt`, which lists them.
//!
//! An alternate is made from the view of its page, by a template of its own that ends in
//! `.md`; so both say the same. Values in such a template are escaped as Markdown
//! ([`escape`]), and prose is written again from its events ([`prose`]). Links are relative,
//! and lead to other alternates where there are some.

pub(super) mod escape;
mod prose;

pub(super) use prose::prose_markdown;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Serialize;

use super::Site;
use super::engine::Form;
use super::pages;
use super::pages::{Llms, RegisteredPage};
use super::parts::{self, shared};
use crate::book::Key;
use crate::diag::Diagnostic;
use crate::plan::{FileKind, Page};
use crate::site::layout;

/// The view of the template `llms.md`.
#[derive(Serialize)]
struct LlmsView<'a> {
    /// The size of the book: "8 frameworks, 37 criteria, 58 sources."
    counts: String,
    /// The newest day on which a fact was checked; may be empty.
    checked: String,
    /// Lists of pages, those that a hurried reader may skip last.
    sections: Vec<Section<'a>>,
}

/// Pages of one kind.
#[derive(Serialize)]
struct Section<'a> {
    /// Their heading.
    title: &'a str,
    /// The pages.
    links: Vec<Listed<'a>>,
}

/// A page of the list.
#[derive(Serialize)]
struct Listed<'a> {
    /// Its title.
    title: String,
    /// Its absolute address.
    url: String,
    /// Its summary.
    text: &'a str,
}

/// The heading that the llms.txt format has for pages that may be skipped.
const OPTIONAL: &str = "Optional";

/// Writes a page as Markdown.
pub(super) fn markdown_alternate(
    site: &Site<'_>,
    page: &Page,
    out: &mut Vec<u8>,
) -> Result<(), Vec<Diagnostic>> {
    let kind = pages::of(page);
    let mut context = (kind.view)(site, page, Form::Markdown)?;
    context.insert_value("page", layout::page_view(site, page));
    site.engine.text(kind.template, &context, out)
}

/// Writes the list of pages for programs that read text.
pub(super) fn llms_txt(
    site: &Site<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Vec<Diagnostic>> {
    let lists = pages::ALL.iter().filter_map(|kind| match kind.llms {
        Llms::List(title) => {
            let links = listed(site, |other| other.name == kind.name);
            Some(Section { title: site.strings.get(title), links })
        }
        Llms::Optional | Llms::None => None,
    });
    let data = Section { title: site.strings.get(Key::NavData), links: data_files(site) };
    let links = listed(site, |kind| kind.llms == Llms::Optional);
    let more = Section { title: OPTIONAL, links };
    let sections = lists.chain([data, more]).filter(|list| !list.links.is_empty());
    let cells = site.book.frameworks.iter().flat_map(|framework| &framework.cells);
    let checked = cells.filter_map(|cell| cell.known()?.checked).max();
    let view = LlmsView {
        counts: shared::counts(site),
        checked: checked.map_or_else(String::new, |day| site.strings.date(day)),
        sections: sections.collect(),
    };
    let (template, context) = parts::shown("llms.html", &view);
    site.engine.text(template, &context, out)
}

/// Pages of some kinds that search engines may list, by kind.
fn listed<'s>(
    site: &'s Site<'_>,
    is_wanted: impl Fn(&RegisteredPage) -> bool,
) -> Vec<Listed<'s>> {
    let kinds = pages::ALL.iter().filter(|kind| is_wanted(kind));
    let pages = kinds.flat_map(|kind| {
        let pages = site.plan.pages.iter().filter(|page| page.is_indexed());
        let own = pages.filter(|page| page.kind == kind.name);
        own.map(|page| listed_page(site, kind, page))
    });
    pages.collect()
}

/// A page, by its alternate if it has one.
fn listed_page<'p>(
    site: &'p Site<'_>,
    kind: &RegisteredPage,
    page: &'p Page,
) -> Listed<'p> {
    let summary = (kind.summary)(site.contents(), page.subject);
    let route = page.alternate().unwrap_or_else(|| page.route.clone());
    Listed {
        title: page.metadata.label.clone(),
        url: plain_url(site, route.as_str()),
        text: summary.unwrap_or(&page.metadata.description),
    }
}

fn data_files<'s>(site: &'s Site<'_>) -> Vec<Listed<'s>> {
    let file = |file: &crate::plan::File| {
        let text = match file.kind {
            FileKind::Frameworks => Key::DataFrameworks,
            FileKind::Criteria => Key::DataCriteria,
            FileKind::Matrix => Key::DataMatrix,
            _ => return None,
        };
        let route = file.route.as_str();
        Some(Listed {
            title: route.rsplit('/').next().unwrap_or(route).to_owned(),
            url: plain_url(site, route),
            text: site.strings.get(text),
        })
    };
    site.plan.files.iter().filter_map(file).collect()
}

/// The absolute address of a route, such that it can stand between parentheses.
fn plain_url(site: &Site<'_>, route: &str) -> String {
    site.absolute(route).replace('(', "%28").replace(')', "%29")
}

/// Routes of alternates by those of their pages, for templates.
pub(super) fn alternates(site: &Site<'_>) -> tera::Value {
    let pages = site.plan.pages.iter();
    let alternates: BTreeMap<&str, String> = pages
        .filter_map(|page| Some((page.route.as_str(), page.alternate()?.to_string())))
        .collect();
    tera::Value::from_serializable(&alternates)
}
