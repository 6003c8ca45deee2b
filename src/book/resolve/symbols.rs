//! Every name of a book and what it stands for.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Options, Resolver, start, withheld};
use crate::book::{CriterionId, FrameworkId, GoalId, GroupId, GuideId, LanguageId};
use crate::book::{PageId, SourceId, Withheld};
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, Span};
use crate::raw::{Raw, Slug, Spanned};
use crate::source::Sources;

/// A document's slug, its file, whether it is a draft, and the day it is published on.
type Document<'a> =
    (&'a str, FileId, Option<&'a Spanned<bool>>, Option<&'a Spanned<Date>>);

/// The names of one kind of thing, with where each is defined.
pub(in crate::book) struct Table<'a, Id> {
    noun: &'static str,
    unknown: Code,
    /// The file that declares them, or the pattern of their own files.
    home: &'static str,
    ids: BTreeMap<&'a str, (Id, Span)>,
    /// Names of what is not published yet, and left out.
    withheld: BTreeMap<&'a str, Withheld>,
    /// Names of what is written but could not be read, which has been reported.
    lost: BTreeSet<&'a str>,
    /// Whether there may be more of those than are known.
    is_partial: bool,
    /// Whether the file that declares them is missing.
    is_absent: bool,
    /// Whether it has been missed.
    is_missed: Cell<bool>,
}

impl<'a, Id: Copy> Table<'a, Id> {
    fn new(noun: &'static str, unknown: Code, home: &'static str) -> Self {
        Self {
            noun,
            unknown,
            home,
            ids: BTreeMap::new(),
            withheld: BTreeMap::new(),
            lost: BTreeSet::new(),
            is_partial: false,
            is_absent: false,
            is_missed: Cell::new(false),
        }
    }

    /// Adds a name; one that is taken is reported with both places.
    fn add(&mut self, name: &'a str, span: Span, id: Id, diags: &mut Diagnostics) {
        if name.is_empty() {
            self.is_partial = true;
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

    /// Adds the names of documents; those that are not published yet are left out.
    fn add_published(
        &mut self,
        documents: impl Iterator<Item = Document<'a>>,
        options: &Options,
        id: impl Fn(usize) -> Id,
        diags: &mut Diagnostics,
    ) {
        let mut added = 0;
        for (slug, file, draft, published) in documents {
            match withheld(draft, published, options.today) {
                Some(reason) if options.leaves_out(Some(reason)) => {
                    self.withheld.insert(slug, reason);
                }
                _ => {
                    self.add(slug, start(file), id(added), diags);
                    added += 1;
                }
            }
        }
    }

    /// Looks a name up; an unknown one is reported.
    pub(in crate::book) fn get(
        &self,
        name: &str,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<Id> {
        if let Some((id, _)) = self.ids.get(name) {
            return Some(*id);
        }
        if let Some(withheld) = self.withheld.get(name) {
            let (state, hint) = match withheld {
                Withheld::Draft => {
                    ("is a draft".to_owned(), "remove `draft = true` there")
                }
                Withheld::Until(day) => {
                    (format!("is published on {day}"), "link to it from that day on")
                }
            };
            let message = format!("the {} `{name}` {state}", self.noun);
            let found = Diagnostic::new(Code::DeadLink, span, message);
            diags.push(found.hint(format!("{hint}, or use `--drafts`")));
        } else if self.is_absent {
            self.is_missed.set(true);
        } else if !self.is_partial && !self.lost.contains(name) && !name.is_empty() {
            let message = format!("unknown {} `{name}`", self.noun);
            let mut found = Diagnostic::new(self.unknown, span, message)
                .did_you_mean(name, self.ids.keys().copied());
            if found.hints.is_empty() {
                found = if self.home.contains('*') {
                    found.hint(format!("write `{}`", self.home.replace('*', name)))
                } else {
                    found.hint(format!("declare it in `{}`", self.home))
                };
            }
            diags.push(found);
        }
        None
    }

    /// Reports that the file is missing that declares what was asked for.
    fn report_absence(&self, diags: &mut Diagnostics) {
        if self.is_missed.get() {
            let message = format!("there is no `{}`", self.home);
            let found = Diagnostic::placeless(self.unknown, message);
            let hint = format!("write it: the book names a {} in it", self.noun);
            diags.push(found.hint(hint));
        }
    }

    /// Looks a name up without reporting.
    pub(in crate::book) fn find(&self, name: &str) -> Option<Id> {
        self.ids.get(name).map(|(id, _)| *id)
    }

    /// Whether a name is that of a draft, or of what could not be read.
    pub(super) fn is_withheld(&self, name: &str) -> bool {
        self.is_partial || self.withheld.contains_key(name) || self.lost.contains(name)
    }
}

/// All names of a book.
pub(in crate::book) struct Names<'a> {
    pub(in crate::book) groups: Table<'a, GroupId>,
    pub(in crate::book) criteria: Table<'a, CriterionId>,
    pub(super) languages: Table<'a, LanguageId>,
    pub(super) sources: Table<'a, SourceId>,
    pub(in crate::book) frameworks: Table<'a, FrameworkId>,
    pub(in crate::book) goals: Table<'a, GoalId>,
    pub(super) guides: Table<'a, GuideId>,
    pub(super) pages: Table<'a, PageId>,
    /// Files of the book that are copied, by path below `content/assets/`.
    pub(super) assets: BTreeMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    /// Gathers the names of a book.
    pub(super) fn new(
        raw: &'a Raw,
        sources: &'a Sources,
        options: &Options,
        diags: &mut Diagnostics,
    ) -> Self {
        let (criteria, frameworks) =
            ("content/criteria.toml", "content/frameworks/*.toml");
        let mut names = Self {
            groups: Table::new("group", Code::UnknownGroup, criteria),
            criteria: Table::new("criterion", Code::UnknownCriterion, criteria),
            languages: Table::new(
                "language",
                Code::UnknownLanguage,
                "content/languages.toml",
            ),
            sources: Table::new("source", Code::UnknownSource, "content/sources.toml"),
            frameworks: Table::new("framework", Code::UnknownFramework, frameworks),
            goals: Table::new("goal", Code::UnknownGoal, "content/goals/*.md"),
            guides: Table::new("guide", Code::UnknownGuide, "content/guides/*.md"),
            pages: Table::new("page", Code::UnknownPage, "content/pages/*.md"),
            assets: BTreeMap::new(),
        };
        names.declared(raw, diags);
        names.files(raw, options, diags);
        names.unread(raw, sources);
        for (i, asset) in sources.assets("content/assets/").enumerate() {
            names.assets.insert(&asset.path["content/assets/".len()..], i);
        }
        names
    }

    /// Adds the names that TOML files declare. Criteria stand by group, then as declared.
    fn declared(&mut self, raw: &'a Raw, diags: &mut Diagnostics) {
        for (i, group) in raw.criteria.group.iter().enumerate() {
            self.groups.add(&group.id.value, group.id.span, GroupId::at(i), diags);
        }
        for (i, criterion) in in_order(raw).enumerate() {
            let Slug(id) = &criterion.id;
            self.criteria.add(&id.value, id.span, CriterionId::at(i), diags);
        }
        for (i, (id, _)) in raw.languages.entries.iter().enumerate() {
            self.languages.add(&id.value, id.span, LanguageId::at(i), diags);
        }
        for (i, (id, _)) in raw.sources.entries.iter().enumerate() {
            self.sources.add(&id.value, id.span, SourceId::at(i), diags);
        }
    }

    /// Adds the names that files have.
    fn files(&mut self, raw: &'a Raw, options: &Options, diags: &mut Diagnostics) {
        for (i, doc) in raw.frameworks.iter().enumerate() {
            self.frameworks.add(&doc.slug, start(doc.file), FrameworkId::at(i), diags);
        }
        let goals = raw.goals.iter();
        let goals = goals.map(|d| (&*d.slug, d.file, d.front.draft.as_ref(), None));
        self.goals.add_published(goals, options, GoalId::at, diags);
        let guides = raw.guides.iter().map(|d| {
            (&*d.slug, d.file, d.front.draft.as_ref(), d.front.published.as_ref())
        });
        self.guides.add_published(guides, options, GuideId::at, diags);
        let pages = raw.pages.iter();
        let pages = pages.map(|d| (&*d.slug, d.file, d.front.draft.as_ref(), None));
        self.pages.add_published(pages, options, PageId::at, diags);
    }

    /// Reports the files that are missing and were asked for a name.
    pub(super) fn report_absences(&self, diags: &mut Diagnostics) {
        self.criteria.report_absence(diags);
        self.languages.report_absence(diags);
        self.sources.report_absence(diags);
    }

    /// Keeps in mind the names that could not be read, so that nobody is told that they are
    /// unknown.
    fn unread(&mut self, raw: &'a Raw, sources: &'a Sources) {
        self.languages.is_partial |= !raw.languages.lost.is_empty();
        self.sources.is_partial |= !raw.sources.lost.is_empty();
        let Self { criteria, languages, sources: own, .. } = self;
        let lists = [
            (criteria.home, &mut criteria.is_partial, &mut criteria.is_absent),
            (languages.home, &mut languages.is_partial, &mut languages.is_absent),
            (own.home, &mut own.is_partial, &mut own.is_absent),
        ];
        for (path, is_partial, is_absent) in lists {
            match sources.named(path) {
                Some(file) => *is_partial |= raw.broken.contains(&file),
                None => *is_absent = true,
            }
        }
        let lost = |key: &str, is_empty: bool| raw.criteria.has_lost(key) && is_empty;
        self.criteria.is_partial |= raw.criteria.has_unknown;
        self.criteria.is_partial |= lost("criterion", raw.criteria.criterion.is_empty());
        self.groups.is_partial |= lost("group", raw.criteria.group.is_empty());
        self.groups.is_partial |= self.criteria.is_partial;
        self.groups.is_absent = self.criteria.is_absent;
        for (_, text) in sources.unread() {
            let Some((folder, name)) = text.path.rsplit_once('/') else { continue };
            let Some((slug, _)) = name.rsplit_once('.') else { continue };
            match folder {
                "content/frameworks" => _ = self.frameworks.lost.insert(slug),
                "content/goals" => _ = self.goals.lost.insert(slug),
                "content/guides" => _ = self.guides.lost.insert(slug),
                "content/pages" => _ = self.pages.lost.insert(slug),
                _ => {}
            }
        }
    }
}

/// Criteria in the order of the pages: by group, then as declared; those of an unknown
/// group last.
pub(in crate::book) fn in_order(
    raw: &Raw,
) -> impl Iterator<Item = &crate::raw::Criterion> {
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
        let (message, hint) = match a.cmp(b) {
            Ordering::Less => return Some((first, second)),
            Ordering::Equal => (
                format!("`{slug}` names one framework twice"),
                "name two different frameworks".to_owned(),
            ),
            Ordering::Greater => (
                format!("`{slug}` is not in alphabetical order"),
                format!("name it `{b}-vs-{a}`"),
            ),
        };
        let found = Diagnostic::new(Code::BadSlug, span, message);
        self.diags.push(found.hint(hint));
        None
    }

    /// Whether a file is part of the book's content, for links by path.
    pub(super) fn path(&self, file: FileId) -> &str {
        use crate::diag::Texts;
        &self.sources.text(file).path
    }
}
