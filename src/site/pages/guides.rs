//! All guides.

use serde::Serialize;

use super::guide::minutes;
use crate::book::{Target, with_ids};
use crate::site::Site;
use crate::site::link::Link;
use crate::site::parts::{View, shown};
use crate::site::text::{self, DateView};

/// The data of the template `guides.html`.
#[derive(Serialize)]
struct GuidesView<'a> {
    /// The guides, by slug.
    guides: Vec<GuideCard<'a>>,
}

/// A guide in one glance.
#[derive(Serialize)]
struct GuideCard<'a> {
    /// The guide.
    guide: Link,
    /// One or two sentences about it.
    summary: &'a str,
    /// The time to read it.
    minutes: String,
    /// The day on which it was last reviewed.
    updated: Option<DateView>,
}

/// The view of all guides.
pub(super) fn view(site: &Site<'_>) -> View {
    let guides = with_ids(&site.book.guides).map(|(id, guide)| GuideCard {
        guide: site.link(&Target::Guide(id, None)),
        summary: &guide.summary,
        minutes: minutes(site, &guide.prose),
        updated: guide.updated.map(|day| text::date(site.strings, day)),
    });
    shown("guides.html", &GuidesView { guides: guides.collect() })
}
