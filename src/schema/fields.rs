//! The keys of a table: which are not of it, which it lacks, and which are only misspelt.

use toml::de::{DeString, DeTable};

use super::reader::{FromToml, Reader};
use super::table::{Key, Presence, Table, Type};
use crate::diag::{Code, Diagnostic, List, Span, suggest};

/// The fields of one table that have not been read yet.
pub(crate) struct Fields<'t, 'i> {
    table: &'t DeTable<'i>,
    span: Span,
    /// Keys that are not there, but are meant by others.
    meant: Vec<&'static str>,
    /// Keys that are missing, or of which something could not be read.
    pub(crate) lost: Vec<&'static str>,
    /// Whether it has keys that are not of it.
    pub(crate) has_unknown: bool,
}

impl Reader<'_> {
    /// Starts to read a table: reports the keys that are not of it, and those it lacks.
    pub(crate) fn fields<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        span: Span,
        of: &Table,
    ) -> Fields<'t, 'i> {
        let absent: Vec<&Key> =
            of.keys.iter().filter(|key| table.get(key.name).is_none()).collect();
        let required = absent.iter().copied();
        let mut missing: Vec<&Key> =
            required.filter(|key| key.need == Presence::Required).collect();
        let mut unknown: Vec<_> = table
            .iter()
            .filter(|(key, _)| of.keys.iter().all(|known| known.name != key.get_ref()))
            .filter(|(key, _)| !key.get_ref().is_empty())
            .filter(|(key, _)| self.missing_header.is_none_or(|at| key.span().start < at))
            .collect();
        unknown.sort_by_key(|(key, _)| key.span().start);
        let mut meant = Vec::new();
        let mut strange = Vec::new();
        for (key, value) in &unknown {
            // A key that is only misspelt is not missing as well.
            let near = suggest(key.get_ref(), absent.iter().map(|key| key.name));
            let tables = missing.iter().filter(|key| matches!(key.ty, Type::Table(_)));
            let table =
                tables.map(|key| key.name).next().filter(|_| value.get_ref().is_table());
            match near.or(table) {
                Some(name) => {
                    missing.retain(|key| key.name != name);
                    meant.push(name);
                    let hint = format!("did you mean `{name}`?");
                    let found = self.unknown_key(key, "");
                    self.diags.push(found.hint(hint));
                }
                None => strange.push(*key),
            }
        }
        if self.strange_keys(&strange, of) {
            missing.retain(|key| !matches!(key.ty, Type::Table(_)));
        }
        missing.retain(|key| !self.may_have_lost(key.name));
        for key in missing {
            let message = format!("missing key `{}`", key.name);
            let found = Diagnostic::new(Code::MissingKey, span, message);
            self.diags.push(found.hint(key.how_to_add()));
        }
        let has_unknown = !unknown.is_empty();
        Fields { table, span, meant, lost: Vec::new(), has_unknown }
    }

    fn unknown_key(&self, key: &toml::Spanned<DeString<'_>>, more: &str) -> Diagnostic {
        let message = format!("unknown key `{}`{more}", key.get_ref());
        Diagnostic::new(Code::UnknownKey, self.span(key.span()), message)
    }

    /// Reports keys that are like none of a table's. Many of them are one mistake: they are
    /// those of another table, whose header is missing. Says whether that is so.
    fn strange_keys(
        &mut self,
        keys: &[&toml::Spanned<DeString<'_>>],
        of: &Table,
    ) -> bool {
        let known: Vec<&str> = of.keys.iter().map(|key| key.name).collect();
        let is_whole = |key: &Key| {
            matches!(key.ty, Type::Table(_)) && key.need == Presence::Required
        };
        let is_split = of.keys.iter().any(is_whole);
        let inner = of.keys.iter().filter(|key| {
            if is_split { is_whole(key) } else { matches!(key.ty, Type::Map(_)) }
        });
        let headers: Vec<String> = inner.map(|key| format!("[{}]", key.name)).collect();
        if let [first, _, _, ..] = keys
            && !headers.is_empty()
        {
            let more = format!(", and {} more", keys.len() - 1);
            let found = self.unknown_key(first, &more);
            self.diags
                .push(found.hint(format!("write {} above them", List::or(&headers))));
            return true;
        }
        for key in keys {
            let near = suggest(key.get_ref(), known.iter().copied());
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use one of {}", List::or(&known)),
            };
            let found = self.unknown_key(key, "");
            self.diags.push(found.hint(hint));
        }
        false
    }
}

impl Fields<'_, '_> {
    /// Reads the value of a key, or makes what stands in for it.
    pub(crate) fn take<T: FromToml>(
        &mut self,
        key: &'static str,
        reader: &mut Reader<'_>,
    ) -> T {
        let span =
            self.table.get(key).map_or(self.span, |value| reader.span(value.span()));
        self.take_or(key, reader, |_| T::placeholder(span))
    }

    /// Reads the value of a key, or takes its default.
    pub(crate) fn take_or<T: FromToml>(
        &mut self,
        key: &'static str,
        reader: &mut Reader<'_>,
        default: impl FnOnce(Span) -> T,
    ) -> T {
        let before = reader.lost;
        let read = match self.table.get(key) {
            Some(value) => T::read(value, reader),
            None => None,
        };
        let is_lost = match self.table.get(key) {
            Some(_) => read.is_none(),
            None => T::REQUIRED || self.meant.contains(&key) || reader.may_have_lost(key),
        };
        reader.lost += usize::from(is_lost);
        if reader.lost > before {
            self.lost.push(key);
        }
        read.unwrap_or_else(|| default(self.span))
    }
}
