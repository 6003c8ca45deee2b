//! The plan: every page, redirect and file of the site as values, before any HTML exists.
//! [`Book`], [`Rankings`] -> [`Plan`].
//!
//! Routes are settled here, collisions and dead links found here. Law: pure; after it every
//! link has a target that exists.

pub mod anchor;
mod links;
mod page;
mod pairs;
mod route;

use std::collections::BTreeMap;

use crate::book::Target;
use crate::book::{Book, CriterionId, FrameworkId, GoalId, GuideId, LanguageId};
use crate::diag::Diagnostics;
use crate::rank::Rankings;

pub use page::{Kind, Page};
pub use pairs::{Pair, PairId};
pub use route::Route;

/// Every page and file of the site.
#[derive(Debug)]
pub struct Plan {
    /// HTML pages, redirects among them, in byte order of their routes.
    pub pages: Vec<Page>,
    /// Pairs of frameworks that have a page, in byte order of their slugs.
    pub pairs: Vec<Pair>,
    /// Files that are not pages, in byte order of their routes.
    pub files: Vec<File>,
    /// How many pairs were left out because of `[versus] max`.
    pub cut_pairs: usize,
    /// Finds a pair by its frameworks.
    pair_ids: BTreeMap<(FrameworkId, FrameworkId), PairId>,
}

/// A file that is not a page.
#[derive(Debug)]
pub struct File {
    /// Where it is.
    pub route: Route,
    /// What it holds.
    pub kind: FileKind,
}

/// What a file holds.
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
    /// All facts as a table, CSV.
    Matrix,
    /// Pages for search engines.
    Sitemap,
    /// Where search engines may go; only for a site at the root of its host.
    Robots,
    /// A file of the book that is copied, by its position in the book's list.
    Asset(usize),
}

/// Plans the site.
pub fn plan(_book: &Book, _rankings: &Rankings, _diags: &mut Diagnostics) -> Plan {
    unimplemented!()
}

impl Plan {
    /// The page of a pair, if it has one.
    pub fn pair(&self, first: FrameworkId, second: FrameworkId) -> Option<PairId> {
        self.pair_ids.get(&(first.min(second), first.max(second))).copied()
    }

    /// Where a link leads, below the site's base, with its part: `frameworks/django/#f-orm`.
    /// A part of the same page is `#part`; an address elsewhere is itself.
    pub fn href(&self, _book: &Book, _target: &Target) -> String {
        unimplemented!()
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
        Route::new(format!(
            "compare/{}-vs-{}/",
            book[pair.first].slug, book[pair.second].slug
        ))
    }
}
