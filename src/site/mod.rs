//! The site of a book. `Book` and `Rankings` -> `Plan`; with a theme -> [`Site`], whose
//! [`Site::render_file`] makes one file at a time.
//!
//! A kind of page knows both its address and its contents, so planning and rendering are in
//! one module with the registry of page kinds between them. Inside it data flows one way: the
//! planner asks the kinds for addresses and metadata, and a page is then made from the plan
//! alone, so that pages are made in parallel and in any order. No file is read, no clock, and
//! no page knows of another's HTML.
//!
//! - `pages/`: page kinds, one file each, and their registry. `planner/`: the plan.
//! - `parts/`: tables, places of rankings and other parts that several kinds show.
//! - `layout`: what every page shows around its own contents.
//! - `theme`, `engine`, `used_fields`: templates, assets and strings of the theme and those it
//!   extends, and which fields the templates read.
//! - `markdown`, `embed`, `image`, `highlight`: prose as HTML. `alternate`: pages as Markdown,
//!   and `llms.txt`.
//! - `data`, `sitemap`, `feed`, `search`: files for programs. `xml`: text in XML.
//! - `json_ld`: the subject of a page for search engines. `card`: its picture for social
//!   networks.
//! - `html_check`: checks produced pages.
//! - `fragment`: HTML that is rendered once, with slots for what differs.
//! - `cell`, `text`, `link`, `sentences`: facts, dates, numbers, links and answers as words.
//!   `order`: which value comes before which. `filters`: the must-haves of readers.

mod card;
mod alternate;
mod cell;
mod contents;
mod data;
mod embeds;
mod engine;
mod feed;
mod layout;
mod highlight;
mod html_check;
mod json_ld;
#[cfg(test)]
mod injection;
mod link;
mod markdown;
mod filters;
mod order;
mod search;
pub mod sentences;
mod sitemap;
mod fragment;
#[cfg(test)]
mod testing;
mod text;
mod theme;
mod tokens;

mod used_fields;
mod pages;
mod parts;
mod planner;
mod xml;

use crate::diag::{Diagnostic, Diagnostics};
use crate::plan::{FileKind, Page};
use crate::rank::Ranking;

pub use crate::book::Strings;
use contents::File;
pub use contents::{Contents, Site};
pub use embeds::{
    kinds as embed_kinds, reference as embed_reference, tables as embed_tables,
};
use engine::Form;
use highlight::Highlighter;
pub use html_check::{Linter, PageReport};
pub use pages::{fixed as fixed_pages, readme_table};
use parts::shared;
pub use planner::plan;
use theme::Asset;
pub use theme::Theme;

impl<'a> Site<'a> {
    /// Makes what the pages share; `None` if the theme cannot show the book, which is then
    /// reported.
    pub fn new(
        contents: Contents<'a>,
        theme: Theme<'a>,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let Contents { book, rankings, plan } = contents;
        let Theme { mut engine, mut assets } = theme;
        let strings = &book.strings;
        engine.share("t", tera::Value::from_serializable(&strings.all()));
        let cells = match cell::all(book, strings, &engine) {
            Ok(cells) => cells,
            Err(found) => {
                diags.extend(found);
                return None;
            }
        };
        let own = tokens::style_sheet(&book.site.tokens, &assets, diags);
        assets.extend(own.map(|css| Asset::new(tokens::ASSET, css.into_bytes().into())));
        let mut site = Self {
            book,
            rankings,
            plan,
            strings,
            engine,
            assets,
            highlighter: Highlighter::default(),
            cards: Vec::new(),
            cells,
            heads: parts::matrix::heads(contents),
            pair_cache: parts::pair_cache::PairCache::new(book),
            by_name: parts::lists::names(book),
            goals: parts::shared::goals(contents),
            places: places(contents),
            scores: scores(contents),
            paths: Vec::new(),
            files: Vec::new(),
        };
        for (name, context) in pages::assets(&site) {
            let mut bytes = Vec::new();
            if let Err(found) = site.engine.page(name, &context, &mut bytes) {
                diags.extend(found);
                return None;
            }
            site.assets.push(Asset::new(name, bytes.into()));
        }
        site.cards = card::all(&site);
        let view = layout::site_view(&site);
        site.engine.share("site", view);
        let alternates = alternate::alternates(&site);
        site.engine.share_text("alternates", alternates);
        embeds::check_all(&site, diags);
        site.list();
        Some(site)
    }

    /// Lists all files in byte order of their paths.
    fn list(&mut self) {
        let pages = self.plan.pages.iter().enumerate();
        let pages = pages.map(|(i, page)| (page.route.path(), File::Page(i)));
        let planned = self.plan.files.iter().enumerate();
        let planned = planned.map(|(i, file)| (file.route.path(), File::Planned(i)));
        let assets = self.assets.iter().enumerate();
        let assets = assets.map(|(i, asset)| (asset.route.clone(), File::Asset(i)));
        let cards = self.cards.iter().enumerate();
        let cards = cards
            .filter_map(|(i, card)| Some((card.as_ref()?.route.clone(), File::Card(i))));
        let mut all: Vec<_> = pages.chain(planned).chain(assets).chain(cards).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        (self.paths, self.files) = all.into_iter().unzip();
    }

    /// Paths of all files below the output folder, in byte order.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Whether the file at a position of [`Site::paths`] is an HTML page of the plan.
    pub fn is_page(&self, index: usize) -> bool {
        matches!(self.files[index], File::Page(_))
    }

    /// The position among the book's copied files of the one at a position of
    /// [`Site::paths`], if it is one.
    pub fn copied(&self, index: usize) -> Option<usize> {
        let File::Planned(at) = self.files[index] else { return None };
        match self.plan.files[at].kind {
            FileKind::Asset(asset) => Some(asset),
            FileKind::Frameworks
            | FileKind::Framework(_)
            | FileKind::Criteria
            | FileKind::Goal(_)
            | FileKind::Matrix
            | FileKind::Scores
            | FileKind::SearchIndex
            | FileKind::Sitemap
            | FileKind::Alternate(_)
            | FileKind::Llms
            | FileKind::Feed
            | FileKind::Robots => None,
        }
    }

    /// Appends the bytes of the file at a position of [`Site::paths`] to `out`.
    ///
    /// # Errors
    /// Diagnostics of its template or embeds, with the page named.
    pub fn render_file(
        &self,
        index: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), Vec<Diagnostic>> {
        match self.files[index] {
            File::Page(at) => self.page(&self.plan.pages[at], out),
            File::Asset(at) => {
                out.extend_from_slice(&self.assets[at].bytes);
                Ok(())
            }
            File::Card(at) => {
                if let Some(card) = &self.cards[at] {
                    card.draw(out);
                }
                Ok(())
            }
            File::Planned(at) => {
                let file = &self.plan.files[at];
                let note = || format!("while rendering `{}`", file.route);
                let made = self.file(file.kind, out);
                made.map_err(|found| found.into_iter().map(|d| d.note(note())).collect())
            }
        }
    }

    /// Whether the path of the file at a position stands for all its bytes, so that a file
    /// that is there already need not be produced.
    pub fn is_content_addressed(&self, index: usize) -> bool {
        matches!(self.files[index], File::Card(_))
    }

    fn page(&self, page: &Page, out: &mut Vec<u8>) -> Result<(), Vec<Diagnostic>> {
        let kind = pages::of(page);
        let made = (kind.view)(self, page, Form::Html).and_then(|mut context| {
            let own = (kind.data_file)(page.subject);
            context.insert("downloads", &shared::downloads(self, own));
            context.insert("edit_url", &shared::edit_url(self, &page.source_file));
            context.insert_value("page", layout::page_view(self, page));
            self.engine.page(kind.template, &context, out)
        });
        let note = || format!("while rendering `{}`", page.route.path());
        made.map_err(|found| found.into_iter().map(|d| d.note(note())).collect())
    }

    fn file(&self, kind: FileKind, out: &mut Vec<u8>) -> Result<(), Vec<Diagnostic>> {
        match kind {
            FileKind::Asset(at) => out.extend_from_slice(&self.book.assets[at].bytes),
            FileKind::Frameworks => data::frameworks_json(self, out),
            FileKind::Framework(id) => data::framework_json(self, id, out),
            FileKind::Criteria => data::criteria_json(self, out),
            FileKind::Goal(id) => data::goal_json(self, id, out),
            FileKind::Matrix => data::matrix_csv(self, out),
            FileKind::Scores => data::scores_json(self, out),
            FileKind::SearchIndex => search::index_json(self, out),
            FileKind::Sitemap => sitemap::sitemap_xml(self, out),
            FileKind::Alternate(at) => {
                return alternate::markdown_alternate(self, &self.plan.pages[at], out);
            }
            FileKind::Llms => return alternate::llms_txt(self, out),
            FileKind::Feed => feed::feed_xml(self, out),
            FileKind::Robots => sitemap::robots_txt(self, out),
        }
        Ok(())
    }
}

/// By goal, then by framework: its position in the ranking, if it has one.
fn places(contents: Contents<'_>) -> Vec<Vec<Option<usize>>> {
    let of_goal = |ranking: &Ranking| {
        let mut places = vec![None; contents.book.frameworks.len()];
        for (at, place) in ranking.ranked.iter().enumerate() {
            places[place.framework.index()] = Some(at);
        }
        places
    };
    contents.rankings.goals.iter().map(|ranking| of_goal(ranking)).collect()
}

/// By framework, then by goal: its score in tenths of a point, if it has one.
fn scores(contents: Contents<'_>) -> Vec<Vec<Option<u32>>> {
    let goals = &contents.rankings.goals;
    let mut scores = vec![vec![None; goals.len()]; contents.book.frameworks.len()];
    for (goal, ranking) in goals.iter().enumerate() {
        for place in &ranking.ranked {
            scores[place.framework.index()][goal] = Some(place.tenths);
        }
    }
    scores
}
