//! Embeds of prose, and what their kinds need to know of a book.

use std::any::Any;

use super::resolve::symbols::{Names, in_order};
use super::{CriterionId, FrameworkId, GoalId};
use crate::diag::Diagnostics;
use crate::raw::{self, Map, Name, Raw, Spanned};

/// The contents of an embed.
#[derive(Debug)]
pub enum Embed {
    /// One that every theme has, as its kind read it.
    BuiltIn(Box<EmbedContents>),
    /// The arguments of a component, for one of the theme's own.
    Theme(Map<Spanned<raw::Value>>),
    /// Nothing: the embed is wrong, which has been reported.
    Nothing,
}

/// An embed as its kind read it, which alone knows its type.
pub type EmbedContents = dyn Any + Send + Sync;

/// A kind of embed that every theme has.
#[derive(Debug, Clone, Copy)]
pub struct EmbedKind {
    /// The word after the fence.
    pub name: &'static str,
    /// Reads an embed of this kind; none if it is wrong, which is then reported.
    pub read: fn(&raw::Embed, &mut EmbedNames<'_>) -> Option<Box<EmbedContents>>,
}

/// Looks up what the names in an embed stand for; unknown ones are reported.
pub struct EmbedNames<'a> {
    pub(in crate::book) names: &'a Names<'a>,
    pub(in crate::book) raw: &'a Raw,
    /// The diagnostics of the run.
    pub(crate) diags: &'a mut Diagnostics,
}

impl EmbedNames<'_> {
    /// The goal of a name.
    pub(crate) fn goal(&mut self, name: &Name) -> Option<GoalId> {
        self.names.goals.get(&name.value, name.span, self.diags)
    }

    /// The framework of a name.
    pub(crate) fn framework(&mut self, name: &Name) -> Option<FrameworkId> {
        self.names.frameworks.get(&name.value, name.span, self.diags)
    }

    /// The frameworks of names, in their order; all of the book if there are none.
    pub(crate) fn frameworks_or_all(&mut self, names: &[Name]) -> Vec<FrameworkId> {
        match names {
            [] => (0..self.raw.frameworks.len()).map(FrameworkId::at).collect(),
            named => named.iter().filter_map(|name| self.framework(name)).collect(),
        }
    }

    /// The criteria of names, in their order.
    pub(crate) fn criteria(&mut self, names: &[Name]) -> Vec<CriterionId> {
        let criterion =
            |name: &Name| self.names.criteria.get(&name.value, name.span, self.diags);
        names.iter().filter_map(criterion).collect()
    }

    /// The criteria of names, in their order; all of the book if there are none.
    pub(crate) fn criteria_or_all(&mut self, names: &[Name]) -> Vec<CriterionId> {
        match names {
            [] => (0..self.raw.criteria.criterion.len()).map(CriterionId::at).collect(),
            named => self.criteria(named),
        }
    }

    /// The criteria of a group, in the order of the pages.
    pub(crate) fn criteria_of(&mut self, group: &Name) -> Option<Vec<CriterionId>> {
        let groups = &self.names.groups;
        let id = groups.get(&group.value, group.span, self.diags)?;
        let all = in_order(self.raw).enumerate();
        let of_group =
            all.filter(|(_, criterion)| groups.find(&criterion.group.value) == Some(id));
        Some(of_group.map(|(at, _)| CriterionId::at(at)).collect())
    }
}
