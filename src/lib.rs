//! fieldguide builds comparison guides: facts in TOML and advice in Markdown become a
//! static site whose rankings explain themselves.
pub mod diag;
pub mod output;
