//! Prose as plain words, for what has no markup.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::book::Prose;
use crate::site::Site;
use crate::site::link;

/// The words of some events of a text, as a reader sees them, on one line; without
/// images, footnotes and embeds.
pub(in crate::site) fn prose_words(
    site: &Site<'_>,
    prose: &Prose,
    events: Range<usize>,
) -> String {
    let mut words = String::new();
    // How deep in what is left out, such as an image.
    let mut hidden = 0;
    let end = events.end;
    for (at, (event, _)) in prose.raw.events[..end].iter().enumerate().skip(events.start)
    {
        match event {
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_)) => {
                hidden += 1;
            }
            Event::End(TagEnd::Image | TagEnd::FootnoteDefinition) => hidden -= 1,
            _ if hidden > 0 => {}
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::Start(Tag::Link { .. }) => {
                let link = prose.raw.links.binary_search_by_key(&at, |link| link.event);
                let link = link.ok().filter(|link| prose.raw.links[*link].is_empty);
                words.extend(link.map(|link| link::title(site, &prose.targets[link])));
            }
            Event::SoftBreak | Event::HardBreak | Event::Rule => words.push(' '),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::CodeBlock,
            ) => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
