//! Help with reading a text: how long it takes, and its table of contents.

use serde::Serialize;

use crate::book::{Key, Prose};
use crate::site::{Site, markdown};

/// Words read in a minute.
const WORDS_A_MINUTE: usize = 230;

/// With how many headings a text gets a table of contents.
const MIN_HEADINGS: usize = 3;

/// A heading in a table of contents.
#[derive(Serialize)]
pub(in crate::site) struct ContentsView {
    /// The name of the part of the page.
    pub(in crate::site) id: String,
    /// Its words.
    pub(in crate::site) title: String,
    /// Headings below it.
    pub(in crate::site) items: Vec<ContentsView>,
}

/// The time to read a text.
pub(in crate::site) fn minutes(site: &Site<'_>, prose: &Prose) -> String {
    let minutes = prose.raw.words.div_ceil(WORDS_A_MINUTE).max(1);
    site.strings.count(Key::GuideMinutes, minutes, &[])
}

/// The headings of a text for a table of contents; none if there are few.
pub(in crate::site) fn contents(site: &Site<'_>, prose: &Prose) -> Vec<ContentsView> {
    let headings = prose.raw.headings.iter().enumerate();
    let headings = headings.filter(|(_, heading)| heading.level == 2);
    let contents: Vec<_> = headings
        .map(|(at, heading)| ContentsView {
            id: heading.id.clone(),
            title: markdown::heading_text(site, prose, at),
            items: Vec::new(),
        })
        .collect();
    if contents.len() < MIN_HEADINGS { Vec::new() } else { contents }
}
