//! The page that is served for an unknown address.

use serde::Serialize;

use crate::plan::Kind;
use crate::site::Site;
use crate::site::link::Link;
use crate::site::parts::{View, shown};

/// The data of the template `not_found.html`.
#[derive(Serialize)]
struct NotFoundView {
    /// Pages to go on from.
    links: Vec<Link>,
}

/// The view of what is served where there is nothing.
pub(super) fn view(site: &Site<'_>) -> View {
    let kinds = [Kind::Goals, Kind::Choose, Kind::Frameworks, Kind::Compare];
    let kinds = kinds.into_iter().chain([Kind::Criteria, Kind::Guides, Kind::Faq]);
    let links = kinds.filter_map(|kind| {
        let page = site.plan.pages.iter().find(|page| page.kind == kind)?;
        Some(super::shared::link(site.label(page), &page.route))
    });
    shown("not_found.html", &NotFoundView { links: links.collect() })
}
