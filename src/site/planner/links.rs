//! Checks that every link of prose has a target: the page exists, and so does its part.

use rayon::prelude::*;

use crate::book::Target;
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::plan::Page;
use crate::raw::Link;
use crate::site::{Contents, pages};

/// Checks every link of the book.
pub(super) fn check(contents: Contents<'_>, diags: &mut Diagnostics) {
    for (target, span) in &contents.book.links {
        diags.extend(fault(contents, target, *span, None));
    }
    let of_page = |page: &Page| {
        let prose = (pages::of(page).prose)(contents, page.subject);
        let links =
            prose.into_iter().flat_map(|text| text.raw.links.iter().zip(&text.targets));
        let fault =
            |(link, target): (&Link, _)| fault(contents, target, link.span, Some(page));
        links.filter_map(fault).collect::<Vec<_>>()
    };
    let found: Vec<_> = contents.plan.pages.par_iter().flat_map_iter(of_page).collect();
    diags.extend(found);
}

/// The error in a target, if there is one. A link of prose stands on a page, to a part of
/// which it can lead.
fn fault(
    contents: Contents<'_>,
    target: &Target,
    span: Span,
    here: Option<&Page>,
) -> Option<Diagnostic> {
    let Contents { book, plan, .. } = contents;
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
    let page = match target {
        Target::External(_) | Target::Asset(_) | Target::Nowhere => return None,
        Target::Fragment(_) => here?,
        _ => match plan.page(route) {
            Some(page) => page,
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
    let parts = parts(contents, page);
    // Browsers know the top of every page.
    if part == "top" || parts.iter().any(|known| known == part) {
        return None;
    }
    let message = format!("the page `/{route}` has no part `#{part}`");
    let message = match target {
        Target::Fragment(_) => format!("this page has no part `#{part}`"),
        _ => message,
    };
    Some(no_part(part, &parts, Diagnostic::new(Code::DeadFragment, span, message)))
}

/// Adds to an error about a part that a page lacks which one may be meant.
fn no_part(part: &str, parts: &[String], found: Diagnostic) -> Diagnostic {
    // Parts of the page's own have a letter before their name: `#orm` is `#F-orm`.
    let own = parts
        .iter()
        .find(|known| known.get(1..).is_some_and(|k| k == format!("-{part}")));
    let found = match own {
        Some(own) => found.hint(format!("did you mean `{own}`?")),
        None => found.did_you_mean(part, parts.iter().map(String::as_str)),
    };
    if found.hints.is_empty() {
        found.hint("link to one of its headings, or to the page alone")
    } else {
        found
    }
}

/// The parts of a page that can be linked to.
fn parts(contents: Contents<'_>, page: &Page) -> Vec<String> {
    let kind = pages::of(page);
    let prose = (kind.prose)(contents, page.subject);
    let headings = prose.into_iter().flat_map(|prose| &prose.raw.headings);
    let headings = headings.map(|heading| heading.id.clone());
    headings.chain((kind.anchors)(contents, page.subject)).collect()
}
