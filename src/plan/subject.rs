//! Subjects: the parts of the book that pages show.

use crate::book::{CriterionId, FrameworkId, GoalId, GuideId, LanguageId, PageId};

/// The part of the book that a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The book as a whole, or a list of a part of it: the name of a kind with one page.
    Fixed(&'static str),
    /// A framework.
    Framework(FrameworkId),
    /// A language.
    Language(LanguageId),
    /// A criterion.
    Criterion(CriterionId),
    /// A goal.
    Goal(GoalId),
    /// Two frameworks.
    Pair(PairId),
    /// A guide.
    Guide(GuideId),
    /// A free page.
    Page(PageId),
    /// An address that a page had.
    Redirect(RedirectId),
}

/// Names a pair that has a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PairId(pub(super) u32);

impl PairId {
    /// Its position in the plan's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Names a redirect of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RedirectId(pub(super) u32);

impl RedirectId {
    /// Its position in the plan's list.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
