//! Pages as values.

use jiff::civil::Date;

use super::route::Route;
use super::subject::Subject;
use crate::book::Key;
use crate::diag::Span;

/// A page of the site.
#[derive(Debug)]
pub struct Page {
    /// Its route.
    pub route: Route,
    /// The name of its kind in the registry of page kinds, such as `goal`.
    pub kind: &'static str,
    /// The part of the book that it shows.
    pub subject: Subject,
    /// Its title, its dates and the like.
    pub metadata: Metadata,
    /// The place of its subject, if that has one in a file of the book.
    pub span: Option<Span>,
    /// The file that it is written in, below the book's folder; empty where it is made of
    /// several.
    pub source_file: String,
    /// The pages above it, nearest last, without the home page: title and route.
    pub parents: Vec<(String, Route)>,
    /// Whether it is made as Markdown too, if search engines may list it.
    pub has_alternate: bool,
    /// Whether readers come to it by links; not so are redirects and the page for unknown
    /// addresses.
    pub is_linked: bool,
    /// The sort of search results that it belongs to.
    pub result_kind: ResultKind,
}

/// The data about a page that others show, and search engines read.
#[derive(Debug, Default)]
pub struct Metadata {
    /// Its title, for the tab and for search engines; unique.
    pub title: String,
    /// Its name in breadcrumbs, menus and links.
    pub label: String,
    /// One or two sentences about it, for search engines.
    pub description: String,
    /// The newest date of what it shows.
    pub updated: Option<Date>,
    /// Whether search engines are asked not to list it.
    pub is_hidden: bool,
    /// Whether the list from A to Z and the site's own search leave it out.
    pub is_unlisted: bool,
}

impl Page {
    /// The route of its Markdown alternate; only for what search engines may list, since
    /// such a file cannot ask not to be.
    pub fn alternate(&self) -> Option<Route> {
        let route = || Route::new(format!("{}index.md", self.route));
        (self.has_alternate && self.is_indexed()).then(route)
    }

    /// Whether search engines may list it.
    pub fn is_indexed(&self) -> bool {
        !self.metadata.is_hidden
    }

    /// Whether the list from A to Z and the site's own search have it.
    pub fn is_listed(&self) -> bool {
        !self.metadata.is_unlisted
    }
}

/// A sort of search results, in the order in which the search script reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResultKind {
    /// A framework's profile.
    Framework,
    /// A goal.
    Goal,
    /// Two frameworks.
    Versus,
    /// A language.
    Language,
    /// A criterion.
    Criterion,
    /// A guide.
    Guide,
    /// A list of one of these.
    List,
    /// Any other page.
    Page,
    /// A question of the FAQ.
    Question,
}

impl ResultKind {
    /// All of them, in order.
    pub const ALL: &[Self] = &[
        Self::Framework,
        Self::Goal,
        Self::Versus,
        Self::Language,
        Self::Criterion,
        Self::Guide,
        Self::List,
        Self::Page,
        Self::Question,
    ];

    /// The key of its name for readers.
    pub fn name(self) -> Key {
        match self {
            Self::Framework => Key::SearchKindFramework,
            Self::Goal => Key::SearchKindGoal,
            Self::Versus => Key::SearchKindVersus,
            Self::Language => Key::SearchKindLanguage,
            Self::Criterion => Key::SearchKindCriterion,
            Self::Guide => Key::SearchKindGuide,
            Self::List => Key::SearchKindList,
            Self::Page => Key::SearchKindPage,
            Self::Question => Key::SearchKindQuestion,
        }
    }
}
