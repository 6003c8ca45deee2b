//! A framework's profile: what it is, when it fits, where it ranks, and every fact with its
//! source.

use serde::Serialize;
use tera::Context;

use super::frameworks::Frameworks;
use super::kind::{Llms, PageKind, newest};
use crate::book::{
    Book, Cell, CriterionId, Fact, FrameworkId, GoalId, Key, Prose, SourceId, Target,
    with_ids,
};
use crate::diag::{Diagnostic, Span};
use crate::plan::{FileKind, Metadata, Page, ResultKind, Route, Subject, anchor};
use crate::rank::{Ranked, Ranking, Unranked};
use crate::site::engine::Form;
use crate::site::json_ld::Node;
use crate::site::link::Link;
use crate::site::parts::shared::{ChangeView, Name};
use crate::site::parts::{context, lists, matrix, places, shared};
use crate::site::search::Entry;
use crate::site::text::DateView;
use crate::site::{Contents, Site, json_ld, sentences, text};

/// The data of the template `framework.html`.
#[derive(Serialize)]
struct FrameworkView {
    /// The framework; its `route` is this page.
    framework: Name,
    /// One sentence about it.
    summary: String,
    /// The language it is written for.
    language: Option<Link>,
    /// Its licence; may be empty.
    license: String,
    /// Versions and dates of its releases.
    releases: Vec<GlanceFact>,
    /// Its home page; may be empty.
    homepage: String,
    /// Its source code; may be empty.
    repository: String,
    /// Facts for the top of the page.
    glance: Vec<GlanceFact>,
    /// The heading above both lists of fits.
    fit_title: String,
    /// When it is a good fit.
    good_fit: Vec<String>,
    /// When to think twice.
    think_twice: Vec<String>,
    /// The heading above the prose.
    about_title: String,
    /// Its profile as prose.
    prose: tera::Value,
    /// The caption of the table of places.
    places_caption: String,
    /// Its place for each goal.
    places: Vec<Place>,
    /// The caption of the table of facts.
    facts_caption: String,
    /// The number of known facts.
    facts_note: String,
    /// All facts in groups.
    groups: Vec<FactGroup>,
    /// Criteria whose facts are unknown.
    unknown: Vec<UnknownFact>,
    /// Their number.
    unknown_text: String,
    /// The file that its facts are written in.
    file: String,
    /// The heading above the pairs.
    pairs_title: String,
    /// Pairs with it that have a page.
    pairs: Vec<Link>,
    /// The heading above the mentions.
    mentions_title: String,
    /// Guides and questions that mention it.
    mentions: Vec<Link>,
    /// Changes about it.
    changes: Vec<ChangeView>,
}

/// A fact at the top of the page.
#[derive(Serialize)]
struct GlanceFact {
    /// The criterion.
    title: String,
    /// Its row on this page, as `#F-orm` after the page's route.
    route: String,
    /// The cell.
    cell: tera::Value,
    /// A number's unit; empty for any other.
    unit: String,
}

/// A place in a ranking.
#[derive(Serialize)]
struct Place {
    /// The goal, leading to this framework's place on its page.
    goal: Link,
    /// Whether it has a rank.
    is_ranked: bool,
    /// "1 of 8", "2= of 8"; empty without a rank.
    rank: String,
    /// A word for a place in front: "First", "Close call"; empty for any other.
    mark: String,
    /// The look of the mark.
    mark_kind: &'static str,
    /// The score: "76.7".
    score: String,
    /// The score if all that is unknown were best; as `score` if nothing is unknown.
    most: String,
    /// The known share of the weight: "93 %".
    known: String,
    /// The reason why it has no rank; empty if it has one.
    reason: String,
}

/// A group of facts.
#[derive(Serialize)]
struct FactGroup {
    /// The name of its part of the page.
    id: String,
    /// Its title.
    title: String,
    /// Its facts.
    rows: Vec<FactRow>,
}

/// A fact with its origin.
#[derive(Serialize)]
struct FactRow {
    /// The name of its part of the page: `f-orm`.
    id: String,
    /// The criterion.
    title: String,
    /// The criterion's page.
    route: String,
    /// Its unit and which values are better; may be empty.
    unit: String,
    /// The cell.
    cell: tera::Value,
    /// Whether nothing is known; then there is neither note nor source.
    is_unknown: bool,
    /// A note for readers; may be empty.
    note: String,
    /// Its source on the page of sources, by its publisher.
    source: Option<Link>,
    /// The day on which it was checked.
    checked: Option<DateView>,
}

/// A criterion whose fact is unknown.
#[derive(Serialize)]
struct UnknownFact {
    /// The criterion.
    title: String,
    /// Its page.
    route: String,
    /// Its question.
    question: String,
}

/// A framework's profile.
pub(super) struct Profile;

impl PageKind for Profile {
    type Subject = FrameworkId;

    const NAME: &'static str = "framework";
    const TEMPLATE: &'static str = "framework.html";
    const DOC: &'static str = "a framework: its facts, and where it ranks";
    const ROUTE: &'static str = "frameworks/FRAMEWORK/";
    const LLMS: Llms = Llms::List(Key::NavFrameworks);
    const PARENT: Option<&'static str> = Some(Frameworks::NAME);
    const RESULT_KIND: ResultKind = ResultKind::Framework;
    const HAS_ALTERNATE: bool = true;

    fn route(contents: Contents<'_>, id: FrameworkId) -> Route {
        Route::new(format!("frameworks/{}/", contents.book[id].slug))
    }

    fn metadata(contents: Contents<'_>, id: FrameworkId) -> Metadata {
        let framework = &contents.book[id];
        let known = framework.cells.iter().filter(|cell| cell.known().is_some()).count();
        let shown = known.to_string();
        let values = [("summary", framework.summary.as_str()), ("known", &shown)];
        Metadata {
            title: framework.name.clone(),
            label: framework.name.clone(),
            description: contents.book.strings.count(Key::AboutFramework, known, &values),
            updated: newest(&framework.cells),
            ..Metadata::default()
        }
    }

    fn span(contents: Contents<'_>, id: FrameworkId) -> Option<Span> {
        Some(contents.book[id].span)
    }

    fn source_file(contents: Contents<'_>, id: FrameworkId) -> String {
        format!("content/frameworks/{}.toml", contents.book[id].slug)
    }

    fn prose(contents: Contents<'_>, id: FrameworkId) -> Option<&Prose> {
        contents.book[id].prose.as_ref()
    }

    fn anchors(contents: Contents<'_>, _id: FrameworkId) -> Vec<String> {
        contents.book.criteria.iter().map(|c| anchor::fact(&c.slug)).collect()
    }

    fn summary(contents: Contents<'_>, id: FrameworkId) -> Option<&str> {
        Some(&contents.book[id].summary)
    }

    fn data_file(id: FrameworkId) -> FileKind {
        FileKind::Framework(id)
    }

    fn json_ld(site: &Site<'_>, page: &Page, id: FrameworkId) -> Option<Node> {
        let about = vec![json_ld::software(site, id)];
        Some(json_ld::article(site, page, about))
    }

    fn search_entry<'s>(
        site: &'s Site<'_>,
        _page: &'s Page,
        id: FrameworkId,
        entry: Entry<'s>,
    ) -> Entry<'s> {
        let framework = &site.book[id];
        let language = framework.language.map_or("", |id| &*site.book[id].title);
        Entry {
            summary: &framework.summary,
            names: framework.names.iter().map(String::as_str).collect(),
            words: [language, &entry.words].join(" ").trim().to_owned(),
            ..entry
        }
    }

    fn view(
        site: &Site<'_>,
        page: &Page,
        id: FrameworkId,
        form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let (book, strings) = (site.book, site.strings);
        let framework = &book[id];
        let named = |key: Key| strings.say(key, &[("name", &framework.name)]);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let used = site.engine.used_fields(Self::TEMPLATE, form);
        let has_places = used.has("places") || used.has("places_caption");
        let places = if has_places { places(site, id) } else { Vec::new() };
        let goals = site.strings.count(Key::CountGoals, places.len(), &[]);
        let unknown = unknown(site, id);
        let (releases, glance) = glance(site, id);
        let view = FrameworkView {
            framework: shared::name(site, id),
            summary: framework.summary.clone(),
            language: framework.language.map(|id| {
                shared::link(&*book[id].title, site.plan.route(Subject::Language(id)))
            }),
            license: text(&framework.license),
            releases,
            homepage: text(&framework.homepage),
            repository: text(&framework.repository),
            glance,
            fit_title: named(Key::FrameworkFit),
            good_fit: framework.good_fit.clone(),
            think_twice: framework.think_twice.clone(),
            about_title: named(Key::FrameworkAbout),
            prose: shared::prose_in(site, framework.prose.as_ref(), page, form)?,
            places_caption: strings.say(
                Key::FrameworkPlacesCaption,
                &[("name", &framework.name), ("goals", &goals)],
            ),
            places,
            facts_caption: named(Key::FrameworkFactsCaption),
            facts_note: facts_note(site, unknown.len()),
            groups: groups(site, id),
            unknown_text: site.strings.count(
                Key::FrameworkUnknownText,
                unknown.len(),
                &[],
            ),
            unknown,
            file: page.source_file.clone(),
            pairs_title: named(Key::FrameworkPairs),
            pairs: used.if_used("pairs", || pairs(site, id)),
            mentions_title: named(Key::FrameworkMentions),
            mentions: used.if_used("mentions", || mentions(site, id)),
            changes: used.if_used("changes", || changes(site, id)),
        };
        Ok(context(&view))
    }
}

/// Facts for the top of the page: releases, then those that the book asks for.
fn glance(site: &Site<'_>, id: FrameworkId) -> (Vec<GlanceFact>, Vec<GlanceFact>) {
    let fact = |(criterion, about): (CriterionId, &crate::book::Criterion)| GlanceFact {
        title: about.title.clone(),
        route: format!(
            "{}#{}",
            site.plan.route(Subject::Framework(id)),
            anchor::fact(&about.id)
        ),
        cell: site.cell(id, criterion).view.clone(),
        unit: match site.book.cell(id, criterion) {
            Cell::Known(_) => about.kind.unit().to_owned(),
            _ => String::new(),
        },
    };
    let is_release = |about: &crate::book::Criterion| about.kind.is_dated();
    let all = || with_ids(&site.book.criteria);
    let is_known = |criterion| site.book.cell(id, criterion).known().is_some();
    let releases = all().filter(|(c, about)| is_release(about) && is_known(*c));
    let glance = all().filter(|(_, about)| about.is_glance && !is_release(about));
    (releases.map(fact).collect(), glance.map(fact).collect())
}

fn facts_note(site: &Site<'_>, unknown: usize) -> String {
    let all = site.book.criteria.len();
    let criteria = site.strings.count(Key::CountCriteria, all, &[]);
    let known = (all - unknown).to_string();
    let values = [("known", known.as_str()), ("criteria", criteria.as_str())];
    site.strings.say(Key::FrameworkFactsNote, &values)
}

fn places(site: &Site<'_>, id: FrameworkId) -> Vec<Place> {
    let goals = with_ids(&site.book.goals).zip(&site.rankings.goals);
    let place = |(goal, ranking): (_, &Ranking)| {
        if let Some(ranked) = site.ranked(goal, id) {
            return Some(ranked_place(site, goal, ranking, ranked));
        }
        let unranked = ranking.unranked.iter().find(|u| u.framework == id)?;
        Some(unranked_place(site, goal, unranked))
    };
    goals.filter_map(|((goal, _), ranking)| place((goal, ranking))).collect()
}

fn ranked_place(
    site: &Site<'_>,
    goal: GoalId,
    ranking: &Ranking,
    ranked: &Ranked,
) -> Place {
    let count = ranking.ranked.len().to_string();
    let rank = sentences::rank(ranked);
    let (word, mark_kind) = places::badge(&sentences::of_goal(site, goal), ranked);
    let values = [("rank", rank.as_str()), ("count", count.as_str())];
    let percent = ranked.coverage.to_string();
    Place {
        goal: shared::place(site, goal, ranked.framework),
        is_ranked: true,
        rank: site.strings.say(Key::FrameworkPlaceOf, &values),
        mark: word.to_owned(),
        mark_kind,
        score: text::tenths(site.strings, ranked.tenths),
        most: text::tenths(site.strings, ranked.max_tenths),
        known: site.strings.say(Key::Percent, &[("percent", &percent)]),
        reason: String::new(),
    }
}

fn unranked_place(site: &Site<'_>, goal: GoalId, unranked: &Unranked) -> Place {
    Place {
        goal: shared::place(site, goal, unranked.framework),
        is_ranked: false,
        rank: String::new(),
        mark: String::new(),
        mark_kind: "",
        score: String::new(),
        most: String::new(),
        known: String::new(),
        reason: sentences::of_goal(site, goal)
            .reason(unranked.framework, unranked.reason),
    }
}

fn groups(site: &Site<'_>, id: FrameworkId) -> Vec<FactGroup> {
    let book = site.book;
    let group = |(at, group): (_, &crate::book::Group)| FactGroup {
        id: anchor::group(&group.id),
        title: group.title.clone(),
        rows: book
            .criteria_of(at)
            .map(|(criterion, _)| row(site, id, criterion))
            .collect(),
    };
    with_ids(&book.groups).map(group).filter(|group| !group.rows.is_empty()).collect()
}

fn row(site: &Site<'_>, id: FrameworkId, criterion: CriterionId) -> FactRow {
    let (book, about) = (site.book, &site.book[criterion]);
    let (note, source, checked) = match book.cell(id, criterion) {
        Cell::Known(fact) => (note(site, fact), fact.source, fact.checked),
        Cell::NotApplicable { reason, source, checked, .. } => {
            (reason.clone(), *source, *checked)
        }
        Cell::Unknown => (String::new(), None, None),
    };
    FactRow {
        id: anchor::fact(&about.id),
        title: about.title.clone(),
        route: site.plan.route(Subject::Criterion(criterion)).to_string(),
        unit: matrix::unit(site.strings, about),
        cell: site.cell(id, criterion).view.clone(),
        is_unknown: matches!(book.cell(id, criterion), Cell::Unknown),
        note,
        source: site.engine.if_used("source", || source.map(|id| source_link(book, id))),
        checked: site
            .engine
            .if_used("checked", || checked.map(|day| text::date(site.strings, day))),
    }
}

/// The note of a fact, with the version since which it is so.
fn note(site: &Site<'_>, fact: &Fact) -> String {
    let since = fact.since.as_ref();
    let since =
        since.map(|version| site.strings.say(Key::Since, &[("version", version)]));
    let parts: Vec<String> = since.into_iter().chain(fact.note.clone()).collect();
    parts.join(" ")
}

/// A source by its publisher, on the page of sources.
fn source_link(book: &Book, id: SourceId) -> Link {
    let source = &book[id];
    let title = source.publisher.as_ref().unwrap_or(&source.title);
    shared::link(title.as_str(), format!("sources/#{}", anchor::source(&source.id)))
}

fn unknown(site: &Site<'_>, id: FrameworkId) -> Vec<UnknownFact> {
    let criteria = with_ids(&site.book.criteria);
    let unknown =
        criteria.filter(|(c, _)| matches!(site.book.cell(id, *c), Cell::Unknown));
    let view = |(criterion, about): (CriterionId, &crate::book::Criterion)| UnknownFact {
        title: about.title.clone(),
        route: site.plan.route(Subject::Criterion(criterion)).to_string(),
        question: about.question.clone(),
    };
    unknown.map(view).collect()
}

fn pairs(site: &Site<'_>, id: FrameworkId) -> Vec<Link> {
    let others = lists::by_name(site, |other| other != id);
    let pairs = others.into_iter().filter_map(|other| site.plan.pair(id, other));
    pairs.map(|pair| shared::pair(site, pair)).collect()
}

/// Guides and questions that mention a framework.
fn mentions(site: &Site<'_>, id: FrameworkId) -> Vec<Link> {
    let book = site.book;
    let is_about = |targets: &[Target]| targets.iter().any(|t| shared::is_about(t, id));
    let guides = with_ids(&book.guides)
        .filter(|(_, guide)| {
            is_about(&guide.related_links.related) || is_about(&guide.prose.targets)
        })
        .map(|(guide, about)| {
            shared::link(&*about.title, site.plan.route(Subject::Guide(guide)))
        });
    let questions = book.faq.groups.iter().flat_map(|group| &group.questions);
    let questions = questions
        .filter(|question| {
            let prose = book.faq.section.prose.as_ref();
            prose.is_some_and(|prose| is_mentioned(prose, &question.answer, id))
        })
        .map(|question| shared::link(&*question.title, format!("faq/#{}", question.id)));
    guides.chain(questions).collect()
}

/// Whether some events of a text have a link to a framework.
fn is_mentioned(
    prose: &Prose,
    events: &std::ops::Range<usize>,
    framework: FrameworkId,
) -> bool {
    let links = prose.raw.links.iter().zip(&prose.targets);
    links
        .filter(|(link, _)| events.contains(&link.event))
        .any(|(_, target)| shared::is_about(target, framework))
}

fn changes(site: &Site<'_>, id: FrameworkId) -> Vec<ChangeView> {
    let is_about = |target: &Target| shared::is_about(target, id);
    let changes = site.book.changes.iter().filter(|c| c.about.iter().any(is_about));
    shared::changes(site, changes)
}
