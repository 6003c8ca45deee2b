//! Criteria: what frameworks are compared by, and what an answer is worth.

use super::{Curve, GroupId};
use crate::diag::Span;

/// A group of criteria.
#[derive(Debug)]
pub struct Group {
    /// Its id.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
}

/// One thing frameworks are compared by.
#[derive(Debug)]
pub struct Criterion {
    /// Its id.
    pub id: String,
    /// Its id as a URL segment.
    pub slug: String,
    /// The group it stands in.
    pub group: GroupId,
    /// Its name.
    pub title: String,
    /// What its facts answer.
    pub question: String,
    /// Why it matters.
    pub why: Option<String>,
    /// What its facts are, and what they are worth.
    pub kind: Kind,
    /// Whether it is shown at the top of a profile.
    pub is_glance: bool,
    /// After how many days a fact is stale.
    pub max_age: i64,
    /// Where its id is declared.
    pub span: Span,
}

/// What the facts of a criterion are.
#[derive(Debug)]
pub enum Kind {
    /// 1 to 5 in halves; the rubric's five sentences say what earns each whole rating.
    Rating {
        /// What earns 1, 2, 3, 4 and 5.
        rubric: Vec<String>,
    },
    /// Yes, no, or partly.
    Boolean {
        /// Whether yes is the better answer.
        better_yes: bool,
    },
    /// One of the options.
    Choice {
        /// What can be chosen.
        options: Vec<Choice>,
    },
    /// A number.
    Number {
        /// Its unit.
        unit: String,
        /// What a value is worth.
        curve: Curve,
    },
    /// Any of the tags.
    Tags {
        /// What can be had.
        tags: Vec<Named>,
        /// What a number of them is worth, if it is scored.
        curve: Option<Curve>,
    },
    /// A version.
    Version,
    /// A date.
    Date,
    /// Text.
    Text,
    /// A web address.
    Url,
}

/// What can be chosen.
#[derive(Debug)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it earns, 0 to 100.
    pub utility: u8,
}

/// Something with an id and a name.
#[derive(Debug)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
}

impl Criterion {
    /// Whether its facts have utilities.
    pub fn is_scored(&self) -> bool {
        match &self.kind {
            Kind::Rating { .. }
            | Kind::Boolean { .. }
            | Kind::Choice { .. }
            | Kind::Number { .. } => true,
            Kind::Tags { curve, .. } => curve.is_some(),
            Kind::Version | Kind::Date | Kind::Text | Kind::Url => false,
        }
    }
}
