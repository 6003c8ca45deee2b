//! A free page.

use serde::Serialize;

use super::guide::{ContentsView, contents};
use crate::book::PageId;
use crate::diag::Diagnostic;
use crate::plan::Page;
use crate::site::Site;
use crate::site::parts::{View, shown};

/// The data of the template `page.html`.
#[derive(Serialize)]
struct ProsePageView<'a> {
    /// The heading.
    title: &'a str,
    /// One or two sentences about it; may be empty.
    summary: &'a str,
    /// Its headings; empty if there are few.
    contents: Vec<ContentsView>,
    /// The text.
    prose: tera::Value,
}

/// The view of a free page.
pub(super) fn view(
    site: &Site<'_>,
    page: &Page,
    id: PageId,
) -> Result<View, Vec<Diagnostic>> {
    let free = &site.book[id];
    let view = ProsePageView {
        title: &free.title,
        summary: free.summary.as_deref().unwrap_or_default(),
        contents: contents(site, &free.prose),
        prose: site.prose_html(&free.prose, &site.root(page))?,
    };
    Ok(shown("page.html", &view))
}
