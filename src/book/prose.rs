//! Prose whose links and embeds are resolved.

use std::sync::Arc;

use super::{
    CriterionId, Embed, FrameworkId, GoalId, GuideId, LanguageId, PageId, SourceId,
};
use crate::raw;

/// A text in Markdown with what its links and embeds mean.
#[derive(Debug)]
pub struct Prose {
    /// The text as it was parsed.
    pub raw: Arc<raw::Prose>,
    /// The targets of `raw.links`, in the same order.
    pub targets: Vec<Target>,
    /// The contents of `raw.embeds`, in the same order.
    pub embeds: Vec<Embed>,
}

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A framework's profile, or a part of it.
    Framework(FrameworkId, Option<String>),
    /// A fact of a profile.
    Fact(FrameworkId, CriterionId),
    /// A goal's page, or a part of it.
    Goal(GoalId, Option<String>),
    /// A criterion's page, or a part of it.
    Criterion(CriterionId, Option<String>),
    /// A language's page, or a part of it.
    Language(LanguageId, Option<String>),
    /// A guide, or a part of it.
    Guide(GuideId, Option<String>),
    /// The page of two frameworks, first before second; the plan knows whether it exists.
    Versus(FrameworkId, FrameworkId, Option<String>),
    /// A source, on the page of sources.
    Source(SourceId),
    /// A free page, or a part of it.
    Page(PageId, Option<String>),
    /// The page of a kind with one page, by the name of the kind, or a part of it.
    Fixed(&'static str, Option<String>),
    /// A file below `assets/`, by its position in the book's list.
    Asset(usize),
    /// A part of the same page.
    Fragment(String),
    /// An address elsewhere.
    External(String),
    /// Nothing: the link is wrong, which has been reported.
    Nowhere,
}
