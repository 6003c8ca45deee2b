//! All criteria, by group.

use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind, fixed_metadata};
use crate::book::{CriterionId, Key, Part, Target, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{FileKind, Metadata, Page, ResultKind, anchor};
use crate::site::engine::Form;
use crate::site::link;
use crate::site::link::Link;
use crate::site::parts::context;
use crate::site::{Contents, Site};

/// The data of the template `criteria.html`.
#[derive(Serialize)]
struct CriteriaView<'a> {
    /// The groups, in order.
    groups: Vec<GroupView<'a>>,
}

/// A group of criteria.
#[derive(Serialize)]
struct GroupView<'a> {
    /// The name of the part of the page.
    id: String,
    /// Its heading.
    title: &'a str,
    /// One sentence about it; may be empty.
    summary: &'a str,
    /// The caption of its table.
    caption: String,
    /// Its criteria, in order.
    criteria: Vec<CriterionView<'a>>,
}

/// A criterion in one line.
#[derive(Serialize)]
struct CriterionView<'a> {
    /// The criterion.
    criterion: Link,
    /// Its question.
    question: &'a str,
    /// Its kind, in words.
    kind: String,
    /// The number of goals that weigh or require it.
    goals: usize,
    /// The number of frameworks with a known value: "7 of 8".
    known: String,
}

/// All criteria.
pub(super) struct Criteria;

impl PageKind for Criteria {
    type Subject = ();

    const NAME: &'static str = "criteria";
    const TEMPLATE: &'static str = "criteria.html";
    const DOC: &'static str = "all criteria, by group";
    const ROUTE: &'static str = "criteria/";
    const FILE: Option<&'static str> = Some("content/criteria.toml");
    const MENU: Menu = Menu::Footer;
    const LLMS: Llms = Llms::Optional;
    const RESULT_KIND: ResultKind = ResultKind::List;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.has(Part::Criteria)
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        fixed_metadata(
            contents,
            [Key::NavCriteria, Key::TitleCriteria, Key::AboutCriteria],
        )
    }

    fn anchors(contents: Contents<'_>, (): ()) -> Vec<String> {
        contents.book.groups.iter().map(|group| anchor::group(&group.id)).collect()
    }

    fn data_file((): ()) -> FileKind {
        FileKind::Criteria
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let groups = with_ids(&site.book.groups).map(|(id, group)| GroupView {
            id: anchor::group(&group.id),
            title: &group.title,
            summary: group.summary.as_deref().unwrap_or_default(),
            caption: site.strings.say(Key::CriteriaCaption, &[("group", &group.title)]),
            criteria: site.book.criteria_of(id).map(|(id, _)| line(site, id)).collect(),
        });
        Ok(context(&CriteriaView { groups: groups.collect() }))
    }
}

fn line<'a>(site: &Site<'a>, id: CriterionId) -> CriterionView<'a> {
    let criterion = &site.book[id];
    let is_used = |goal: &&crate::book::Goal| {
        goal.weights.iter().any(|(weighed, _)| *weighed == id)
            || goal.requirements.iter().any(|requirement| requirement.criterion == id)
    };
    let known = site.book.frameworks.iter();
    let known = known.filter(|f| f.cells[id.index()].known().is_some()).count();
    let all = site.book.frameworks.len().to_string();
    let values = [("known", &*known.to_string()), ("all", &all)];
    CriterionView {
        criterion: link::link(site, &Target::Criterion(id, None)),
        question: &criterion.question,
        kind: criterion.kind.describe(site.strings),
        goals: site.book.goals.iter().filter(is_used).count(),
        known: site.strings.say(Key::CountOf, &values),
    }
}
