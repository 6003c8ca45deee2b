//! Compiles a grammar's colouring rules into a table looked up by node kind.
//!
//! In: the rule text of [`super::grammars`]. Out: a [`Table`], made once per language and
//! run, at its first block (10 to 60 us). A line of rules is a paint, then what it paints:
//!
//! - `comment`: a node of this kind with everything in it that has no paint of its own;
//!   `keyword_*`: every kind that begins so; `'@`: a token without a name;
//! - `call.function`: the child in that field; `decorator>identifier`: a child of that kind;
//!   `navigation+identifier`: the same, but not as the first child;
//! - `=self`: a name spelt like this.
//!
//! A paint is a class letter, `-` (plain again), or a capital for one that depends on the
//! text (see [`Paint::settle`]). A `^` after it means: the paint that the parent was given
//! by its own place comes first, so that the last part of `app.get()` is a function and of
//! `app.get` a property. `@css` hands the child's text to that grammar. Later rules win.

use std::collections::BTreeMap;

use arborium::tree_sitter::Language;

/// A class letter as it stands in `class="k"`, or `-` for none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Class(pub(super) u8);

impl Class {
    pub(super) const PLAIN: Class = Class(b'-');
}

impl Default for Class {
    fn default() -> Class {
        Class::PLAIN
    }
}

/// A letter of the rules: a class, or a capital that becomes one by looking at the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Paint(u8);

impl Paint {
    /// The class for a leaf with this text, inside a node of class `around`.
    fn settle(self, text: &str, around: Class) -> Class {
        match self.0 {
            b'T' if around != Class::PLAIN => around,
            b'T' => by_capitals(text).unwrap_or(Class::PLAIN),
            b'F' => by_capitals(text).unwrap_or(Class(b'f')),
            b'D' if text.starts_with('-') => Class(b'a'),
            b'D' => around,
            b'L' if text
                .starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) =>
            {
                Class(b'n')
            }
            b'L' => Class(b's'),
            letter => Class(letter),
        }
    }

    /// The class for a node with children: what depends on the text is left to them.
    fn settle_inner(self, around: Class) -> Class {
        match self.0 {
            b'F' => Class(b'f'),
            b'L' => Class(b's'),
            b'T' | b'D' => around,
            letter => Class(letter),
        }
    }
}

/// `Type` by its spelling, or a constant (`n`) for `LIKE_THIS`.
fn by_capitals(text: &str) -> Option<Class> {
    let mut rest = text.chars();
    if !rest.next()?.is_uppercase() {
        return None;
    }
    let constant = text.len() > 1 && !rest.any(char::is_lowercase);
    Some(Class(if constant { b'n' } else { b't' }))
}

/// What a rule does to the child it names.
#[derive(Clone, Copy)]
pub(super) enum Effect {
    /// Paints it, if it is a leaf or has a paint by kind.
    Paint(Paint),
    /// The same, but the paint given to the parent by its place comes first.
    Inherit(Option<Paint>),
    /// Leaves its text to another grammar.
    Embed(&'static str),
}

/// How a rule picks children of a node.
enum Place {
    Field(u16),
    Kind(u16),
    LaterKind(u16),
}

/// What the rules of a parent see of a child.
pub(super) struct Child {
    /// The field it is in, 0 for none.
    pub(super) field: u16,
    pub(super) kind: u16,
    /// Whether it is the first child.
    pub(super) first: bool,
}

/// What is known of one node kind.
#[derive(Clone, Copy, Default)]
pub(super) struct Kind {
    /// The paint of such nodes wherever they stand.
    paint: Option<Paint>,
    /// Whether `paint` gives way to the class around it.
    weak: bool,
    /// Whether the text is compared with the `=word` rules.
    named_by_text: bool,
    /// Where the rules for its children begin and end in [`Table::places`].
    places: (u16, u16),
}

impl Kind {
    /// Whether some rule looks at this kind's children.
    pub(super) fn has_places(self) -> bool {
        self.places.0 < self.places.1
    }
}

/// One grammar's rules, by node kind.
pub(super) struct Table {
    kinds: Vec<Kind>,
    places: Vec<(Place, Effect)>,
    words: BTreeMap<&'static str, Paint>,
}

impl Table {
    /// Compiles `rules` for a grammar. Kinds it does not have are passed over.
    pub(super) fn new(
        language: &Language,
        rules: impl IntoIterator<Item = &'static str>,
    ) -> Table {
        let mut rules = Rules::parse(rules);
        let ids = 0..u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
        let names: Vec<&str> =
            ids.map(|id| language.node_kind_for_id(id).unwrap_or("")).collect();
        let words = std::mem::take(&mut rules.words);
        let mut table = Table { kinds: Vec::new(), places: Vec::new(), words };
        for (id, name) in (0u16..).zip(&names) {
            let named = language.node_kind_is_named(id);
            let start = table.places.len() as u16;
            if let Some(places) = rules.places.get(name).filter(|_| named) {
                for &(place, effect) in places.iter().rev() {
                    let found = resolve(place, language, &names);
                    table.places.extend(found.into_iter().map(|place| (place, effect)));
                }
            }
            let mut kind = if named {
                rules.kind(name)
            } else {
                token(name, rules.tokens.get(name))
            };
            kind.places = (start, table.places.len() as u16);
            table.kinds.push(kind);
        }
        table
    }

    /// What is known of a node kind; nothing for the kind of syntax errors.
    pub(super) fn kind(&self, id: u16) -> Kind {
        self.kinds.get(usize::from(id)).copied().unwrap_or_default()
    }

    /// The effect of a parent's rules on its child. `field` is 0 for none.
    pub(super) fn effect(&self, parent: Kind, child: Child) -> Option<Effect> {
        let (start, end) = parent.places;
        let places = &self.places[usize::from(start)..usize::from(end)];
        let hit = places.iter().find(|(place, _)| match *place {
            Place::Field(id) => id == child.field,
            Place::Kind(id) => id == child.kind,
            Place::LaterKind(id) => id == child.kind && !child.first,
        });
        hit.map(|&(_, effect)| effect)
    }

    /// The class of a leaf with this text, inside a node of class `around`.
    pub(super) fn leaf(&self, spot: Spot, text: &str, around: Class) -> Class {
        let Spot { kind, place } = spot;
        let word = if kind.named_by_text { self.words.get(text) } else { None };
        match word.copied().or(place) {
            Some(paint) => paint.settle(text, around),
            None if kind.weak && around != Class::PLAIN => around,
            None => kind.paint.map_or(around, |paint| paint.settle(text, around)),
        }
    }
}

/// What decides a node's class: its kind, and the paint it got by where it stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Spot {
    pub(super) kind: Kind,
    pub(super) place: Option<Paint>,
}

impl Spot {
    /// The class of a node with children. Without a paint by kind, a paint by place is only
    /// handed on.
    pub(super) fn branch(self, around: Class) -> Class {
        match self.kind.paint {
            Some(paint) => self.place.unwrap_or(paint).settle_inner(around),
            None => around,
        }
    }
}

/// The default of tokens without a name: `if` is a keyword, `+=` an operator.
fn token(name: &str, rule: Option<&Paint>) -> Kind {
    let word = name.trim_start_matches(['#', '@']).starts_with(char::is_alphabetic);
    let operator = name.bytes().all(|b| b"+-*/%=<>!&|^~?:".contains(&b))
        && !matches!(name, ":" | "::");
    let default = match (word, operator) {
        (true, _) => Some(Paint(b'k')),
        (_, true) => Some(Paint(b'o')),
        _ => None,
    };
    Kind { paint: rule.copied().or(default), weak: rule.is_none(), ..Kind::default() }
}

/// Finds the field or kinds a place names; more than one kind may have the same name.
fn resolve(place: &str, language: &Language, names: &[&str]) -> Vec<Place> {
    let (sign, name) = place.split_at(1);
    if sign == "." {
        let field = language.field_id_for_name(name);
        return field.map(|id| Place::Field(id.get())).into_iter().collect();
    }
    let make = if sign == "+" { Place::LaterKind } else { Place::Kind };
    (0u16..)
        .zip(names)
        .filter(|(_, kind)| **kind == name)
        .map(|(id, _)| make(id))
        .collect()
}

/// Rule text taken apart, by what it names.
#[derive(Default)]
struct Rules {
    kinds: BTreeMap<&'static str, Paint>,
    prefixes: Vec<(&'static str, Paint)>,
    tokens: BTreeMap<&'static str, Paint>,
    words: BTreeMap<&'static str, Paint>,
    /// By parent kind: the place (`.field`, `>kind`, `+kind`) and what happens there.
    places: BTreeMap<&'static str, Vec<(&'static str, Effect)>>,
}

impl Rules {
    fn parse(texts: impl IntoIterator<Item = &'static str>) -> Rules {
        let mut rules = Rules::default();
        for line in texts.into_iter().flat_map(str::lines) {
            let mut words = line.split_whitespace();
            let Some(head) = words.next() else { continue };
            words.for_each(|word| rules.add(head, word));
        }
        rules
    }

    fn add(&mut self, head: &'static str, word: &'static str) {
        let letter = Paint(head.as_bytes()[0]);
        if let Some(token) = word.strip_prefix('\'') {
            self.tokens.insert(token, letter);
        } else if let Some(text) = word.strip_prefix('=') {
            self.words.insert(text, letter);
        } else if let Some(prefix) = word.strip_suffix('*') {
            self.prefixes.push((prefix, letter));
        } else if let Some(at) = word.find(['.', '>', '+']) {
            let effect = match (head.strip_prefix('@'), head.strip_suffix('^')) {
                (Some(language), _) => Effect::Embed(language),
                (_, Some("")) => Effect::Inherit(None),
                (_, Some(_)) => Effect::Inherit(Some(letter)),
                (_, None) => Effect::Paint(letter),
            };
            self.places.entry(&word[..at]).or_default().push((&word[at..], effect));
        } else {
            self.kinds.insert(word, letter);
        }
    }

    fn kind(&self, name: &str) -> Kind {
        let by_prefix =
            || self.prefixes.iter().find(|(prefix, _)| name.starts_with(prefix));
        let paint =
            self.kinds.get(name).copied().or_else(|| by_prefix().map(|(_, p)| *p));
        let named_by_text = matches!(name, "identifier" | "word");
        let weak = paint == Some(Paint(b'T'));
        Kind { paint, weak, named_by_text, places: (0, 0) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::grammars::{COMMON, GRAMMARS};
    use super::*;

    #[test]
    fn every_rule_names_something_its_grammar_has() {
        for grammar in GRAMMARS {
            let Some(language) = grammar.language.map(|language| language()) else {
                continue;
            };
            let has = |name: &str, named: bool| {
                (0..language.node_kind_count() as u16).any(|id| {
                    language.node_kind_for_id(id) == Some(name)
                        && (!named || language.node_kind_is_named(id))
                })
            };
            let rules = Rules::parse(grammar.rules.iter().copied());
            let common = Rules::parse([COMMON]);
            for kind in
                rules.kinds.keys().filter(|kind| !common.kinds.contains_key(*kind))
            {
                assert!(has(kind, true), "{}: kind {kind}", grammar.name);
            }
            for token in rules.tokens.keys() {
                assert!(has(token, false), "{}: token {token}", grammar.name);
            }
            for (parent, places) in &rules.places {
                assert!(has(parent, true), "{}: parent {parent}", grammar.name);
                for (place, _) in places {
                    let name = &place[1..];
                    let known = match place.starts_with('.') {
                        true => language.field_id_for_name(name).is_some(),
                        false => has(name, false),
                    };
                    assert!(known, "{}: {parent}{place}", grammar.name);
                }
            }
        }
    }
}
