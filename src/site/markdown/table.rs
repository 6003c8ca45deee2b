//! Tables of prose: in a region that scrolls by keyboard, with a caption that names it.

use pulldown_cmark::{Alignment, Event, Tag};

use super::Writer;
use crate::book::Key;
use crate::diag::Span;
use crate::site::markdown;

/// The position of the writer in a table.
#[derive(Default)]
pub(super) struct Table {
    /// The alignment of the columns.
    alignments: Vec<Alignment>,
    /// The column of the next cell.
    column: usize,
    /// Whether the head is being written.
    is_head: bool,
    /// Whether the body was opened.
    has_body: bool,
    /// The offset in the output at which the open cell starts.
    start: usize,
    /// The offset at which its contents start.
    contents: usize,
}

impl Writer<'_> {
    pub(super) fn start_table(&mut self, alignments: &[Alignment], at: usize) {
        self.table = Table { alignments: alignments.to_vec(), ..Table::default() };
        let id = format!("T-{at}");
        let caption = self.caption(at);
        self.out.push_str("<section class=\"table\"");
        self.attribute("aria-labelledby", &id);
        self.out.push_str(" tabindex=\"0\">\n<table>\n<caption class=\"vh\"");
        self.attribute("id", &id);
        self.out.push('>');
        self.text(&caption);
        self.out.push_str("</caption>\n");
    }

    /// The name of the table that starts at an event: its number in the text, which no
    /// other has, and the heading above it.
    fn caption(&self, at: usize) -> String {
        let before = &self.prose.raw.events[..=at];
        let is_table = |(event, _): &&(Event<'_>, Span)| {
            matches!(event, Event::Start(Tag::Table(_)))
        };
        let number = before.iter().filter(is_table).count().to_string();
        let headings = &self.prose.raw.headings;
        let under = headings.partition_point(|h| h.event < at).checked_sub(1);
        let heading =
            under.map(|last| markdown::heading_text(self.site, self.prose, last));
        let mut values = vec![("number", number.as_str())];
        values.extend(heading.as_deref().map(|heading| ("heading", heading)));
        let key = if heading.is_some() { Key::TableIn } else { Key::Table };
        self.site.strings.say(key, &values)
    }

    pub(super) fn end_table(&mut self) {
        let end = if self.table.has_body { "</tbody>\n" } else { "" };
        self.out.push_str(end);
        self.out.push_str("</table>\n</section>\n");
    }

    pub(super) fn start_head(&mut self) {
        self.table.is_head = true;
        self.table.column = 0;
        self.out.push_str("<thead>\n<tr>");
    }

    pub(super) fn end_head(&mut self) {
        self.table.is_head = false;
        self.out.push_str("</tr>\n</thead>\n");
    }

    pub(super) fn start_row(&mut self) {
        if !self.table.has_body {
            self.out.push_str("<tbody>\n");
            self.table.has_body = true;
        }
        self.table.column = 0;
        self.out.push_str("<tr>");
    }

    pub(super) fn start_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Left | Alignment::None) | None => "",
        };
        self.table.column += 1;
        self.table.start = self.out.len();
        let open = if self.table.is_head { "<th scope=\"col\"" } else { "<td" };
        self.out.push_str(open);
        self.out.push_str(class);
        self.out.push('>');
        self.table.contents = self.out.len();
    }

    /// Closes a cell; a heading without words would name nothing, and becomes plain.
    pub(super) fn end_cell(&mut self) {
        if !self.table.is_head {
            self.out.push_str("</td>");
        } else if self.out.len() == self.table.contents {
            self.out.truncate(self.table.start);
            self.out.push_str("<td></td>");
        } else {
            self.out.push_str("</th>");
        }
    }
}
