//! fieldguide builds comparison guides: facts in TOML and advice in Markdown become a
//! static site whose rankings explain themselves.
//!
//! # Modules
//!
//! Data flows one way. Each stage takes the value of the stage before it by reference,
//! returns a new value, and knows nothing of later stages.
//!
//! ```text
//! book.toml, content/, themes/
//!    │  source::load(root)              -> Sources   files and texts       reads the disk
//!    │  raw::parse(&sources)            -> Raw       what the files say    pure
//!    │  book::resolve(&raw, …)          -> Book      the checked model     pure
//!    │  rank::rank(&book)               -> Rankings  exact integers        pure
//!    │  site::plan(&book, &rankings)    -> Plan      pages as values       pure
//!    │  site::Site::new(contents, …)    -> Site      what pages share      pure
//!    │     site.render_file(i, …)                    one file              pure
//!    ▼  output::open(…)?.write(&job)    -> Changes   stage, exchange       writes the disk
//! public/
//! ```
//!
//! Beside the way: `schema::…` reads TOML by declared tables of keys, for `kinds` and `raw`;
//! `kinds::…` holds the criterion kinds and the numbers, curves and versions of their values;
//! `plan::…` the types of a planned site; `strings` the words of pages; `syntax` the
//! languages of code blocks.
//!
//! `pipeline::load(root, …)` runs the stages down to the plan, for every command. `build`
//! renders all files and writes them; `check` renders and checks them; `serve::open(…)`
//! answers a browser with the page that it asks for, and runs the stages again when a file
//! changes; `publish::open(…)` makes a commit of all files on a branch that a host serves.
//!
//! Every stage also takes the run's [`diag::Diagnostics`]: it reports an error and goes on, so
//! that one run reports the mistakes of all stages; only rendering waits for "no error so
//! far". [`cli`] calls the stages, and alone knows clock, environment and terminal.
//!
//! # Words
//!
//! One word for one idea, in code, messages and pages.
//!
//! - *Book*: all that an author writes. *Site*: all that is made from it.
//! - *Criterion*: what frameworks are compared by; criteria stand in *groups*.
//! - *Framework*: one subject of the book.
//! - *Fact*: the value of one criterion for one framework, with source, date and note. A
//!   *cell* is a fact, a reason why none can apply, or unknown.
//! - *Source*: where facts come from.
//! - *Goal*: a reader's need, as weights and requirements; it yields a *ranking*.
//! - *Utility*: what a value is worth, 0 to 100. *Points*: utility times weight.
//! - *Versus*: two frameworks head to head, `a-vs-b` with a before b in byte order; a
//!   *verdict* is what an author wrote on it.
//! - *Guide*: a prose article. *Embed*: a table of facts within prose.
//! - *Slug*, *route*, *path*, *span*: a URL segment, a place on the site, a place on disk,
//!   a place in a source text. Never mixed.
//! - *Plan*: every page, redirect and file of the site as values, before any HTML exists.
//! - *View*: what one kind of page shows its template.

pub mod diag;
pub mod source;
pub mod syntax;
pub mod strings;
pub mod schema;
pub mod kinds;
pub mod raw;
pub mod book;
pub mod rank;
pub mod plan;
pub mod site;
pub mod pipeline;
pub mod output;
pub mod serve;
pub mod publish;
pub mod cli;
