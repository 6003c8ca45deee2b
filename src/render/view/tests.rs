//! What pages say, read back from their HTML.

mod choosing;
mod comparisons;
mod rankings;
