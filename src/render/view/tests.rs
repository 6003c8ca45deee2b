//! What pages say, read back from their HTML.

mod comparisons;
mod rankings;
