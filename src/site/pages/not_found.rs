//! The page that is served for an unknown address.

use serde::Serialize;
use tera::Context;

use super::choose::Choose;
use super::compare::Compare;
use super::criteria::Criteria;
use super::faq::Faq;
use super::frameworks::Frameworks;
use super::goals::Goals;
use super::guides::Guides;
use super::kind::PageKind;
use crate::book::Key;
use crate::diag::Diagnostic;
use crate::plan::{Metadata, NOT_FOUND, Page, Subject};
use crate::site::engine::Form;
use crate::site::link::Link;
use crate::site::parts::{context, shared};
use crate::site::{Contents, Site};

/// The data of the template `not_found.html`.
#[derive(Serialize)]
struct NotFoundView {
    /// Pages to go on from.
    links: Vec<Link>,
}

/// The kinds of pages that it links to, in order.
const OFFERED: &[&str] = &[
    Goals::NAME,
    Choose::NAME,
    Frameworks::NAME,
    Compare::NAME,
    Criteria::NAME,
    Guides::NAME,
    Faq::NAME,
];

/// The page that is served for an unknown address.
pub(super) struct NotFound;

impl PageKind for NotFound {
    type Subject = ();

    const NAME: &'static str = "not-found";
    const TEMPLATE: &'static str = "not_found.html";
    const DOC: &'static str = "what hosts show at an unknown address";
    const ROUTE: &'static str = NOT_FOUND;
    const IS_LINKED: bool = false;

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        let strings = &contents.book.strings;
        Metadata {
            title: strings.get(Key::TitleNotFound).to_owned(),
            label: strings.get(Key::NavNotFound).to_owned(),
            is_hidden: true,
            is_unlisted: true,
            ..Metadata::default()
        }
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let links = OFFERED.iter().filter_map(|kind| {
            let page = site.plan.page(site.plan.route(Subject::Fixed(kind)).as_str())?;
            Some(shared::link(&*page.metadata.label, &page.route))
        });
        Ok(context(&NotFoundView { links: links.collect() }))
    }
}
