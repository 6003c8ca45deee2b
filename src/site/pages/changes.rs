//! Changes, day by day.

use jiff::civil::Date;
use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind, fixed_metadata};
use crate::book::{Key, Part};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, News, Page, What, anchor};
use crate::site::engine::Form;
use crate::site::feed;
use crate::site::link;
use crate::site::link::Link;
use crate::site::parts::shared::ChangeView;
use crate::site::parts::{context, shared};
use crate::site::text::DateView;
use crate::site::{Contents, Site, text};

/// The most frameworks that are named beside their number where space is short.
const NAMED: usize = 12;

/// The data of the template `changes.html`.
#[derive(Serialize)]
struct NewsView {
    /// Days on which something changed, the newest first.
    days: Vec<DayView>,
    /// The feed of the same changes.
    feed: Link,
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
        for news in &site.plan.news {
            let change = change(site, news);
            match days.last_mut() {
                Some((day, view)) if *day == news.day => view.changes.push(change),
                Some(_) | None => {
                    let view = DayView {
                        id: anchor::day(news.day),
                        day: text::date(site.strings, news.day),
                        changes: vec![change],
                    };
                    days.push((news.day, view));
                }
            }
        }
        let view = NewsView {
            days: days.into_iter().map(|(_, day)| day).collect(),
            feed: shared::link(feed::feed_title(site), "changes/feed.xml"),
        };
        Ok(context(&view))
    }
}

/// The newest of what is new, for a page that shows little of it.
pub(super) fn newest(site: &Site<'_>, most: usize) -> Vec<ChangeView> {
    let brief = |news: &News| {
        let mut change = change(site, news);
        if change.about.len() > NAMED {
            change.about.clear();
        }
        change
    };
    site.plan.news.iter().take(most).map(brief).collect()
}

fn change(site: &Site<'_>, news: &News) -> ChangeView {
    let (text, about) = told(site, news);
    ChangeView { day: text::date(site.strings, news.day), text, about }
}

/// A change in a sentence, and links to its subjects.
pub(in crate::site) fn told(site: &Site<'_>, news: &News) -> (String, Vec<Link>) {
    match &news.what {
        What::Change(at) => {
            let change = &site.book.changes[*at];
            let about = change.about.iter().map(|target| link::link(site, target));
            (change.text.clone(), about.collect())
        }
        What::Checked(frameworks) => {
            let facts = frameworks.iter().map(|(_, count)| count).sum();
            let facts = site.strings.count(Key::CountFacts, facts, &[]);
            let count = site.strings.count(Key::CountFrameworks, frameworks.len(), &[]);
            let values = [("facts", facts.as_str()), ("frameworks", count.as_str())];
            let link = |(id, count): &(_, usize)| {
                let mut link = shared::profile(site, *id);
                let count = count.to_string();
                let values = [("name", link.title.as_str()), ("count", count.as_str())];
                link.title = site.strings.say(Key::ChangesOf, &values);
                link
            };
            let text = site.strings.say(Key::ChangesChecked, &values);
            (text, frameworks.iter().map(link).collect())
        }
    }
}
