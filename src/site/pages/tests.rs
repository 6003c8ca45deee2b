//! Tests of pages, read back from their HTML.

mod choosing;
mod comparisons;
mod rankings;
