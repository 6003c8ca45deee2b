//! Changes, day by day.

use jiff::civil::Date;
use serde::Serialize;

use crate::book::Key;
use crate::plan::{News, What, anchor};
use crate::site::Site;
use crate::site::link::Link;
use crate::site::parts::shared::{self, ChangeView};
use crate::site::parts::{View, shown};
use crate::site::text::{self, DateView};

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

/// The view of what is new.
pub(super) fn view(site: &Site<'_>) -> View {
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
        feed: shared::link(site.feed_title(), "changes/feed.xml"),
    };
    shown("changes.html", &view)
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
            let about = change.about.iter().map(|target| site.link(target));
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
