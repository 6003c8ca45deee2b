//! Every name of a book and what it stands for.

use std::collections::{BTreeMap, BTreeSet};

use super::{Options, Resolver, is_draft, start};
use crate::book::{CriterionId, FrameworkId, GoalId, GroupId, GuideId, LanguageId};
use crate::book::{PageId, SourceId};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::raw::{Raw, Slug, Spanned};
use crate::source::Sources;

/// The names of one kind of thing, with where each is defined.
pub(super) struct Table<'a, Id> {
    noun: &'static str,
    unknown: Code,
    ids: BTreeMap<&'a str, (Id, Span)>,
}

impl<'a, Id: Copy> Table<'a, Id> {
    fn new(noun: &'static str, unknown: Code) -> Self {
        Self { noun, unknown, ids: BTreeMap::new() }
    }

    /// Adds a name; one that is taken is reported with both places.
    fn add(&mut self, (name, span): (&'a str, Span), id: Id, diags: &mut Diagnostics) {
        if name.is_empty() {
            return;
        }
        if let Some((_, first)) = self.ids.get(name) {
            let message = format!("duplicate {} `{name}`", self.noun);
            let found = Diagnostic::new(Code::DuplicateId, span, message);
            diags.push(found.label(*first, "first defined here"));
            return;
        }
        self.ids.insert(name, (id, span));
    }

    /// What a name stands for; one that stands for nothing is reported.
    pub(super) fn get(
        &self,
        name: &str,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<Id> {
        if name.is_empty() {
            return None;
        }
        if let Some((id, _)) = self.ids.get(name) {
            return Some(*id);
        }
        let message = format!("unknown {} `{name}`", self.noun);
        let found = Diagnostic::new(self.unknown, span, message);
        diags.push(found.did_you_mean(name, self.ids.keys().copied()));
        None
    }

    /// What a name stands for, if anything.
    pub(super) fn find(&self, name: &str) -> Option<Id> {
        self.ids.get(name).map(|(id, _)| *id)
    }
}

/// All names of a book.
pub(super) struct Names<'a> {
    pub(super) groups: Table<'a, GroupId>,
    pub(super) criteria: Table<'a, CriterionId>,
    pub(super) languages: Table<'a, LanguageId>,
    pub(super) sources: Table<'a, SourceId>,
    pub(super) frameworks: Table<'a, FrameworkId>,
    pub(super) goals: Table<'a, GoalId>,
    pub(super) guides: Table<'a, GuideId>,
    pub(super) pages: Table<'a, PageId>,
    /// Files of the book that are copied, by path below `content/assets/`.
    pub(super) assets: BTreeMap<&'a str, usize>,
    /// Slugs of drafts that are left out.
    pub(super) drafts: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    /// Gathers the names of a book.
    pub(super) fn new(
        raw: &'a Raw,
        sources: &'a Sources,
        options: &Options,
        diags: &mut Diagnostics,
    ) -> Self {
        let mut names = Self {
            groups: Table::new("group", Code::UnknownGroup),
            criteria: Table::new("criterion", Code::UnknownCriterion),
            languages: Table::new("language", Code::UnknownLanguage),
            sources: Table::new("source", Code::UnknownSource),
            frameworks: Table::new("framework", Code::UnknownFramework),
            goals: Table::new("goal", Code::UnknownGoal),
            guides: Table::new("guide", Code::UnknownGuide),
            pages: Table::new("page", Code::UnknownPage),
            assets: BTreeMap::new(),
            drafts: BTreeSet::new(),
        };
        names.declared(raw, diags);
        names.files(raw, options, diags);
        for (i, asset) in sources.assets("content/assets/").enumerate() {
            names.assets.insert(&asset.path["content/assets/".len()..], i);
        }
        names
    }

    /// Adds the names that TOML files declare. Criteria stand by group, then as declared.
    fn declared(&mut self, raw: &'a Raw, diags: &mut Diagnostics) {
        for (i, group) in raw.criteria.group.iter().enumerate() {
            self.groups.add((&group.id.value, group.id.span), GroupId::at(i), diags);
        }
        for (i, criterion) in in_order(raw).enumerate() {
            let Slug(id) = &criterion.id;
            self.criteria.add((&id.value, id.span), CriterionId::at(i), diags);
        }
        for (i, (id, _)) in raw.languages.entries.iter().enumerate() {
            self.languages.add((&id.value, id.span), LanguageId::at(i), diags);
        }
        for (i, (id, _)) in raw.sources.entries.iter().enumerate() {
            self.sources.add((&id.value, id.span), SourceId::at(i), diags);
        }
    }

    /// Adds the names that files have.
    fn files(&mut self, raw: &'a Raw, options: &Options, diags: &mut Diagnostics) {
        for (i, doc) in raw.frameworks.iter().enumerate() {
            self.frameworks.add((&doc.slug, start(doc.file)), FrameworkId::at(i), diags);
        }
        let mut drafts = BTreeSet::new();
        let mut live = |slug: &'a str, draft: Option<&Spanned<bool>>| {
            let is_live = !is_draft(draft, options);
            if !is_live {
                drafts.insert(slug);
            }
            is_live
        };
        let goals = raw.goals.iter().filter(|d| live(&d.slug, d.front.draft.as_ref()));
        for (i, doc) in goals.enumerate() {
            self.goals.add((&doc.slug, start(doc.file)), GoalId::at(i), diags);
        }
        let guides = raw.guides.iter().filter(|d| live(&d.slug, d.front.draft.as_ref()));
        for (i, doc) in guides.enumerate() {
            self.guides.add((&doc.slug, start(doc.file)), GuideId::at(i), diags);
        }
        let pages = raw.pages.iter().filter(|d| live(&d.slug, d.front.draft.as_ref()));
        for (i, doc) in pages.enumerate() {
            self.pages.add((&doc.slug, start(doc.file)), PageId::at(i), diags);
        }
        self.drafts = drafts;
    }
}

/// Criteria in the order of the pages: by group, then as declared; those of an unknown
/// group last.
pub(super) fn in_order(raw: &Raw) -> impl Iterator<Item = &crate::raw::Criterion> {
    let groups: Vec<&str> = raw.criteria.group.iter().map(|g| &*g.id.value).collect();
    let mut criteria: Vec<_> = raw.criteria.criterion.iter().collect();
    criteria.sort_by_key(|criterion| {
        groups.iter().position(|id| *id == criterion.group.value).unwrap_or(groups.len())
    });
    criteria.into_iter()
}

impl Resolver<'_> {
    /// The two frameworks of a slug `a-vs-b`; reports a slug that is none.
    pub(super) fn pair(
        &mut self,
        slug: &str,
        span: Span,
    ) -> Option<(FrameworkId, FrameworkId)> {
        let Some((a, b)) = slug.split_once("-vs-") else {
            let message = format!("`{slug}` does not name two frameworks");
            let found = Diagnostic::new(Code::BadSlug, span, message);
            self.diags.push(found.hint("name it `a-vs-b`, in alphabetical order"));
            return None;
        };
        let first = self.names.frameworks.get(a, span, self.diags);
        let second = self.names.frameworks.get(b, span, self.diags);
        let (first, second) = (first?, second?);
        if a >= b {
            let message = format!("`{slug}` is not in alphabetical order");
            let found = Diagnostic::new(Code::BadSlug, span, message);
            let hint = if a == b {
                "name two different frameworks".to_owned()
            } else {
                format!("name it `{b}-vs-{a}`")
            };
            self.diags.push(found.hint(hint));
            return None;
        }
        Some((first, second))
    }

    /// Whether a file is part of the book's content, for links by path.
    pub(super) fn path(&self, file: FileId) -> &str {
        use crate::diag::Texts;
        &self.sources.text(file).path
    }
}
