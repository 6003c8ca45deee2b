//! The plan: every page, redirect and file of the site as values, before any HTML exists.
//! [`Book`], [`Rankings`] -> [`Plan`].
//!
//! Routes are settled here (`build`), which pairs get a page (`pairs`), what is new
//! (`news`), and that every link has a target (`links`). Law: pure; after it every link leads somewhere.

pub mod anchor;
mod build;
mod claims;
mod links;
mod news;
mod page;
mod pairs;
mod route;
mod tables;
mod words;

use std::collections::BTreeMap;

use crate::book::{Book, CriterionId, FrameworkId, GoalId, GuideId, LanguageId, Target};
use crate::diag::Diagnostics;
use crate::rank::Rankings;

use build::Builder;
pub use news::{News, What};
pub use page::{Kind, Page};
pub use pairs::{Pair, PairId};
pub use route::Route;
pub use words::shortened;

/// Every page and file of the site.
#[derive(Debug)]
pub struct Plan {
    /// HTML pages, redirects among them, in byte order of their routes.
    pub pages: Vec<Page>,
    /// Pairs of frameworks that have a page, in byte order of their slugs.
    pub pairs: Vec<Pair>,
    /// Files that are not pages, in byte order of their routes.
    pub files: Vec<File>,
    /// Changes, the newest first.
    pub news: Vec<News>,
    /// The number of pairs left out because of `[versus] max`.
    pub cut_pairs: usize,
    /// Finds a pair by its frameworks.
    pair_ids: BTreeMap<(FrameworkId, FrameworkId), PairId>,
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
    Twin(usize),
    /// Pages for programs that read text.
    Llms,
    /// Changes, as an Atom feed.
    Feed,
    /// Rules for search engines; only for a site at the root of its host.
    Robots,
    /// A file of the book that is copied, by its position in the book's list.
    Asset(usize),
}

/// Plans the site.
pub fn plan(book: &Book, rankings: &Rankings, diags: &mut Diagnostics) -> Plan {
    let (pairs, cut_pairs) = pairs::pairs(book, rankings);
    let ids = (0..).map(PairId).zip(&pairs);
    let pair_ids = ids.map(|(id, pair)| ((pair.first, pair.second), id)).collect();
    let plan = Plan {
        pages: Vec::new(),
        pairs,
        files: Vec::new(),
        news: news::news(book),
        cut_pairs,
        pair_ids,
    };
    let plan = Builder::new(book, rankings, plan, diags).build();
    words::check(book, &plan, diags);
    tables::check(book, diags);
    links::check(book, &plan, diags);
    plan
}

impl Plan {
    /// The page at a route.
    pub fn page(&self, route: &str) -> Option<&Page> {
        let found = self.pages.binary_search_by(|page| page.route.as_str().cmp(route));
        found.ok().map(|i| &self.pages[i])
    }

    /// The page of a pair, if it has one.
    pub fn pair(&self, first: FrameworkId, second: FrameworkId) -> Option<PairId> {
        self.pair_ids.get(&(first.min(second), first.max(second))).copied()
    }

    /// The address of a link's target, below the site's base, with its part:
    /// `frameworks/django/#f-orm`.
    /// A part of the same page is `#part`; an address elsewhere is itself.
    pub fn href(&self, book: &Book, target: &Target) -> String {
        let (route, part) = match target {
            Target::Framework(id, part) => (self.framework(book, *id), part.clone()),
            Target::Fact(framework, criterion) => {
                let part = anchor::fact(&book[*criterion].slug);
                (self.framework(book, *framework), Some(part))
            }
            Target::Goal(id, part) => (self.goal(book, *id), part.clone()),
            Target::Criterion(id, part) => (self.criterion(book, *id), part.clone()),
            Target::Language(id, part) => (self.language(book, *id), part.clone()),
            Target::Guide(id, part) => (self.guide(book, *id), part.clone()),
            Target::Versus(first, second, part) => match self.pair(*first, *second) {
                Some(id) => (self.versus(book, id), part.clone()),
                None => (Route::new("compare/"), None),
            },
            Target::Source(id) => {
                (Route::new("sources/"), Some(anchor::source(&book[*id].id)))
            }
            Target::Page(id, part) => {
                (Route::new(format!("{}/", book[*id].slug)), part.clone())
            }
            Target::Fixed(route, part) => (Route::new(*route), part.clone()),
            Target::Asset(i) => (asset_route(&book.assets[*i].path), None),
            Target::Fragment(part) => return format!("#{part}"),
            Target::External(url) => return url.clone(),
            Target::Nowhere => return String::new(),
        };
        match part {
            Some(part) => format!("{route}#{part}"),
            None => route.as_str().to_owned(),
        }
    }

    /// The route of a framework's profile.
    pub fn framework(&self, book: &Book, id: FrameworkId) -> Route {
        Route::new(format!("frameworks/{}/", book[id].slug))
    }

    /// The route of a language's page.
    pub fn language(&self, book: &Book, id: LanguageId) -> Route {
        Route::new(format!("languages/{}/", book[id].slug))
    }

    /// The route of a goal's page.
    pub fn goal(&self, book: &Book, id: GoalId) -> Route {
        Route::new(format!("best-for/{}/", book[id].slug))
    }

    /// The route of a criterion's page.
    pub fn criterion(&self, book: &Book, id: CriterionId) -> Route {
        Route::new(format!("criteria/{}/", book[id].slug))
    }

    /// The route of a guide.
    pub fn guide(&self, book: &Book, id: GuideId) -> Route {
        Route::new(format!("guides/{}/", book[id].slug))
    }

    /// The route of a pair's page.
    pub fn versus(&self, book: &Book, id: PairId) -> Route {
        let pair = &self.pairs[id.index()];
        let (first, second) = (&book[pair.first].slug, &book[pair.second].slug);
        Route::new(format!("compare/{first}-vs-{second}/"))
    }
}

/// The route of a file of the book that is copied.
fn asset_route(path: &str) -> Route {
    Route::new(format!("assets/{path}"))
}
