//! What is new, in sentences.

use super::shared::{self, ChangeView};
use crate::book::Key;
use crate::plan::{News, What};
use crate::site::link::{self, Link};
use crate::site::{Site, text};

/// The most frameworks that are named beside their number where space is short.
const NAMED: usize = 12;

/// The newest of what is new, for a page that shows little of it.
pub(in crate::site) fn newest(site: &Site<'_>, most: usize) -> Vec<ChangeView> {
    let brief = |news: &News| {
        let mut change = change(site, news);
        if change.about.len() > NAMED {
            change.about.clear();
        }
        change
    };
    site.plan.news.iter().take(most).map(brief).collect()
}

/// A change for templates.
pub(in crate::site) fn change(site: &Site<'_>, news: &News) -> ChangeView {
    let (text, about) = sentence(site, news);
    ChangeView { day: text::date(site.strings, news.day), text, about }
}

/// A change in a sentence, and links to its subjects.
pub(in crate::site) fn sentence(site: &Site<'_>, news: &News) -> (String, Vec<Link>) {
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
