//! fieldguide builds comparison guides: facts in TOML and advice in Markdown become a
//! static site whose rankings explain themselves.
//!
//! # The rooms
//!
//! Data flows one way. Each room has one door, takes the value of the room before it by
//! reference, returns a new value, and never looks downstream.
//!
//! ```text
//! book.toml, content/, themes/
//!    │  source::load(root)                 -> Sources    files and texts       reads the disk
//!    │  raw::parse(&sources)               -> Raw        what the files say    pure
//!    │  book::resolve(&raw)                -> Book       the checked model     pure
//!    │  rank::rank(&book)                  -> Rankings   exact integers        pure
//!    │  plan::plan(&book, &rankings)       -> Plan       pages as values       pure
//!    │  render::Site::new(…)               -> Site       what pages share      pure
//!    │     site.produce(i)                 -> bytes      one page              pure
//!    ▼  output::write(…)                   -> Changes    stage, exchange       writes the disk
//! public/
//! ```
//!
//! Every door also takes the run's [`diag::Diagnostics`]: rooms recover and go on, so that
//! one run reports the mistakes of all stages; only rendering waits for "no error so far".

pub mod book;
pub mod cli;
pub mod diag;
pub mod output;
pub mod plan;
pub mod rank;
pub mod raw;
pub mod render;
pub mod source;
