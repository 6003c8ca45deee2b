//! Goals: a reader's need as weights and requirements.

use super::{Alias, CriterionId, FrameworkId, Prose, RelatedLinks, SourceId, Withheld};
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
    /// The readers who have this need.
    pub audience: Option<String>,
    /// Weights, 0 to 10 and not all 0, in the order of the criteria.
    pub weights: Vec<(CriterionId, u8)>,
    /// Requirements that a framework must meet to be ranked.
    pub requirements: Vec<Requirement>,
    /// Recommendations of cited articles for this need.
    pub picks: Vec<Pick>,
    /// One sentence on a framework's place.
    pub why: Vec<(FrameworkId, String)>,
    /// The largest difference of two close scores, in tenths of a point.
    pub tie_margin: u32,
    /// Percent of the weight that must be known for a framework to be ranked.
    pub coverage: u8,
    /// Percent of the weight that must apply for a framework to be ranked.
    pub applicability: u8,
    /// The treatment of stale facts.
    pub stale: Stale,
    /// Links to further reading.
    pub related_links: RelatedLinks,
    /// Addresses it had.
    pub aliases: Vec<Alias>,
    /// The reason for which it is not published yet; none if it is.
    pub withheld: Option<Withheld>,
    /// The reasons for the weights.
    pub prose: Prose,
    /// Its file's first byte.
    pub span: Span,
}

/// A requirement on one criterion.
#[derive(Debug)]
pub struct Requirement {
    /// The criterion.
    pub criterion: CriterionId,
    /// The test that the value must pass.
    pub test: Test,
}

/// A recommendation of a cited article.
#[derive(Debug)]
pub struct Pick {
    /// The framework.
    pub framework: FrameworkId,
    /// The article.
    pub source: SourceId,
}
