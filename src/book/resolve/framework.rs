//! Frameworks: their facts as one cell a criterion, each with its origin and age.

use jiff::civil::Date;

use super::{Resolver, start, text, texts};
use crate::book::{Alias, Cell, Criterion, Fact, Framework, Source, SourceId};
use crate::diag::{Code, Count, Diagnostic, Span};
use crate::raw::{self, Doc, LongFact, Name, Spanned, Text};

/// The source and date that a file gives for all its facts.
struct Defaults<'a> {
    source: Option<SourceId>,
    checked: Option<Date>,
    sources: &'a [Source],
    /// The parts that were written but could not be read.
    lost: Lost,
}

/// The parts of a fact's origin that could not be read, which has been reported.
#[derive(Clone, Copy)]
struct Lost {
    source: bool,
    date: bool,
}

/// The criterion of a fact, and the defaults of its file.
#[derive(Clone, Copy)]
struct Slot<'a> {
    criterion: &'a Criterion,
    defaults: &'a Defaults<'a>,
}

impl Defaults<'_> {
    /// A fact's date: its own, else its own source's, else the file's, else that of the
    /// file's source.
    fn date(&self, own: Option<Date>, source: Option<SourceId>) -> Option<Date> {
        let of =
            |id: Option<SourceId>| id.and_then(|id| self.sources[id.index()].checked);
        own.or_else(|| of(source)).or(self.checked).or_else(|| of(self.source))
    }
}

impl Resolver<'_> {
    /// Frameworks by slug.
    pub(super) fn frameworks(
        &mut self,
        criteria: &[Criterion],
        sources: &[Source],
    ) -> Vec<Framework> {
        let raw = self.raw;
        let mut list: Vec<Framework> = Vec::new();
        for doc in &raw.frameworks {
            let framework = self.framework(doc, criteria, sources);
            list.push(framework);
        }
        let names: Vec<String> =
            list.iter().map(|framework| framework.name.clone()).collect();
        for (framework, monogram) in list.iter_mut().zip(monograms(&names)) {
            framework.monogram = monogram;
        }
        list
    }

    fn framework(
        &mut self,
        doc: &Doc<raw::Framework>,
        criteria: &[Criterion],
        sources: &[Source],
    ) -> Framework {
        let front = &doc.front;
        let (aliases, names) = split_aliases(&front.aliases);
        let language = front.language.as_ref();
        Framework {
            slug: doc.slug.clone(),
            name: front.name.value.clone(),
            monogram: String::new(),
            summary: front.summary.value.clone(),
            language: language
                .and_then(|id| self.names.languages.get(&id.value, id.span, self.diags)),
            homepage: front.homepage.as_ref().map(|url| url.0.value.clone()),
            repository: front.repository.as_ref().map(|url| url.0.value.clone()),
            license: text(front.license.as_ref()),
            names,
            aliases,
            peer_group: front.peer_group.as_ref().map(|group| group.value.clone()),
            good_fit: texts(&front.good_fit),
            think_twice: texts(&front.think_twice),
            cells: self.cells(front, criteria, sources),
            prose: doc.prose.as_ref().map(|prose| self.prose(prose)),
            span: start(doc.file),
        }
    }

    fn cells(
        &mut self,
        front: &raw::Framework,
        criteria: &[Criterion],
        sources: &[Source],
    ) -> Vec<Cell> {
        let source = self.source(front.source.as_ref());
        let is_lost =
            front.has_lost("source") || front.source.is_some() && source.is_none();
        let lost = Lost { source: is_lost, date: is_lost || front.has_lost("checked") };
        let checked = front.checked.as_ref().map(|date| date.value);
        let defaults = Defaults { source, checked, sources, lost };
        let mut cells: Vec<Cell> = criteria.iter().map(|_| Cell::Unknown).collect();
        for (key, fact) in &front.facts.entries {
            let Some(id) = self.names.criteria.get(&key.value, key.span, self.diags)
            else {
                continue;
            };
            let criterion = &criteria[id.index()];
            let slot = Slot { criterion, defaults: &defaults };
            let cell = match fact {
                raw::Fact::Short(value) => self.known(value, None, slot),
                raw::Fact::Long(long) => self.long_fact(long, key.span, slot),
            };
            if let Some(cell) = cell {
                let lost = self.lost(fact, &cell, &defaults);
                self.report(&cell, key, criterion, lost);
                cells[id.index()] = cell;
            }
        }
        cells
    }

    fn long_fact(&mut self, long: &LongFact, key: Span, slot: Slot<'_>) -> Option<Cell> {
        match (&long.value, &long.na) {
            (Some(value), None) => self.known(value, Some(long), slot),
            (None, Some(reason)) => {
                let own = self.source(long.source.as_ref());
                let checked = long.checked.as_ref().map(|date| date.value);
                Some(Cell::NotApplicable {
                    reason: reason.value.clone(),
                    source: own.or(slot.defaults.source),
                    checked: slot.defaults.date(checked, own),
                    span: reason.span,
                })
            }
            (Some(value), Some(reason)) => {
                let message =
                    "a fact has a value or a reason why it cannot apply, not both";
                let found = Diagnostic::new(Code::BadValue, value.span, message);
                self.diags.push(found.label(reason.span, "the reason"));
                None
            }
            (None, None) if long.may_have("value") || long.has_lost("na") => None,
            (None, None) => {
                let message = format!("the fact `{}` has no value", slot.criterion.id);
                let found = Diagnostic::new(Code::MissingKey, key, message);
                let hint = "write `value = …`, or `na = \"reason\"`; remove the whole fact if \
                            nobody knows";
                self.diags.push(found.hint(hint));
                None
            }
        }
    }

    fn source(&mut self, name: Option<&Name>) -> Option<SourceId> {
        name.and_then(|id| self.names.sources.get(&id.value, id.span, self.diags))
    }

    /// The parts of a fact's origin that could not be read.
    fn lost(&self, fact: &raw::Fact, cell: &Cell, defaults: &Defaults<'_>) -> Lost {
        let Lost { mut source, mut date } = defaults.lost;
        if let raw::Fact::Long(long) = fact {
            let is_known = |name: &Name| self.names.sources.find(&name.value).is_some();
            source |= long.has_lost("source")
                || long.source.as_ref().is_some_and(|name| !is_known(name));
            date |= long.has_lost("checked");
        }
        date |= source;
        date |= cell.source().is_some_and(|id| {
            let (_, source) = &self.raw.sources.entries[id.index()];
            source.has_lost("checked")
        });
        Lost { source, date }
    }

    /// The cell of a value that was written; none if it does not fit its criterion.
    fn known(
        &mut self,
        written: &Spanned<raw::Value>,
        long: Option<&LongFact>,
        Slot { criterion, defaults }: Slot<'_>,
    ) -> Option<Cell> {
        let value = self.value(written, criterion)?;
        let span = written.span;
        let own = long.and_then(|long| self.source(long.source.as_ref()));
        let checked = long.and_then(|long| long.checked.as_ref()).map(|date| date.value);
        let checked = defaults.date(checked, own);
        let note = long.and_then(|long| text(long.note.as_ref()));
        if criterion.kind.needs_note(&value) && note.is_none() {
            let message = format!("`{}` is partial without a note", criterion.id);
            let found = Diagnostic::new(Code::MissingNote, span, message);
            let hint = "write `{ value = \"partial\", note = \"what is missing\" }`";
            self.diags.push(found.hint(hint));
        }
        let age = checked.map_or(0, |date| days(date, self.options.today));
        Some(Cell::Known(Fact {
            value,
            source: own.or(defaults.source),
            checked,
            note,
            since: long.and_then(|long| text(long.since.as_ref())),
            is_stale: age > criterion.max_age,
            span,
        }))
    }

    /// Reports a fact without an origin, without a date, or too old.
    fn report(&mut self, cell: &Cell, key: &Text, criterion: &Criterion, lost: Lost) {
        let has_source = cell.source().is_some();
        if !has_source && !lost.source {
            let message = format!("the fact `{}` has no source", key.value);
            let found = Diagnostic::new(Code::UnsourcedFact, key.span, message);
            let hint = "add `source = \"…\"` to the fact, or to the top of the file";
            self.diags.push(found.hint(hint));
        }
        let Some(checked) = cell.checked() else {
            // A source that is named may bring its date along.
            if lost.date || !has_source {
                return;
            }
            let message = format!("the fact `{}` has no date", key.value);
            let found = Diagnostic::new(Code::UndatedFact, key.span, message);
            let hint = "add `checked = 2026-11-22` to the fact, its source or the file";
            self.diags.push(found.hint(hint));
            return;
        };
        if cell.known().is_some_and(|fact| fact.is_stale) {
            let age = days(checked, self.options.today);
            let age = Count(usize::try_from(age).unwrap_or(0), "day");
            let limit = Count(usize::try_from(criterion.max_age).unwrap_or(0), "day");
            let message = format!(
                "the fact `{}` was checked {age} ago, of {limit} allowed",
                key.value
            );
            let found = Diagnostic::new(Code::StaleFact, key.span, message);
            self.diags.push(found.hint("check it again, and set `checked` to that day"));
        }
    }
}

/// Days from one date to a later one; 0 if it is not later.
fn days(from: Date, to: Date) -> i64 {
    to.since(from).map_or(0, |span| i64::from(span.get_days()))
}

/// Divides the aliases of a framework into old addresses and other names, such as `RoR`.
fn split_aliases(aliases: &[Text]) -> (Vec<Alias>, Vec<String>) {
    let is_address = |alias: &&Text| {
        let text = alias.value.as_str();
        let is_path =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_./".contains(&b);
        text.starts_with('/')
            || text.starts_with("http://")
            || text.starts_with("https://")
            || text.ends_with(".html")
            || text.contains('/') && text.bytes().all(is_path)
    };
    let (routes, names): (Vec<&Text>, Vec<&Text>) = aliases.iter().partition(is_address);
    let names = names.into_iter().map(|name| name.value.clone());
    (super::aliases(routes), names.collect())
}

/// Two letters for each name, different for each where the name has letters enough.
fn monograms(names: &[String]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
        let first = letters.first().copied().unwrap_or('?');
        let initials =
            name.split_whitespace().nth(1).and_then(|word| word.chars().next());
        let seconds = initials.into_iter().chain(letters.iter().skip(1).copied());
        let mut options =
            seconds.map(|second| format!("{}{second}", first.to_uppercase()));
        let fallback: String = letters.iter().take(2).collect();
        let chosen = options.find(|option| !taken.contains(option));
        taken.push(chosen.unwrap_or(fallback));
    }
    taken
}
