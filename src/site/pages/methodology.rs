//! The explanation of scores, in the words of the theme and the numbers of the book.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::kind::{Llms, Menu, PageKind, fixed_metadata};
use crate::book::{Criterion, GoalId, Key, Part, Prose, Target, with_ids};
use crate::diag::Diagnostic;
use crate::kinds;
use crate::plan::{Metadata, Page};
use crate::raw::Stale;
use crate::site::engine::Form;
use crate::site::link;
use crate::site::link::Link;
use crate::site::parts::places::PartView;
use crate::site::parts::{context, places, shared};
use crate::site::sentences;
use crate::site::{Contents, Site, text};

/// The data of the template `methodology.html`.
#[derive(Serialize)]
struct MethodologyView<'a> {
    /// The heading.
    title: &'a str,
    /// The author's one or two sentences about it; may be empty.
    summary: &'a str,
    /// Kinds of criteria that the book has.
    kinds: Vec<KindView<'a>>,
    /// A score of the book, worked out.
    example: Option<ExampleView>,
    /// The limits of each goal.
    limits: Vec<LimitView>,
    /// The age from which facts are stale, and the day on which that was decided.
    stale_text: &'a str,
    /// Criteria by how old their facts may be.
    ages: Vec<AgeView>,
    /// The author's additions; may be empty.
    prose: tera::Value,
}

/// Criteria of one kind.
#[derive(Serialize)]
struct KindView<'a> {
    /// The name of the kind.
    title: &'a str,
    /// The rule from a value to its utility.
    rule: &'a str,
    /// The criteria, in order.
    criteria: Vec<Link>,
}

/// A score, worked out.
#[derive(Serialize)]
struct ExampleView {
    /// Whose score it is, and for which goal.
    text: String,
    /// The caption of the table.
    caption: String,
    /// The part of each criterion.
    parts: Vec<PartView>,
    /// The sum.
    total: String,
}

/// The limits of a goal.
#[derive(Serialize)]
struct LimitView {
    /// The goal.
    goal: Link,
    /// The share of the weight that must be known.
    known: String,
    /// The share of the weight that must apply.
    applies: String,
    /// The largest difference of scores that are called close.
    margin: String,
    /// The treatment of stale values.
    stale: String,
}

/// Criteria whose facts may be equally old.
#[derive(Serialize)]
struct AgeView {
    /// The age, in days.
    days: String,
    /// The criteria, in order.
    criteria: Vec<Link>,
}

/// The explanation of scores.
pub(super) struct Methodology;

impl PageKind for Methodology {
    type Subject = ();

    const NAME: &'static str = "methodology";
    const TEMPLATE: &'static str = "methodology.html";
    const DOC: &'static str = "the explanation of scores";
    const ROUTE: &'static str = "methodology/";
    const FILE: Option<&'static str> = Some("content/methodology.md");
    const MENU: Menu = Menu::Footer;
    const LLMS: Llms = Llms::Optional;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.has(Part::Methodology)
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        let section = &contents.book.methodology;
        let fixed = fixed_metadata(
            contents,
            [Key::NavMethodology, Key::TitleMethodology, Key::AboutMethodology],
        );
        Metadata {
            title: section.title.clone().unwrap_or(fixed.title),
            description: section.summary.clone().unwrap_or(fixed.description),
            ..fixed
        }
    }

    fn prose(contents: Contents<'_>, (): ()) -> Option<&Prose> {
        contents.book.methodology.prose.as_ref()
    }

    fn view(
        site: &Site<'_>,
        page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let section = &site.book.methodology;
        let view = MethodologyView {
            title: section.title.as_deref().unwrap_or(site.strings.get(Key::MethodTitle)),
            summary: section.summary.as_deref().unwrap_or_default(),
            kinds: kinds(site),
            example: example(site),
            limits: with_ids(&site.book.goals).map(|(id, _)| limit(site, id)).collect(),
            stale_text: site.strings.get(Key::MethodStaleText),
            ages: ages(site),
            prose: shared::prose(site, section.prose.as_ref(), &site.root(page))?,
        };
        Ok(context(&view))
    }
}

fn kinds<'s>(site: &'s Site<'_>) -> Vec<KindView<'s>> {
    let view = |rule: (Key, Key)| {
        let criteria =
            with_ids(&site.book.criteria).filter(|(_, c)| c.kind.method() == rule);
        let links =
            criteria.map(|(id, _)| link::link(site, &Target::Criterion(id, None)));
        KindView {
            title: site.strings.get(rule.0),
            rule: site.strings.get(rule.1),
            criteria: links.collect(),
        }
    };
    let position = |criterion: &Criterion| {
        kinds::ALL.iter().position(|kind| kind.name == criterion.kind.name)
    };
    let mut criteria: Vec<&Criterion> = site.book.criteria.iter().collect();
    criteria.sort_by_key(|criterion| position(criterion));
    let mut rules: Vec<(Key, Key)> = criteria.iter().map(|c| c.kind.method()).collect();
    rules.dedup();
    rules.into_iter().map(view).collect()
}

/// The first place of the goal with the fewest weights, worked out.
fn example(site: &Site<'_>) -> Option<ExampleView> {
    let ranked = with_ids(&site.book.goals)
        .filter(|(id, _)| !site.rankings.goals[id.index()].ranked.is_empty());
    let (id, goal) = ranked.min_by_key(|(_, goal)| goal.weights.len())?;
    let say = sentences::of_goal(site, id);
    let place = say.ranking.ranked.first()?;
    let name = site.book[place.framework].name.as_str();
    let values = [("framework", name), ("goal", &goal.title)];
    Some(ExampleView {
        text: site.strings.say(Key::MethodExampleText, &values),
        caption: site.strings.say(Key::MethodExampleCaption, &values),
        parts: places::parts(site, id, place),
        total: say.total(place),
    })
}

fn limit(site: &Site<'_>, id: GoalId) -> LimitView {
    let goal = &site.book[id];
    let percent = |share: u8| {
        site.strings.say(Key::MethodPercent, &[("share", &share.to_string())])
    };
    let margin = text::tenths(site.strings, goal.tie_margin);
    let stale = match goal.stale {
        Stale::Count => Key::MethodStaleCount,
        Stale::Unknown => Key::MethodStaleUnknown,
    };
    LimitView {
        goal: link::link(site, &Target::Goal(id, None)),
        known: percent(goal.coverage),
        applies: percent(goal.applicability),
        margin: site.strings.say(Key::MethodMargin, &[("points", &margin)]),
        stale: site.strings.get(stale).to_owned(),
    }
}

/// Criteria by how old their facts may be, the shortest limit first.
fn ages(site: &Site<'_>) -> Vec<AgeView> {
    let mut ages: BTreeMap<i64, Vec<Link>> = BTreeMap::new();
    for (id, criterion) in with_ids(&site.book.criteria) {
        let link = link::link(site, &Target::Criterion(id, None));
        ages.entry(criterion.max_age).or_default().push(link);
    }
    let days = |days: i64| {
        let shown = text::count(site.strings, days.unsigned_abs());
        let count = usize::try_from(days).unwrap_or_default();
        site.strings.count(Key::MethodDaysValue, count, &[("days", &shown)])
    };
    let ages = ages.into_iter();
    ages.map(|(age, criteria)| AgeView { days: days(age), criteria }).collect()
}
