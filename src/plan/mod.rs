//! The types of a planned site: pages, redirects and files as values, before any HTML exists.
//!
//! [`Plan::new`] finds the pairs that get a page (`pairs`), the redirects and what is new
//! (`news`); `site::plan` adds the pages of every kind.

pub mod anchor;
mod news;
mod page;
mod pairs;
mod redirects;
mod route;
mod subject;

use std::collections::BTreeMap;

use rapidhash::RapidHashMap;

use crate::book::{Asset, Book, FrameworkId, GoalId, Target};
use crate::diag::Diagnostics;
use crate::rank::Rankings;

pub use news::{News, What};
pub use page::{Metadata, Page, ResultKind};
pub use pairs::Pair;
pub use redirects::Redirect;
pub use route::{Route, is_portable};
pub use subject::{PairId, RedirectId, Subject};

/// The route of the page that hosts show at unknown addresses, of any depth.
pub const NOT_FOUND: &str = "404.html";

/// The name of the kind of page that lists all sources, each at its anchor.
pub const SOURCES: &str = "sources";

/// Every page and file of the site.
#[derive(Debug)]
pub struct Plan {
    /// HTML pages, redirects among them, in byte order of their routes.
    pub pages: Vec<Page>,
    /// Pairs of frameworks that have a page, in byte order of their slugs.
    pub pairs: Vec<Pair>,
    /// Files that are not pages, in byte order of their routes.
    pub files: Vec<File>,
    /// Addresses that pages had.
    pub redirects: Vec<Redirect>,
    /// Changes, the newest first.
    pub news: Vec<News>,
    /// The number of pairs left out because of `[versus] max`.
    pub cut_pairs: usize,
    /// Finds a pair by its frameworks.
    by_frameworks: BTreeMap<(FrameworkId, FrameworkId), PairId>,
    /// The route of the page of each subject, whether that page is made or not.
    routes: RapidHashMap<Subject, Route>,
}

/// A file that is not a page.
#[derive(Debug)]
pub struct File {
    /// Its route.
    pub route: Route,
    /// Its contents.
    pub kind: FileKind,
}

/// The contents of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// All frameworks and their facts, as JSON.
    Frameworks,
    /// One framework and its facts, as JSON.
    Framework(FrameworkId),
    /// All criteria, as JSON.
    Criteria,
    /// The ranking of a goal, as JSON.
    Goal(GoalId),
    /// Utilities of all facts, and weights and requirements of all goals, as JSON.
    Scores,
    /// All facts as a table, CSV.
    Matrix,
    /// The index of the site's own search, as JSON.
    SearchIndex,
    /// Pages for search engines.
    Sitemap,
    /// The page at a position of the plan's list, as Markdown.
    Alternate(usize),
    /// Pages for programs that read text.
    Llms,
    /// Changes, as an Atom feed.
    Feed,
    /// Rules for search engines; only for a site at the root of its host.
    Robots,
    /// A file of the book that is copied, by its position in the book's list.
    Asset(usize),
}

impl Plan {
    /// Starts a plan with the pairs that get a page, the redirects and the news; it has no
    /// routes, pages and files yet.
    pub fn new(book: &Book, rankings: &Rankings, diags: &mut Diagnostics) -> Self {
        let (pairs, cut_pairs) = pairs::pairs(book, rankings);
        let ids = (0..).map(PairId).zip(&pairs);
        let by_frameworks =
            ids.map(|(id, pair)| ((pair.first, pair.second), id)).collect();
        Self {
            pages: Vec::new(),
            pairs,
            redirects: redirects::redirects(book, diags),
            files: Vec::new(),
            news: news::news(book),
            cut_pairs,
            by_frameworks,
            routes: RapidHashMap::default(),
        }
    }

    /// The pairs that have a page, in order.
    pub fn pair_ids(&self) -> impl Iterator<Item = PairId> {
        (0..).map(PairId).zip(&self.pairs).map(|(id, _)| id)
    }

    /// The redirects, in order.
    pub fn redirect_ids(&self) -> impl Iterator<Item = RedirectId> {
        (0..).map(RedirectId).zip(&self.redirects).map(|(id, _)| id)
    }

    /// Sets the route of the page of a subject.
    pub fn set_route(&mut self, subject: Subject, route: Route) {
        self.routes.insert(subject, route);
    }

    /// The route of the page of a subject, whether that page is made or not.
    ///
    /// # Panics
    /// While a plan is made, before the route is set.
    pub fn route(&self, subject: Subject) -> &Route {
        &self.routes[&subject]
    }

    /// The page at a route.
    pub fn page(&self, route: &str) -> Option<&Page> {
        let found = self.pages.binary_search_by(|page| page.route.as_str().cmp(route));
        found.ok().map(|i| &self.pages[i])
    }

    /// The page of a pair, if it has one.
    pub fn pair(&self, first: FrameworkId, second: FrameworkId) -> Option<PairId> {
        self.by_frameworks.get(&(first.min(second), first.max(second))).copied()
    }

    /// The address of a link's target, below the site's base, with its part:
    /// `frameworks/django/#F-orm`.
    /// A part of the same page is `#part`; an address elsewhere is itself.
    pub fn href(&self, book: &Book, target: &Target) -> String {
        let (subject, part) = match target {
            Target::Framework(id, part) => (Subject::Framework(*id), part.clone()),
            Target::Fact(framework, criterion) => {
                let part = anchor::fact(&book[*criterion].slug);
                (Subject::Framework(*framework), Some(part))
            }
            Target::Goal(id, part) => (Subject::Goal(*id), part.clone()),
            Target::Criterion(id, part) => (Subject::Criterion(*id), part.clone()),
            Target::Language(id, part) => (Subject::Language(*id), part.clone()),
            Target::Guide(id, part) => (Subject::Guide(*id), part.clone()),
            Target::Versus(first, second, part) => match self.pair(*first, *second) {
                Some(id) => (Subject::Pair(id), part.clone()),
                None => return String::new(),
            },
            Target::Source(id) => {
                (Subject::Fixed(SOURCES), Some(anchor::source(&book[*id].id)))
            }
            Target::Page(id, part) => (Subject::Page(*id), part.clone()),
            Target::Fixed(kind, part) => (Subject::Fixed(kind), part.clone()),
            Target::Asset(i) => return asset_route(&book.assets[*i]).to_string(),
            Target::Fragment(part) => return format!("#{part}"),
            Target::External(url) => return url.clone(),
            Target::Nowhere => return String::new(),
        };
        let route = self.route(subject);
        match part {
            Some(part) => format!("{route}#{part}"),
            None => route.to_string(),
        }
    }
}

/// The route of a file of the book that is copied.
pub fn asset_route(asset: &Asset) -> Route {
    let folder = if asset.is_at_root { "" } else { "assets/" };
    Route::new(format!("{folder}{}", asset.path))
}
