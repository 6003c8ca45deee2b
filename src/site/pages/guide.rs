//! A guide.

use serde::Serialize;

use crate::book::{GuideId, Key, Prose};
use crate::diag::Diagnostic;
use crate::plan::Page;
use crate::site::engine::Form;
use crate::site::parts::{View, shared, shown};
use crate::site::text::{self, DateView};
use crate::site::{Site, sentences};

/// Words read in a minute.
const WORDS_A_MINUTE: usize = 230;

/// With how many headings a text gets a table of contents.
const MIN_HEADINGS: usize = 3;

/// The data of the template `guide.html`.
#[derive(Serialize)]
struct GuideView<'a> {
    /// The heading.
    title: &'a str,
    /// One or two sentences about it.
    summary: &'a str,
    /// Its authors; may be empty.
    authors: String,
    /// The time to read it.
    minutes: String,
    /// The day on which it appeared; none if that is the review's.
    published: Option<DateView>,
    /// The day on which it was last reviewed.
    updated: Option<DateView>,
    /// Its headings; empty if there are few.
    contents: Vec<ContentsView>,
    /// The article.
    prose: tera::Value,
}

/// A heading in a table of contents.
#[derive(Serialize)]
pub(super) struct ContentsView {
    /// The name of the part of the page.
    pub(super) id: String,
    /// Its words.
    pub(super) title: String,
    /// Headings below it.
    pub(super) items: Vec<ContentsView>,
}

/// The view of a guide.
pub(super) fn view(
    site: &Site<'_>,
    at: (&Page, Form),
    id: GuideId,
) -> Result<View, Vec<Diagnostic>> {
    let guide = &site.book[id];
    let authors: Vec<_> = guide.authors.iter().map(String::as_str).collect();
    let authors = match sentences::list(&authors, site.strings.get(Key::And)) {
        names if names.is_empty() => names,
        names => site.strings.say(Key::GuideBy, &[("names", &names)]),
    };
    let view = GuideView {
        title: &guide.title,
        summary: &guide.summary,
        authors,
        minutes: minutes(site, &guide.prose),
        published: guide
            .published
            .filter(|day| guide.updated != Some(*day))
            .map(|day| text::date(site.strings, day)),
        updated: guide.updated.map(|day| text::date(site.strings, day)),
        contents: contents(site, &guide.prose),
        prose: shared::prose_in(site, Some(&guide.prose), at)?,
    };
    Ok(shown("guide.html", &view))
}

/// The time to read a text.
pub(super) fn minutes(site: &Site<'_>, prose: &Prose) -> String {
    let minutes = prose.raw.words.div_ceil(WORDS_A_MINUTE).max(1);
    site.strings.count(Key::GuideMinutes, minutes, &[])
}

/// The headings of a text for a table of contents; none if there are few.
pub(super) fn contents(site: &Site<'_>, prose: &Prose) -> Vec<ContentsView> {
    let headings = prose.raw.headings.iter().enumerate();
    let headings = headings.filter(|(_, heading)| heading.level == 2);
    let contents: Vec<_> = headings
        .map(|(at, heading)| ContentsView {
            id: heading.id.clone(),
            title: site.heading_text(prose, at),
            items: Vec::new(),
        })
        .collect();
    if contents.len() < MIN_HEADINGS { Vec::new() } else { contents }
}
