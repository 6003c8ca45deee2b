//! Mistakes in the grammar of TOML: one finding for each mistake, in words of ours.
//!
//! text -> the table without what could not be read, and [`Fault`]s. The parser recovers from
//! its errors, and one mistake then gives it several; a list that is not closed swallows the
//! rest of the file. What follows from a mistake is left out here.

mod scan;
mod words;

use std::ops::Range;

use toml::de::{DeArray, DeTable, DeValue, Error};

use crate::diag::Code;

/// The most errors of a file that are looked at; who has more has another problem.
const MOST: usize = 200;

/// A mistake in the grammar of a document.
#[derive(Debug)]
pub(super) struct Fault {
    /// The finding's code.
    pub(super) code: Code,
    /// Its range, in bytes of the document.
    pub(super) range: Range<usize>,
    /// The fact.
    pub(super) message: String,
    /// The remedy.
    pub(super) hint: Option<String>,
    /// The range of the first of two equal keys or tables.
    pub(super) first: Option<Range<usize>>,
    /// Whether keys may be lost with it that are not its own.
    pub(super) costs_others: bool,
}

/// An error of the parser and where it is.
struct ParseError<'e> {
    range: Range<usize>,
    error: &'e Error,
}

impl<'e> ParseError<'e> {
    /// The errors in the order of the text, not more than can be read.
    fn all(errors: &'e [Error]) -> Vec<Self> {
        let mishap =
            |error| ParseError { range: Error::span(error).unwrap_or(0..0), error };
        let mut mishaps: Vec<Self> = errors.iter().map(mishap).collect();
        mishaps.sort_by_key(|mishap| (mishap.range.start, mishap.range.end));
        mishaps.truncate(MOST);
        mishaps
    }

    fn is(&self, message: &str) -> bool {
        self.error.message().starts_with(message)
    }
}

/// A document with what its mistakes are explained by.
struct Document<'t> {
    text: &'t str,
    table: DeTable<'t>,
    /// Lines that are headers, with where they start.
    headers: Vec<(usize, &'t str)>,
}

/// A document as far as it could be read.
pub(super) struct Parsed<'t> {
    /// The part that could be read.
    pub(super) table: DeTable<'t>,
    /// The errors.
    pub(super) faults: Vec<Fault>,
    /// Keys that were written, but whose value could not be read.
    pub(super) lost: Vec<String>,
    /// The range of a header that could not be read; keys after it are not where they belong.
    pub(super) missing_header: Option<usize>,
}

/// Parses a document. One that is broken is repaired in `room` first: what the parser would
/// stumble over for many lines is made empty there.
pub(super) fn parse<'t>(text: &'t str, room: &'t mut String) -> Parsed<'t> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        let (faults, lost) = (Vec::new(), Vec::new());
        return Parsed { table: table.into_inner(), faults, lost, missing_header: None };
    }
    room.push_str(text);
    let (mut faults, mut lost) = (Vec::new(), Vec::new());
    repair(room, &mut faults, &mut lost);

    let text = room.as_str();
    let (table, errors) = DeTable::parse_recoverable(text);
    let document = Document::new(text, table.into_inner());
    let mishaps = ParseError::all(&errors);
    faults.extend(document.faults(&mishaps));
    faults.sort_by_key(|fault| fault.range.start);
    let unread = mishaps.iter().filter(|mishap| !mishap.is("duplicate key"));
    let unread = unread.map(|mishap| mishap.range.clone());
    let ranges: Vec<_> =
        unread.chain(faults.iter().filter_map(Fault::of_value)).collect();
    let missing_header =
        mishaps.iter().find(|m| m.is("unclosed table") || m.is("unclosed array t"));
    let missing_header = missing_header.map(|mishap| mishap.range.start);
    let mut table = document.table;
    prune(&mut table, text, &ranges, &mut lost);
    Parsed { table, faults, lost, missing_header }
}

/// Makes empty, in place, statements that are not closed, and what follows where a header is
/// missing. The rest of the text stays where it is.
fn repair(text: &mut String, faults: &mut Vec<Fault>, lost: &mut Vec<String>) {
    let mut from = 0;
    while faults.len() < MOST
        && let Some(found) = scan::unclosed(text, from)
    {
        from = found.statement.end;
        let key = found.key.rsplit('.').next().unwrap_or_default();
        lost.push(key.trim_matches(['"', '\'', ' ']).to_owned());
        empty(text, found.statement.clone());
        faults.push(Fault::unclosed(found));
    }
    loop {
        let (table, errors) = DeTable::parse_recoverable(text);
        let document = Document::new(text, table.into_inner());
        let Some((fault, range)) = document.missing_header(&ParseError::all(&errors))
        else {
            break;
        };
        faults.push(fault);
        if faults.len() > MOST {
            break;
        }
        empty(text, range);
    }
}

/// Puts blanks in the place of all that stands in a range, but for the ends of lines.
fn empty(text: &mut String, range: Range<usize>) {
    let blank: String = text[range.clone()]
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    text.replace_range(range, &blank);
}

impl Fault {
    /// The range of a value that cannot be read.
    fn of_value(&self) -> Option<Range<usize>> {
        (self.code != Code::DuplicateKey).then(|| self.range.clone())
    }
}

impl<'t> Document<'t> {
    fn new(text: &'t str, table: DeTable<'t>) -> Self {
        Self { text, table, headers: headers(text) }
    }

    /// One fault for each mistake, in order.
    fn faults(&self, mishaps: &[ParseError<'_>]) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        let mut said = None;
        for mishap in mishaps {
            let line = line_start(self.text, mishap.range.start);
            // Lines that are no statement follow from the one before, which lost its end.
            let above = line.checked_sub(1).map(|end| line_start(self.text, end));
            let is_rest = said.is_some_and(|said| Some(said) == above)
                && (mishap.is("invalid key-value pair") || mishap.is("missing "));
            if is_rest {
                said = Some(line);
            } else if said != Some(line) && !self.repeats_a_table(mishap, mishaps) {
                said = Some(line);
                faults.push(self.fault(mishap));
            }
        }
        faults
    }

    /// The keys of a table that stand twice, two or more of them, and the rest of the table:
    /// its author forgot the header.
    fn missing_header(
        &self,
        mishaps: &[ParseError<'_>],
    ) -> Option<(Fault, Range<usize>)> {
        let at_depth_0 = |mishap: &&ParseError<'_>| {
            let line = line_start(self.text, mishap.range.start);
            let before = self.text.get(line..mishap.range.start).unwrap_or_default();
            mishap.is("duplicate key") && before.trim().is_empty()
        };
        let repeated: Vec<&ParseError<'_>> = mishaps.iter().filter(at_depth_0).collect();
        let region = |mishap: &ParseError<'_>| self.header_before(mishap.range.start);
        let pair = repeated.windows(2).find(|pair| region(pair[0]) == region(pair[1]))?;
        let header = region(pair[0])?;
        let (_, name) = self.headers.iter().find(|(at, _)| *at == header)?;
        let end = self.headers.iter().map(|(at, _)| *at).find(|at| *at > header);
        let start = line_start(self.text, pair[0].range.start);
        let fault = self.without_header(pair[0].range.clone(), name);
        Some((fault, start..end.unwrap_or(self.text.len())))
    }

    /// Whether an error only says that a table which stands twice has the same keys again.
    fn repeats_a_table(
        &self,
        mishap: &ParseError<'_>,
        mishaps: &[ParseError<'_>],
    ) -> bool {
        let line = line_start(self.text, mishap.range.start);
        let Some(header) = self.header_before(line) else { return false };
        mishap.is("duplicate key")
            && mishaps.iter().any(|other| {
                other.is("duplicate key")
                    && line_start(self.text, other.range.start) == header
            })
    }

    /// The start of the last header above an offset.
    fn header_before(&self, offset: usize) -> Option<usize> {
        let above = self.headers.partition_point(|(at, _)| *at < offset);
        above.checked_sub(1).map(|i| self.headers[i].0)
    }

    /// The range of an earlier key of this name in the same table.
    fn first_key(&self, key: &str, at: &Range<usize>) -> Option<Range<usize>> {
        let region = |offset: usize| {
            let header = self.header_before(line_start(self.text, offset) + 1);
            let inside = self.text.get(header.unwrap_or(0)..offset).unwrap_or_default();
            let (open, close) =
                (inside.matches('{').count(), inside.matches('}').count());
            (header, open.saturating_sub(close))
        };
        let here = region(at.start);
        let mut best: Option<Range<usize>> = None;
        let mut look = |table: &DeTable<'_>| {
            for name in table.keys().filter(|name| name.get_ref() == key) {
                let span = name.span();
                let is_nearer = best.as_ref().is_none_or(|best| best.start < span.start);
                if span.start < at.start && is_nearer && region(span.start) == here {
                    best = Some(span);
                }
            }
        };
        look(&self.table);
        each_value(&self.table, &mut |value, _| {
            if let DeValue::Table(table) = value {
                look(table);
            }
        });
        best
    }
}

/// Calls for every value of a table, and for those within it.
fn each_value(table: &DeTable<'_>, call: &mut impl FnMut(&DeValue<'_>, Range<usize>)) {
    for value in table.values() {
        each_within(value, call);
    }
}

fn each_within(
    value: &toml::Spanned<DeValue<'_>>,
    call: &mut impl FnMut(&DeValue<'_>, Range<usize>),
) {
    call(value.get_ref(), value.span());
    match value.get_ref() {
        DeValue::Table(table) => each_value(table, call),
        DeValue::Array(items) => items.iter().for_each(|item| each_within(item, call)),
        _ => {}
    }
}

/// Takes out what could not be read: keys whose own words or value hold an error.
fn prune(
    table: &mut DeTable<'_>,
    text: &str,
    ranges: &[Range<usize>],
    lost: &mut Vec<String>,
) {
    let before = lost.len();
    for (key, value) in table.iter_mut() {
        let span = value.span();
        match value.get_mut() {
            DeValue::Table(inner) if is_header(text, &span) => {
                prune(inner, text, ranges, lost);
            }
            DeValue::Array(items) if is_list_of_headers(items, text) => {
                let tables = items.iter_mut().filter_map(|item| match item.get_mut() {
                    DeValue::Table(inner) => Some(inner),
                    _ => None,
                });
                tables.for_each(|inner| prune(inner, text, ranges, lost));
            }
            _ => {
                let whole = key.span().start..span.end.max(key.span().end);
                // A value before its key is one that the parser made up.
                if span.start < whole.start
                    || ranges.iter().any(|r| r.start <= whole.end && whole.start <= r.end)
                {
                    lost.push(key.get_ref().to_string());
                }
            }
        }
    }
    for key in &lost[before..] {
        table.remove(key.as_str());
    }
}

fn is_list_of_headers(items: &DeArray<'_>, text: &str) -> bool {
    let mut items = items.iter();
    items.any(|item| item.get_ref().is_table() && is_header(text, &item.span()))
}

/// Whether a table has a header of its own, or is made by dots in keys: it does not stand
/// between braces.
fn is_header(text: &str, span: &Range<usize>) -> bool {
    !tail(text, span.start).starts_with('{')
}

/// Lines that are headers, with where they start.
fn headers(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut headers = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            headers.push((at, line.split('#').next().unwrap_or_default().trim_end()));
        }
        at += line.len();
    }
    headers
}

/// The start of an offset's line.
fn line_start(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// The text from an offset on.
fn tail(text: &str, offset: usize) -> &str {
    text.get(offset..).unwrap_or_default()
}
