//! All guides.

use serde::Serialize;
use tera::Context;

use super::kind::{Menu, PageKind, fixed_metadata};
use crate::book::{Key, Target, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page, ResultKind};
use crate::site::engine::Form;
use crate::site::link;
use crate::site::link::Link;
use crate::site::parts::context;
use crate::site::parts::reading::minutes;
use crate::site::text::DateView;
use crate::site::{Contents, Site, text};

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

/// All guides.
pub(super) struct Guides;

impl PageKind for Guides {
    type Subject = ();

    const NAME: &'static str = "guides";
    const TEMPLATE: &'static str = "guides.html";
    const DOC: &'static str = "all guides";
    const ROUTE: &'static str = "guides/";
    const MENU: Menu = Menu::Header;
    const RESULT_KIND: ResultKind = ResultKind::List;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        !contents.book.guides.is_empty()
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        let guides = contents.book.guides.iter();
        Metadata {
            updated: guides.filter_map(|guide| guide.updated.or(guide.published)).max(),
            ..fixed_metadata(
                contents,
                [Key::NavGuides, Key::TitleGuides, Key::AboutGuides],
            )
        }
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let guides = with_ids(&site.book.guides).map(|(id, guide)| GuideCard {
            guide: link::link(site, &Target::Guide(id, None)),
            summary: &guide.summary,
            minutes: minutes(site, &guide.prose),
            updated: guide.updated.map(|day| text::date(site.strings, day)),
        });
        Ok(context(&GuidesView { guides: guides.collect() }))
    }
}
