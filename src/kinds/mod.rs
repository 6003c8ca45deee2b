//! Criterion kinds: one file each, and the registry that lists them.
//!
//! To add a kind, write its file with an `impl CriterionKind` and an `impl Declared`, and add
//! one line to the registry below. Every other module asks a criterion's [`Kind`] for what
//! it knows; none compares kinds.
//!
//! Facts and requirements hold plain [`Value`]s, of a few shapes that kinds share; the kind
//! gives them their meaning. Kinds are trait objects and not an enum, so that a new one
//! needs no arm anywhere, and a forgotten method is an error of its own file.

mod boolean;
mod choice;
mod curve;
mod date;
mod decimal;
mod declaration;
mod kind;
mod number;
mod rating;
mod sentence;
mod tags;
mod test;
mod text;
mod url;
mod value;
mod version;

pub use choice::Choice;
pub use curve::{Bound, Curve, CurveFault, Direction};
pub use decimal::{Decimal, DecimalFault, read as read_decimal};
pub use declaration::{Criteria, Criterion, Group, Points};
pub use kind::{
    CriterionKind, JsonKeys, Kind, NoValue, Scale, State, Step, key_not_for_kind,
};
pub use rating::utility as rating_utility;
pub use sentence::list;
pub use tags::positions as tag_positions;
pub use test::Test;
pub use value::{JsonValue, Named, Value, json_number};
pub use version::Version;

use crate::diag::Diagnostics;
use kind::Declared;

/// A kind of criteria as the registry knows it.
#[derive(Debug)]
pub struct Registered {
    /// The word for it in `criteria.toml` and in the data files.
    pub name: &'static str,
    /// Its values, in a few words.
    pub doc: &'static str,
    /// The keys of a declaration and a value of a fact, as TOML.
    pub example: (&'static str, &'static str),
    /// The keys of a declaration that have a meaning for it.
    pub keys: &'static [&'static str],
    declare: fn(&Criterion, &mut Diagnostics) -> Option<Kind>,
}

/// Makes the registry: `NAMES` and `ALL` in the order given.
macro_rules! registry {
    ($($module:ident::$kind:ident),+ $(,)?) => {
        const NAMES: &[&str] = &[$($module::$kind::NAME),+];

        /// All kinds, in the order of the documentation.
        pub const ALL: &[Registered] = &[$(Registered {
            name: $module::$kind::NAME,
            doc: $module::$kind::DOC,
            example: $module::$kind::EXAMPLE,
            keys: $module::$kind::KEYS,
            declare: |criterion, diags| {
                let kind = $module::$kind::declare(criterion, diags)?;
                Some(Kind::new($module::$kind::NAME, kind))
            },
        }),+];
    };
}

registry! {
    rating::RatingKind,
    boolean::BooleanKind,
    choice::ChoiceKind,
    number::NumberKind,
    tags::TagsKind,
    version::VersionKind,
    date::DateKind,
    text::TextKind,
    url::UrlKind,
}

/// Reads the kind of a declared criterion. Where its facts cannot be read, which has been
/// reported, a stand-in and false.
pub fn declare(raw: &Criterion, diags: &mut Diagnostics) -> (Kind, bool) {
    match (raw.kind.0.declare)(raw, diags) {
        Some(kind) => (kind, true),
        None => (Kind::new(text::TextKind::NAME, text::TextKind), false),
    }
}
