//! A redirect: an address that a page had.

use serde::Serialize;

use crate::plan::Route;
use crate::site::Site;
use crate::site::link::Link;
use crate::site::parts::{View, shared, shown};

/// The data of the template `redirect.html`.
#[derive(Serialize)]
struct RedirectView {
    /// The present route of the page.
    to: Link,
    /// The same as an absolute address.
    url: String,
}

/// The view of a redirect.
pub(super) fn view(site: &Site<'_>, to: &Route) -> View {
    let page = site.plan.pages.iter().find(|page| page.route == *to);
    let title = page.map_or_else(|| to.to_string(), |page| site.label(page));
    let url = format!("{}{to}", site.book.site.base_url);
    shown("redirect.html", &RedirectView { to: shared::link(title, to), url })
}
