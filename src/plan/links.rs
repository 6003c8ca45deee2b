//! Checks that every link of prose has a target: the page exists, and so does its part.

use rayon::prelude::*;

use super::{Kind, Page, Plan, anchor};
use crate::book::{Book, Prose, Target, with_ids};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::raw::Link;

/// Checks every link of the book.
pub(super) fn check(book: &Book, plan: &Plan, diags: &mut Diagnostics) {
    for (target, span) in &book.links {
        diags.extend(fault(book, plan, target, (&Kind::Home, *span)));
    }
    let of_page = |page: &Page| {
        let texts = texts(book, plan, &page.kind).into_iter();
        let links = texts.flat_map(|text| text.raw.links.iter().zip(&text.targets));
        let fault = |(link, target): (&Link, _)| {
            fault(book, plan, target, (&page.kind, link.span))
        };
        links.filter_map(fault).collect::<Vec<_>>()
    };
    let found: Vec<_> = plan.pages.par_iter().flat_map_iter(of_page).collect();
    diags.extend(found);
}

/// The error in a target, if there is one.
fn fault(
    book: &Book,
    plan: &Plan,
    target: &Target,
    (here, span): (&Kind, Span),
) -> Option<Diagnostic> {
    if let Target::Versus(first, second, _) = target
        && plan.pair(*first, *second).is_none()
    {
        let (first, second) = (&book[*first], &book[*second]);
        let message = format!("there is no page for {} and {}", first.name, second.name);
        let found = Diagnostic::new(Code::UnknownVersus, span, message);
        let hint = format!(
            "write `content/versus/{}-vs-{}.md`, no draft, or link to `page:compare`",
            first.slug, second.slug
        );
        return Some(found.hint(hint));
    }
    let href = plan.href(book, target);
    let (route, part) = match href.split_once('#') {
        Some((route, part)) => (route, Some(part)),
        None => (href.as_str(), None),
    };
    let kind = match target {
        Target::External(_) | Target::Asset(_) | Target::Nowhere => return None,
        Target::Fragment(_) => here,
        _ => match plan.page(route) {
            Some(page) => &page.kind,
            None => {
                let message = format!("there is no page `/{route}`");
                let found = Diagnostic::new(Code::DeadLink, span, message);
                return Some(found.hint(
                    "it is made when book and theme have something to show there",
                ));
            }
        },
    };
    let part = part?;
    let parts = parts(book, plan, kind);
    if parts.iter().any(|known| known == part) {
        return None;
    }
    let message = format!("the page `/{route}` has no part `#{part}`");
    let message = match target {
        Target::Fragment(_) => format!("this page has no part `#{part}`"),
        _ => message,
    };
    let found = Diagnostic::new(Code::DeadFragment, span, message);
    // Parts of the page's own have a letter before their name: `#orm` is `#f-orm`.
    let own = parts
        .iter()
        .find(|known| known.get(1..).is_some_and(|k| k == format!("-{part}")));
    let found = match own {
        Some(own) => found.hint(format!("did you mean `{own}`?")),
        None => found.did_you_mean(part, parts.iter().map(String::as_str)),
    };
    Some(match found.hints.is_empty() {
        true => found.hint("link to one of its headings, or to the page alone"),
        false => found,
    })
}

/// The texts that stand on a page.
fn texts<'b>(book: &'b Book, plan: &Plan, kind: &Kind) -> Vec<&'b Prose> {
    match kind {
        Kind::Home => book.home.prose.iter().collect(),
        Kind::Framework(id) => book[*id].prose.iter().collect(),
        Kind::Versus(id) => {
            let verdict = plan.pairs[id.index()].verdict;
            verdict.map(|verdict| &book[verdict].prose).into_iter().collect()
        }
        Kind::Goal(id) => vec![&book[*id].prose],
        Kind::Guide(id) => vec![&book[*id].prose],
        Kind::Page(id) => vec![&book[*id].prose],
        Kind::Faq => book.faq.section.prose.iter().collect(),
        Kind::Methodology => book.methodology.prose.iter().collect(),
        _ => Vec::new(),
    }
}

/// The parts of a page that can be linked to.
fn parts(book: &Book, plan: &Plan, kind: &Kind) -> Vec<String> {
    let headings =
        texts(book, plan, kind).into_iter().flat_map(|prose| &prose.raw.headings);
    let mut parts: Vec<String> = headings.map(|heading| heading.id.clone()).collect();
    let groups = || book.groups.iter().map(|group| anchor::group(&group.id));
    match kind {
        Kind::Framework(_) => {
            parts.extend(book.criteria.iter().map(|c| anchor::fact(&c.slug)));
        }
        Kind::Goal(_) => {
            parts.extend(with_ids(&book.frameworks).map(|(_, f)| anchor::place(&f.slug)));
        }
        Kind::Sources => parts.extend(book.sources.iter().map(|s| anchor::source(&s.id))),
        Kind::Changes => parts.extend(plan.news.iter().map(|n| anchor::day(n.day))),
        Kind::Criteria | Kind::Compare => parts.extend(groups()),
        _ => {}
    }
    parts
}
