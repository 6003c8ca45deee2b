//! A redirect: an address that a page had.

use serde::Serialize;

use super::{View, shown};
use crate::diag::Diagnostic;
use crate::plan::Route;
use crate::render::Site;

/// What the template `redirect.html` sees.
#[derive(Serialize)]
struct RedirectView<'a> {
    /// Where the page is now, below the site's base.
    to: &'a str,
    /// The same as an absolute address.
    url: String,
}

/// The view of a redirect.
pub(super) fn view(site: &Site<'_>, to: &Route) -> Result<View, Vec<Diagnostic>> {
    let url = format!("{}{to}", site.book.site.base_url);
    Ok(shown("redirect.html", &RedirectView { to: to.as_str(), url }))
}
