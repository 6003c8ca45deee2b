//! Pages as values.

use jiff::civil::Date;

use super::{PairId, Route};
use crate::book::{CriterionId, FrameworkId, GoalId, GuideId, LanguageId, PageId};

/// A page of the site.
#[derive(Debug)]
pub struct Page {
    /// Its route.
    pub route: Route,
    /// Its contents.
    pub kind: Kind,
    /// Its title, for the tab and for search engines; unique.
    pub title: String,
    /// One or two sentences about it, for search engines.
    pub description: String,
    /// Whether search engines may list it.
    pub is_indexed: bool,
    /// Whether it is made as Markdown too, if search engines may list it.
    pub has_twin: bool,
    /// The newest date of what it shows.
    pub updated: Option<Date>,
    /// The pages above it, nearest last, without the home page: title and route.
    pub above: Vec<(String, Route)>,
}

impl Page {
    /// The route of its Markdown alternate; only for what search engines may list, since
    /// such a file cannot ask not to be.
    pub fn twin(&self) -> Option<Route> {
        let route = || Route::new(format!("{}index.md", self.route));
        (self.has_twin && self.is_indexed).then(route)
    }
}

/// The contents of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The first page.
    Home,
    /// All frameworks.
    Frameworks,
    /// A framework's profile.
    Framework(FrameworkId),
    /// All languages.
    Languages,
    /// A language and its frameworks.
    Language(LanguageId),
    /// All facts side by side.
    Compare,
    /// Two frameworks head to head.
    Versus(PairId),
    /// All goals.
    Goals,
    /// A goal's ranking.
    Goal(GoalId),
    /// Must-haves and weights of the reader's own.
    Choose,
    /// All criteria.
    Criteria,
    /// A criterion and every framework's value.
    Criterion(CriterionId),
    /// All guides.
    Guides,
    /// A guide.
    Guide(GuideId),
    /// Questions and answers.
    Faq,
    /// The explanation of scores.
    Methodology,
    /// Downloads.
    Data,
    /// The sources of facts.
    Sources,
    /// Changes, day by day.
    Changes,
    /// Every page by name, and where queries are answered.
    Search,
    /// A free page.
    Page(PageId),
    /// The page that is served for an unknown address.
    NotFound,
    /// An address that a page had.
    Redirect {
        /// The present route of the page.
        to: Route,
    },
}
