//! Changes, day by day.

use jiff::civil::Date;
use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind, fixed_metadata};
use crate::book::{Key, Part};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page, anchor};
use crate::site::engine::Form;
use crate::site::layout;
use crate::site::link::Link;
use crate::site::parts::shared::ChangeView;
use crate::site::parts::{context, news};
use crate::site::text::DateView;
use crate::site::{Contents, Site, text};

/// The data of the template `changes.html`.
#[derive(Serialize)]
struct NewsView {
    /// Days on which something changed, the newest first.
    days: Vec<DayView>,
    /// The feed of the same changes, if there is one.
    feed: Option<Link>,
}

/// A day on which something changed.
#[derive(Serialize)]
struct DayView {
    /// The name of its part of the page: `d-2026-11-22`.
    id: String,
    /// The day.
    day: DateView,
    /// The change.
    changes: Vec<ChangeView>,
}

/// Changes, day by day.
pub(super) struct Changes;

impl PageKind for Changes {
    type Subject = ();

    const NAME: &'static str = "changes";
    const TEMPLATE: &'static str = "changes.html";
    const DOC: &'static str = "changes, day by day";
    const ROUTE: &'static str = "changes/";
    const FILE: Option<&'static str> = Some("content/changes.toml");
    const MENU: Menu = Menu::Footer;
    const LLMS: Llms = Llms::Optional;
    const IS_RESERVED: bool = true;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.has(Part::Changes) && !contents.plan.news.is_empty()
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        Metadata {
            updated: contents.plan.news.first().map(|news| news.day),
            ..fixed_metadata(
                contents,
                [Key::NavChanges, Key::TitleChanges, Key::AboutChanges],
            )
        }
    }

    fn source_file(contents: Contents<'_>, (): ()) -> String {
        let file = Self::FILE.filter(|_| !contents.book.changes.is_empty());
        file.unwrap_or_default().to_owned()
    }

    fn anchors(contents: Contents<'_>, (): ()) -> Vec<String> {
        contents.plan.news.iter().map(|news| anchor::day(news.day)).collect()
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let mut days: Vec<(Date, DayView)> = Vec::new();
        for item in &site.plan.news {
            let change = news::change(site, item);
            match days.last_mut() {
                Some((day, view)) if *day == item.day => view.changes.push(change),
                Some(_) | None => {
                    let view = DayView {
                        id: anchor::day(item.day),
                        day: text::date(site.strings, item.day),
                        changes: vec![change],
                    };
                    days.push((item.day, view));
                }
            }
        }
        let view = NewsView {
            days: days.into_iter().map(|(_, day)| day).collect(),
            feed: layout::feed_link(site),
        };
        Ok(context(&view))
    }
}
