//! Criterion kinds.
mod curve;
mod decimal;
mod declaration;
mod version;
pub use curve::{Bound, Curve, CurveFault, Direction};
pub use decimal::{Decimal, DecimalFault};
pub use declaration::{
    Better, ChoiceOption, Criteria, Criterion, Group, Kind, Points, Tag,
};
pub use version::Version;
