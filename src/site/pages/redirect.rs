//! A redirect: an address that a page had.

use serde::Serialize;
use tera::Context;

use super::kind::PageKind;
use crate::book::Key;
use crate::diag::{Diagnostic, Span};
use crate::plan::{Metadata, Page, RedirectId, Route};
use crate::site::engine::Form;
use crate::site::link::Link;
use crate::site::parts::{context, shared};
use crate::site::{Contents, Site};

/// The data of the template `redirect.html`.
#[derive(Serialize)]
struct RedirectView {
    /// The present route of the page.
    to: Link,
    /// The same as an absolute address.
    url: String,
}

/// An address that a page had.
pub(super) struct RedirectPage;

impl PageKind for RedirectPage {
    type Subject = RedirectId;

    const NAME: &'static str = "redirect";
    const TEMPLATE: &'static str = "redirect.html";
    const DOC: &'static str = "an address that a page had";
    const ROUTE: &'static str = "ALIAS";
    const IS_LINKED: bool = false;
    const IS_WRITTEN: bool = true;

    fn route(contents: Contents<'_>, id: RedirectId) -> Route {
        contents.plan.redirects[id.index()].route.clone()
    }

    fn metadata(contents: Contents<'_>, _id: RedirectId) -> Metadata {
        let strings = &contents.book.strings;
        Metadata {
            title: strings.get(Key::TitleRedirect).to_owned(),
            label: strings.get(Key::NavRedirect).to_owned(),
            is_hidden: true,
            is_unlisted: true,
            ..Metadata::default()
        }
    }

    fn span(contents: Contents<'_>, id: RedirectId) -> Option<Span> {
        Some(contents.plan.redirects[id.index()].span)
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        id: RedirectId,
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let to = site.plan.route(site.plan.redirects[id.index()].to);
        let target = site.plan.page(to.as_str());
        let title =
            target.map_or_else(|| to.to_string(), |page| page.metadata.label.clone());
        let url = site.absolute(to.as_str());
        Ok(context(&RedirectView { to: shared::link(title, to), url }))
    }
}
