//! All facts side by side.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind, all_cells, fixed_metadata, newest};
use crate::book::{CriterionId, FrameworkId, Key, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page, ResultKind, anchor};
use crate::site::engine::Form;
use crate::site::link::Link;
use crate::site::parts::matrix::{Marks, Matrix};
use crate::site::parts::pick::Pick;
use crate::site::parts::{View, context, lists, matrix, pick, shared};
use crate::site::{Contents, Site};

/// The most pairs that are listed.
const PAIRS: usize = 200;

/// The most frameworks that have a column on paper.
const PAPER: usize = 8;

/// The data of the template `compare.html`.
#[derive(Serialize)]
struct CompareView {
    /// The heading.
    title: String,
    /// Two sentences about the page.
    lead: String,
    /// All facts.
    matrix: Matrix,
    /// Frameworks that can be picked, in the order of the columns; none if there is no
    /// choice.
    picks: Vec<Pick>,
    /// Sets of frameworks that can be picked at once, by kind; no kind is empty.
    sets: Vec<SetsView>,
    /// Pairs that have a page.
    pairs: Vec<Link>,
}

/// Sets of frameworks of one kind.
#[derive(Serialize)]
struct SetsView {
    /// The kind.
    title: String,
    /// The sets.
    sets: Vec<SetView>,
}

/// A set of frameworks.
#[derive(Serialize)]
struct SetView {
    /// Its name.
    title: String,
    /// The slugs of its frameworks in the order of the columns, with commas between them.
    slugs: String,
}

/// The style rules of the page.
pub(super) fn style(site: &Site<'_>) -> View {
    let ids = lists::by_name(site, |_| true);
    pick::style(site, "compare.css", picks(site, &ids), PAPER)
}

/// All facts side by side.
pub(super) struct Compare;

impl PageKind for Compare {
    type Subject = ();

    const NAME: &'static str = "compare";
    const TEMPLATE: &'static str = "compare.html";
    const DOC: &'static str = "all facts side by side";
    const ROUTE: &'static str = "compare/";
    const MENU: Menu = Menu::Header;
    const LLMS: Llms = Llms::Optional;
    const RESULT_KIND: ResultKind = ResultKind::List;

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        Metadata {
            updated: newest(all_cells(contents)),
            ..fixed_metadata(
                contents,
                [Key::NavCompare, Key::TitleCompare, Key::AboutCompare],
            )
        }
    }

    fn anchors(contents: Contents<'_>, (): ()) -> Vec<String> {
        contents.book.groups.iter().map(|group| anchor::group(&group.id)).collect()
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let strings = site.strings;
        let ids = lists::by_name(site, |_| true);
        let criteria: Vec<CriterionId> =
            with_ids(&site.book.criteria).map(|(id, _)| id).collect();
        let counts = (
            site.strings.count(Key::CountCriteria, criteria.len(), &[]),
            site.strings.count(Key::CountFrameworks, ids.len(), &[]),
        );
        let values = [("criteria", counts.0.as_str()), ("frameworks", counts.1.as_str())];
        let mut matrix = matrix::matrix(site, &ids, &criteria, Marks::Best);
        matrix.caption = strings.get(Key::CompareCaption).to_owned();
        matrix.note = strings.say(Key::CompareNote, &values);
        let pairs = site.plan.pair_ids().take(PAIRS).map(|id| shared::pair(site, id));
        let view = CompareView {
            title: strings.get(Key::CompareTitle).to_owned(),
            lead: strings.say(Key::CompareLead, &values),
            matrix,
            picks: picks(site, &ids),
            sets: sets(site, &ids),
            pairs: pairs.collect(),
        };
        Ok(context(&view))
    }
}

fn picks(site: &Site<'_>, ids: &[FrameworkId]) -> Vec<Pick> {
    let all = ids.iter().zip(1..).map(|(id, column)| Pick {
        slug: site.book[*id].slug.clone(),
        name: site.book[*id].name.clone(),
        column,
        is_shown: true,
    });
    if ids.len() > 1 { all.collect() } else { Vec::new() }
}

/// Languages and groups of peers that have two frameworks or more, but not all.
fn sets(site: &Site<'_>, ids: &[FrameworkId]) -> Vec<SetsView> {
    let (book, strings) = (site.book, site.strings);
    let by_language = by_title(site, ids, |id| {
        let language = &book[book[id].language?].title;
        Some(strings.say(Key::CompareSetLanguage, &[("language", language)]))
    });
    let by_peers = by_title(site, ids, |id| {
        let group = book[id].peer_group.as_ref()?.replace('-', " ");
        let mut letters = group.chars();
        let first = letters.next()?;
        Some(format!("{}{}", first.to_uppercase(), letters.as_str()))
    });
    let kinds =
        [(Key::CompareSetsLanguage, by_language), (Key::CompareSetsPeers, by_peers)];
    let kinds = kinds.into_iter().filter(|(_, sets)| !sets.is_empty());
    kinds
        .map(|(key, sets)| SetsView { title: strings.get(key).to_owned(), sets })
        .collect()
}

/// Sets of frameworks that have one title, in the order of the titles.
fn by_title(
    site: &Site<'_>,
    ids: &[FrameworkId],
    title: impl Fn(FrameworkId) -> Option<String>,
) -> Vec<SetView> {
    let mut sets: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for id in ids {
        if let Some(title) = title(*id) {
            sets.entry(title).or_default().push(&site.book[*id].slug);
        }
    }
    let sets = sets.into_iter().filter(|(_, all)| (2..ids.len()).contains(&all.len()));
    sets.map(|(title, slugs)| SetView { title, slugs: slugs.join(",") }).collect()
}
