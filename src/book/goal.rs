//! Goals: a reader's need as weights and requirements.

use super::{Alias, CriterionId, FrameworkId, Onward, Prose, SourceId};
use crate::diag::Span;
use crate::kinds::Test;
use crate::raw::Stale;

/// A reader's need.
#[derive(Debug)]
pub struct Goal {
    /// Its slug.
    pub slug: String,
    /// Its name, as in "best for …".
    pub title: String,
    /// The question it answers.
    pub question: String,
    /// Who has this need.
    pub audience: Option<String>,
    /// Weights, 0 to 10 and not all 0, in the order of the criteria.
    pub weights: Vec<(CriterionId, u8)>,
    /// What a framework must have to be ranked.
    pub requirements: Vec<Requirement>,
    /// What cited articles recommend for this need.
    pub picks: Vec<Pick>,
    /// One sentence on a framework's place.
    pub why: Vec<(FrameworkId, String)>,
    /// How far apart two scores may be and still be called close, in tenths of a point.
    pub tie_margin: u32,
    /// Percent of the weight that must be known for a framework to be ranked.
    pub coverage: u8,
    /// Percent of the weight that must apply for a framework to be ranked.
    pub applicability: u8,
    /// What is done with facts that are stale.
    pub stale: Stale,
    /// Where its page sends the reader on.
    pub onward: Onward,
    /// Addresses it had.
    pub aliases: Vec<Alias>,
    /// Why the weights are what they are.
    pub prose: Prose,
    /// Its file's first byte.
    pub span: Span,
}

/// What a framework must have.
#[derive(Debug)]
pub struct Requirement {
    /// The criterion.
    pub criterion: CriterionId,
    /// What its value must be.
    pub test: Test,
}

/// What a cited article recommends.
#[derive(Debug)]
pub struct Pick {
    /// The framework.
    pub framework: FrameworkId,
    /// The article.
    pub source: SourceId,
}
