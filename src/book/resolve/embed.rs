//! Embeds: the names in their bodies lead to something of the book.

use super::Resolver;
use crate::book::{CriterionId, Embed, FrameworkId};
use crate::diag::{Code, Count, Diagnostic};
use crate::raw::{self, EmbedBody, Name};

/// The most cells of a matrix that a reader's browser shows without delay.
const MOST_CELLS: usize = 20_000;

impl Resolver<'_> {
    /// Resolves the names in the body of an embed.
    pub(super) fn embed(&mut self, body: &EmbedBody) -> Embed {
        let resolved = match body {
            EmbedBody::Matrix(matrix) => self.matrix(matrix),
            EmbedBody::Ranking(ranking) => {
                let goal = &ranking.goal;
                let id = self.names.goals.get(&goal.value, goal.span, self.diags);
                let top = ranking
                    .top
                    .as_ref()
                    .and_then(|top| usize::try_from(top.0.value).ok());
                id.map(|goal| Embed::Ranking { goal, top })
            }
            EmbedBody::Versus(versus) => {
                let first = self.framework_named(&versus.first);
                let second = self.framework_named(&versus.second);
                let criteria = self.criteria_named(&versus.criteria);
                if first.is_some() && first == second {
                    let message = "a framework is not compared with itself";
                    let span = versus.second.span;
                    let found = Diagnostic::new(Code::BadEmbed, span, message);
                    let found = found.label(versus.first.span, "named here");
                    self.diags.push(found.hint("name another one"));
                }
                first.zip(second).map(|(first, second)| Embed::Versus {
                    first,
                    second,
                    criteria,
                })
            }
            EmbedBody::Facts(facts) => {
                let framework = self.framework_named(&facts.framework);
                let criteria = self.criteria_or_all(&facts.criteria);
                framework.map(|framework| Embed::Facts { framework, criteria })
            }
            EmbedBody::Theme(_) => Some(Embed::Theme),
        };
        resolved.unwrap_or(Embed::Nothing)
    }

    fn matrix(&mut self, matrix: &raw::Matrix) -> Option<Embed> {
        let frameworks: Vec<FrameworkId> = match matrix.frameworks.as_slice() {
            [] => (0..self.raw.frameworks.len()).map(FrameworkId::at).collect(),
            named => named.iter().filter_map(|slug| self.framework_named(slug)).collect(),
        };
        let criteria = match &matrix.group {
            Some(group) => {
                if let Some(criterion) = matrix.criteria.first() {
                    let message = "a matrix has a `group` or `criteria`, not both";
                    let found = Diagnostic::new(Code::BadEmbed, group.span, message);
                    let found = found.label(criterion.span, "criteria named here");
                    self.diags.push(found.hint("remove one of them"));
                }
                let id = self.names.groups.get(&group.value, group.span, self.diags)?;
                let raw = self.raw;
                let all: Vec<&raw::Criterion> = super::symbols::in_order(raw).collect();
                let ids = (0..all.len()).map(CriterionId::at);
                let of_group = ids.zip(all).filter(|(_, criterion)| {
                    self.names.groups.find(&criterion.group.value) == Some(id)
                });
                of_group.map(|(id, _)| id).collect()
            }
            None => self.criteria_or_all(&matrix.criteria),
        };
        let cells = frameworks.len() * criteria.len();
        if cells > MOST_CELLS {
            let cells = Count(cells, "cell");
            let message = format!("this matrix has {cells}, more than 20,000");
            let found = Diagnostic::new(Code::TableTooLarge, matrix.span, message);
            self.diags.push(found.hint("name a `group`, or fewer criteria"));
        }
        Some(Embed::Matrix { frameworks, criteria, across: matrix.across })
    }

    fn framework_named(&mut self, slug: &Name) -> Option<FrameworkId> {
        self.names.frameworks.get(&slug.value, slug.span, self.diags)
    }

    fn criteria_named(&mut self, ids: &[Name]) -> Vec<CriterionId> {
        let (names, diags) = (&self.names, &mut *self.diags);
        ids.iter()
            .filter_map(|id| names.criteria.get(&id.value, id.span, diags))
            .collect()
    }

    fn criteria_or_all(&mut self, ids: &[Name]) -> Vec<CriterionId> {
        match ids {
            [] => (0..self.raw.criteria.criterion.len()).map(CriterionId::at).collect(),
            named => self.criteria_named(named),
        }
    }
}
