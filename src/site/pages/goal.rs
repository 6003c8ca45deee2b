//! A goal: the answer, the ranking with its reasons, and what would change it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;
use tera::Context;

use super::choose::Choose;
use super::goals::Goals;
use super::kind::{Llms, PageKind, column, newest};
use super::methodology::Methodology;
use crate::book::{
    Cell, CriterionId, FrameworkId, GoalId, Key, Prose, RelatedLinks, SourceId, Target,
    Withheld, with_ids,
};
use crate::diag::{Diagnostic, Span};
use crate::plan::{FileKind, Metadata, Page, ResultKind, Route, Subject, anchor};
use crate::rank::{Answer, Reason};
use crate::site::engine::Form;
use crate::site::json_ld::Node;
use crate::site::link;
use crate::site::link::Link;
use crate::site::parts::places::{PlaceView, percent};
use crate::site::parts::shared::Name;
use crate::site::parts::worth::{self, ScoresView};
use crate::site::parts::{context, places, shared};
use crate::site::search::Entry;
use crate::site::sentences;
use crate::site::sentences::{Opinion, Verdict};
use crate::site::text::DateView;
use crate::site::{Contents, Site, json_ld, text};

/// The data of the template `goal.html`.
#[derive(Serialize)]
struct GoalView<'a> {
    /// The question, which is the page's heading.
    question: &'a str,
    /// The answer in one sentence.
    answer: String,
    /// The first day on which one of its facts was checked.
    checked_from: Option<DateView>,
    /// The last such day; none if it is the same.
    checked_to: Option<DateView>,
    /// The number of its known values.
    known: String,
    /// The numbers of their sources, and of values that are stale.
    notes: Vec<String>,
    /// The route of the page that explains scores.
    methodology: String,
    /// The readers who have this need.
    audience: &'a str,
    /// The requirements for a rank.
    requirements: Vec<RequirementView>,
    /// The number of frameworks that meet them all.
    qualify: String,
    /// The first places, with all their reasons.
    places: Vec<PlaceView>,
    /// The other places.
    rest: Vec<PlaceView>,
    /// The caption of the table of the other places.
    rest_caption: String,
    /// Whether places are shared.
    has_ties: bool,
    /// Recommendations of articles.
    opinions: Vec<OpinionView>,
    /// Changes that would alter the result.
    changes: Vec<String>,
    /// The criteria, the heaviest first.
    weights: Vec<WeightView<'a>>,
    /// The sum of the weights.
    weights_note: String,
    /// The route of the page on which a reader can change them, with the query that
    /// names the goal.
    adjust: String,
    /// The reason for the weights.
    prose: Option<tera::Value>,
    /// Frameworks without a rank, by why.
    left: Vec<LeftView>,
    /// The utility of every value.
    scores: Option<ScoresView>,
    /// The sources of its facts.
    sources: Vec<Link>,
}

/// A requirement.
#[derive(Serialize)]
struct RequirementView {
    /// The criterion.
    criterion: Link,
    /// The required value.
    need: String,
    /// The number of frameworks that meet it.
    counts: String,
}

/// The recommendation of an article.
#[derive(Serialize)]
struct OpinionView {
    /// The article.
    source: Link,
    /// To be read after the source's title.
    text: String,
    /// "Agrees", "In part", "Disagrees" or "Cannot say".
    verdict: String,
    /// The kind of badge that this word is shown in.
    verdict_kind: &'static str,
}

/// A criterion's weight.
#[derive(Serialize)]
struct WeightView<'a> {
    /// The criterion.
    criterion: Link,
    /// Its question.
    question: &'a str,
    /// 1 to 10.
    weight: u8,
    /// Percent of the largest weight that could be given.
    share: String,
}

/// Frameworks without a rank for one kind of reason.
#[derive(Serialize)]
struct LeftView {
    /// The kind of reason.
    title: String,
    /// The frameworks, by slug.
    frameworks: Vec<UnrankedView>,
}

/// A framework without a rank.
#[derive(Serialize)]
struct UnrankedView {
    /// The name of the part of the page.
    id: String,
    /// The framework.
    framework: Name,
    /// The reason.
    text: String,
    /// The fact that says so.
    fact: Option<Link>,
}

/// A goal's ranking.
pub(super) struct GoalPage;

impl PageKind for GoalPage {
    type Subject = GoalId;

    const NAME: &'static str = "goal";
    const TEMPLATE: &'static str = "goal.html";
    const DOC: &'static str =
        "a goal: the answer, the ranking with its reasons, and what would change it";
    const ROUTE: &'static str = "best-for/GOAL/";
    const LLMS: Llms = Llms::List(Key::NavGoals);
    const PARENT: Option<&'static str> = Some(Goals::NAME);
    const RESULT_KIND: ResultKind = ResultKind::Goal;
    const HAS_ALTERNATE: bool = true;

    fn route(contents: Contents<'_>, id: GoalId) -> Route {
        Route::new(format!("best-for/{}/", contents.book[id].slug))
    }

    fn metadata(contents: Contents<'_>, id: GoalId) -> Metadata {
        let (book, goal) = (contents.book, &contents.book[id]);
        let weighed = goal.weights.iter().map(|(criterion, _)| *criterion);
        let cells = weighed.flat_map(|criterion| column(contents, criterion));
        Metadata {
            title: book.strings.say(Key::TitleGoal, &[("goal", &goal.title)]),
            label: goal.title.clone(),
            description: description(contents, id),
            updated: newest(cells),
            is_hidden: contents.rankings.goals[id.index()].ranked.is_empty(),
            ..Metadata::default()
        }
    }

    fn span(contents: Contents<'_>, id: GoalId) -> Option<Span> {
        Some(contents.book[id].span)
    }

    fn source_file(contents: Contents<'_>, id: GoalId) -> String {
        format!("content/goals/{}.md", contents.book[id].slug)
    }

    fn prose(contents: Contents<'_>, id: GoalId) -> Option<&Prose> {
        Some(&contents.book[id].prose)
    }

    fn anchors(contents: Contents<'_>, _id: GoalId) -> Vec<String> {
        contents.book.frameworks.iter().map(|f| anchor::place(&f.slug)).collect()
    }

    fn withheld(contents: Contents<'_>, id: GoalId) -> Option<Withheld> {
        contents.book[id].withheld
    }

    fn related_links(contents: Contents<'_>, id: GoalId) -> Option<&RelatedLinks> {
        Some(&contents.book[id].related_links)
    }

    fn data_file(id: GoalId) -> FileKind {
        FileKind::Goal(id)
    }

    fn json_ld(site: &Site<'_>, _page: &Page, id: GoalId) -> Option<Node> {
        json_ld::ranking(site, id)
    }

    fn search_entry<'s>(
        site: &'s Site<'_>,
        _page: &'s Page,
        id: GoalId,
        entry: Entry<'s>,
    ) -> Entry<'s> {
        Entry { summary: &site.book[id].question, ..entry }
    }

    fn view(
        site: &Site<'_>,
        page: &Page,
        id: GoalId,
        form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let goal = &site.book[id];
        let say = sentences::of_goal(site, id);
        let full = say.ranking.ranked.len().min(places::FULL_PLACES);
        let (first, rest) = say.ranking.ranked.split_at(full);
        let used = site.engine.used_fields(Self::TEMPLATE, form);
        let basis = Basis::of(site, id);
        let prose = if goal.prose.raw.events.is_empty() {
            None
        } else {
            Some(shared::prose_in(site, Some(&goal.prose), page, form)?)
        };
        let total = say.ranking.total_weight.to_string();
        let choose = site.plan.route(Subject::Fixed(Choose::NAME));
        let view = GoalView {
            question: &goal.question,
            answer: say.answer(),
            checked_from: basis.from.map(|day| text::date(site.strings, day)),
            checked_to: basis
                .to
                .filter(|to| basis.from != Some(*to))
                .map(|day| text::date(site.strings, day)),
            known: basis.known(site),
            notes: basis.notes(site),
            methodology: link::link(site, &Target::Fixed(Methodology::NAME, None)).route,
            audience: goal.audience.as_deref().unwrap_or_default(),
            requirements: requirements(site, id),
            qualify: say.qualify(),
            places: used.if_used("places", || {
                first.iter().map(|place| places::full(site, id, place)).collect()
            }),
            rest: used.if_used("rest", || {
                rest.iter().map(|place| places::brief(site, id, place)).collect()
            }),
            rest_caption: site.strings.count(Key::GoalRestCaption, full, &[]),
            has_ties: say.ranking.ranked.iter().any(|place| place.is_tied),
            opinions: say.opinions().into_iter().map(|o| opinion(site, o)).collect(),
            changes: used.if_used("changes", || say.changes()),
            weights: weights(site, id),
            weights_note: site.strings.say(Key::GoalWeightsNote, &[("total", &total)]),
            adjust: format!("{choose}?g={}#X-own", goal.slug),
            prose,
            left: used.if_used("left", || left(site, id)),
            scores: used.if_used("scores", || Some(worth::scores(site, id))),
            sources: basis
                .sources
                .iter()
                .map(|s| link::link(site, &Target::Source(*s)))
                .collect(),
        };
        Ok(context(&view))
    }
}

/// The question, and the first places in a sentence.
fn description(contents: Contents<'_>, id: GoalId) -> String {
    let (book, ranking) = (contents.book, &contents.rankings.goals[id.index()]);
    let key = match ranking.answer {
        Answer::Clear => Key::AboutGoalClear,
        Answer::Close | Answer::Tie => Key::AboutGoalClose,
        Answer::Nobody => Key::AboutGoalNobody,
    };
    let name = |i: usize| {
        let place = ranking.ranked.get(i);
        place.map_or("", |place| book[place.framework].name.as_str())
    };
    let question = book[id].question.as_str();
    let values = [("question", question), ("first", name(0)), ("second", name(1))];
    book.strings.count(key, ranking.ranked.len(), &values)
}

/// The facts that a ranking rests on.
#[derive(Default)]
struct Basis {
    /// The number of known ones.
    known: usize,
    /// The number of unknown ones.
    unknown: usize,
    /// The number of those that cannot apply.
    not_applicable: usize,
    /// The number of stale ones.
    stale: usize,
    /// The first day on which one was checked.
    from: Option<Date>,
    /// The last day.
    to: Option<Date>,
    /// Their sources.
    sources: BTreeSet<SourceId>,
}

impl Basis {
    /// Gathers the facts of all weighed and required criteria.
    fn of(site: &Site<'_>, id: GoalId) -> Self {
        let goal = &site.book[id];
        let required = goal.requirements.iter().map(|requirement| requirement.criterion);
        let weighed = goal.weights.iter().map(|(criterion, _)| *criterion);
        let criteria: BTreeSet<CriterionId> = weighed.chain(required).collect();
        let mut basis = Self::default();
        for (framework, _) in with_ids(&site.book.frameworks) {
            for criterion in &criteria {
                basis.add(site.book.cell(framework, *criterion));
            }
        }
        basis
    }

    fn add(&mut self, cell: &Cell) {
        let (source, checked) = match cell {
            Cell::Known(fact) => {
                self.known += 1;
                self.stale += usize::from(fact.is_stale);
                (fact.source, fact.checked)
            }
            Cell::NotApplicable { source, checked, .. } => {
                self.not_applicable += 1;
                (*source, *checked)
            }
            Cell::Unknown => {
                self.unknown += 1;
                (None, None)
            }
        };
        self.sources.extend(source);
        if let Some(day) = checked {
            self.from = Some(self.from.map_or(day, |from| from.min(day)));
            self.to = Some(self.to.map_or(day, |to| to.max(day)));
        }
    }

    fn known(&self, site: &Site<'_>) -> String {
        let all = self.known + self.unknown + self.not_applicable;
        let key =
            if self.not_applicable == 0 { Key::ValuesKnown } else { Key::ValuesKnownNa };
        let values = [
            ("known", &*self.known.to_string()),
            ("all", &all.to_string()),
            ("na", &self.not_applicable.to_string()),
        ];
        site.strings.count(key, self.known, &values)
    }

    fn notes(&self, site: &Site<'_>) -> Vec<String> {
        let counts =
            [(Key::CountSource, self.sources.len()), (Key::CountStale, self.stale)];
        let counts = counts.iter().filter(|(_, count)| *count > 0);
        counts.map(|(noun, count)| site.strings.count(*noun, *count, &[])).collect()
    }
}

fn requirements(site: &Site<'_>, id: GoalId) -> Vec<RequirementView> {
    let say = sentences::of_goal(site, id);
    let requirements = site.book[id].requirements.iter().enumerate();
    requirements
        .map(|(i, requirement)| RequirementView {
            criterion: link::link(site, &Target::Criterion(requirement.criterion, None)),
            need: say.requirement(i),
            counts: say.requirement_counts(i),
        })
        .collect()
}

fn opinion(site: &Site<'_>, opinion: Opinion) -> OpinionView {
    let (verdict, verdict_kind) = match opinion.verdict {
        Verdict::Agrees => (Key::GoalPickAgreed, "good"),
        Verdict::Partly => (Key::GoalPickMixed, "warn"),
        Verdict::Disagrees => (Key::GoalPickDisagreed, "bad"),
        Verdict::Open => (Key::GoalPickOpen, ""),
    };
    OpinionView {
        source: link::link(site, &Target::Source(opinion.source)),
        text: opinion.text,
        verdict: site.strings.get(verdict).to_owned(),
        verdict_kind,
    }
}

fn weights<'a>(site: &Site<'a>, id: GoalId) -> Vec<WeightView<'a>> {
    let weights = places::by_weight(&site.book[id]);
    weights
        .map(|(_, criterion, weight)| WeightView {
            criterion: link::link(site, &Target::Criterion(criterion, None)),
            question: &site.book[criterion].question,
            weight,
            share: percent(u32::from(weight), 10),
        })
        .collect()
}

/// Frameworks without a rank; kinds of reasons in the order in which they are tested.
fn left(site: &Site<'_>, id: GoalId) -> Vec<LeftView> {
    let kind = |reason: Reason| match reason {
        Reason::Excluded(_) => Key::GoalLeftExcluded,
        Reason::Unchecked(_) => Key::GoalLeftUnchecked,
        Reason::TooFewKnown(_) | Reason::TooFewApply(_) => Key::GoalLeftFew,
    };
    let unranked = &site.rankings.goals[id.index()].unranked;
    let mut left = Vec::new();
    for title in [Key::GoalLeftExcluded, Key::GoalLeftUnchecked, Key::GoalLeftFew] {
        let group = unranked.iter().filter(|out| kind(out.reason) == title);
        let group = group.map(|out| unranked_view(site, id, out.framework, out.reason));
        let frameworks: Vec<_> = group.collect();
        if !frameworks.is_empty() {
            left.push(LeftView { title: site.strings.get(title).to_owned(), frameworks });
        }
    }
    left
}

fn unranked_view(
    site: &Site<'_>,
    goal: GoalId,
    id: FrameworkId,
    reason: Reason,
) -> UnrankedView {
    let fact = match reason {
        Reason::Excluded(i) | Reason::Unchecked(i) => {
            let criterion = site.book[goal].requirements[i].criterion;
            let mut link = link::link(site, &Target::Fact(id, criterion));
            site.strings.get(Key::GoalLeftFact).clone_into(&mut link.title);
            Some(link)
        }
        Reason::TooFewKnown(_) | Reason::TooFewApply(_) => None,
    };
    UnrankedView {
        id: anchor::place(&site.book[id].slug),
        framework: shared::name(site, id),
        text: sentences::of_goal(site, goal).reason(id, reason),
        fact,
    }
}
