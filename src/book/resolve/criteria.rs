//! Groups and criteria in the order of the pages.

use super::{Resolver, symbols, text};
use crate::book::{Criterion, Group, GroupId};
use crate::kinds;
use crate::raw;

impl<'a> Resolver<'a> {
    /// Groups and criteria in the order of the pages.
    pub(super) fn criteria(&mut self) -> (Vec<Group>, Vec<Criterion>) {
        let raw = self.raw;
        let groups = raw.criteria.group.iter().map(|group| Group {
            id: group.id.value.clone(),
            title: group.title.value.clone(),
            summary: text(group.summary.as_ref()),
        });
        let criteria = symbols::in_order(raw).map(|criterion| self.criterion(criterion));
        let criteria = criteria.collect();
        (groups.collect(), criteria)
    }

    fn criterion(&mut self, raw: &'a raw::Criterion) -> Criterion {
        let is_lost =
            ["kind", "options", "tags", "utility"].iter().any(|k| raw.has_lost(k));
        kinds::key_not_for_kind(raw, self.diags);
        let (kind, is_known) = kinds::declare(raw, self.diags);
        if is_lost || !is_known {
            self.broken.insert(&raw.id.value);
        }
        let group = self.names.groups.get(&raw.group.value, raw.group.span, self.diags);
        Criterion {
            id: raw.id.value.clone(),
            slug: raw.id.value.replace('_', "-"),
            group: group.unwrap_or(GroupId::at(0)),
            title: raw.title.value.clone(),
            question: raw.question.value.clone(),
            why: text(raw.why.as_ref()),
            kind,
            is_glance: raw.glance.as_ref().is_some_and(|glance| glance.value),
            max_age: raw.max_age.0.value,
            span: raw.id.span,
        }
    }
}
