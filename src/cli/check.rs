//! `check`: everything that is wrong with the book, and with the pages made from it.

use std::time::Instant;

use super::args::Check;
use super::outcome::Outcome;
use super::outcome::say;
use super::session::Session;
use crate::diag::{Code, Count, Diagnostic, Diagnostics, explain, explain_all};
use crate::pipeline::Loaded;
use crate::site::{Contents, Site, Theme};

/// Checks the book.
pub(super) fn run(session: &Session, options: &Check) -> Outcome {
    let start = Instant::now();
    let mut diags = Diagnostics::new();
    match &options.explain {
        Some(Some(name)) => return explained(session, name, &mut diags),
        Some(None) => {
            say(&explain_all());
            return Outcome::Fine;
        }
        None => {}
    }
    let loaded = match session.load(&mut diags) {
        Ok(loaded) => loaded,
        Err(outcome) => return outcome,
    };
    let _ = site(&loaded, &mut diags);
    session.print(&diags, &loaded.sources);
    let book = &loaded.book;
    let links: usize = book.prose().map(|prose| prose.targets.len()).sum();
    let line = format!(
        "checked {}, {}, {}, {}, {} in {} ms: {}\n",
        Count(book.frameworks.len(), "framework"),
        Count(book.criteria.len(), "criterion"),
        Count(book.goals.len(), "goal"),
        Count(loaded.plan.pages.len(), "page"),
        Count(links, "link"),
        start.elapsed().as_millis(),
        diags.counted(),
    );
    if !session.global.quiet {
        say(&line);
    }
    if session.is_refused(&diags) {
        super::session::outcome(&diags)
    } else {
        Outcome::Fine
    }
}

/// Renders every page of a book without errors, and looks at what comes out; findings are
/// added and settled. The site, if it can be made.
pub(super) fn site<'a>(loaded: &'a Loaded, diags: &mut Diagnostics) -> Option<Site<'a>> {
    if diags.has_errors() {
        return None;
    }
    let site = made(loaded, diags);
    if let (Some(site), false) = (&site, diags.has_errors()) {
        diags.extend(site.check());
    }
    diags.settle(&loaded.levels);
    if !diags.has_errors() {
        diags.report_idle(&loaded.levels);
        diags.settle(&loaded.levels);
    }
    site.filter(|_| !diags.has_errors())
}

fn made<'a>(loaded: &'a Loaded, diags: &mut Diagnostics) -> Option<Site<'a>> {
    let theme = Theme::load(&loaded.sources, &loaded.book, diags)?;
    let contents =
        Contents { book: &loaded.book, rankings: &loaded.rankings, plan: &loaded.plan };
    Site::new(contents, theme, diags)
}

fn explained(session: &Session, name: &str, diags: &mut Diagnostics) -> Outcome {
    match Code::from_name(name) {
        Some(code) => {
            say(&explain(code));
            Outcome::Fine
        }
        None => {
            let found =
                Diagnostic::placeless(Code::Usage, format!("unknown finding `{name}`"));
            let known = Code::ALL.iter().map(|code| code.name());
            let found = found.did_you_mean(name, known);
            diags.push(if found.hints.is_empty() {
                found.hint("name the word between `[` and `]` of a finding")
            } else {
                found
            });
            session.fail(diags, &())
        }
    }
}
