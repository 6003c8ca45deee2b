//! What is served where there is nothing.

use serde::Serialize;

use super::{View, shown};
use crate::plan::Kind;
use crate::render::Site;
use crate::render::link::Link;

/// What the template `not_found.html` sees.
#[derive(Serialize)]
struct NotFoundView {
    /// Pages to go on from.
    links: Vec<Link>,
}

/// The view of what is served where there is nothing.
pub(super) fn view(site: &Site<'_>) -> View {
    let is_start = |kind: &Kind| {
        let starts = [Kind::Goals, Kind::Frameworks, Kind::Compare, Kind::Criteria];
        starts.contains(kind) || [Kind::Guides, Kind::Faq].contains(kind)
    };
    let pages = site.plan.pages.iter().filter(|page| is_start(&page.kind));
    let links = pages.map(|page| super::shared::link(site.label(page), &page.route));
    shown("not_found.html", &NotFoundView { links: links.collect() })
}
