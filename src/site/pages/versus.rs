//! Two frameworks head to head: an answer, when to choose which, and where they differ.

use serde::Serialize;
use tera::Context;

use super::compare::Compare;
use super::kind::{Llms, PageKind, newest};
use crate::book::{
    Cell, CriterionId, Fact, FrameworkId, Key, Prose, SourceId, Target, Withheld,
    with_ids,
};
use crate::diag::{Diagnostic, Span};
use crate::plan::{Metadata, Page, Pair, PairId, ResultKind, Route, Subject};
use crate::site::engine::Form;
use crate::site::json_ld::Node;
use crate::site::link::Link;
use crate::site::parts::matrix::{Marks, Matrix};
use crate::site::parts::pair::PairTable;
use crate::site::parts::pair_goals::{self, GoalRow};
use crate::site::parts::shared::Name;
use crate::site::parts::{context, matrix, pair, shared};
use crate::site::search::Entry;
use crate::site::text::DateView;
use crate::site::{Contents, Site, json_ld, text};

/// The fewest words of a verdict with which search engines may list a page.
const MIN_WORDS: usize = 60;

/// The data of the template `versus.html`.
#[derive(Serialize)]
struct VersusView {
    /// The heading: "Django vs Laravel".
    title: String,
    /// The first framework.
    first: Name,
    /// The second framework.
    second: Name,
    /// The answer in one or two sentences.
    answer: String,
    /// The number of criteria known for both.
    counts: String,
    /// The oldest day on which one of the facts was checked.
    oldest: Option<DateView>,
    /// The heading above `choose_first`.
    choose_first_title: String,
    /// When to choose the first.
    choose_first: Vec<String>,
    /// The heading above `choose_second`.
    choose_second_title: String,
    /// When to choose the second.
    choose_second: Vec<String>,
    /// The verdict as prose; empty if nobody wrote one.
    verdict: tera::Value,
    /// Criteria that differ.
    differences: Option<Matrix>,
    /// The same, with finished rows.
    differences_table: Option<PairTable>,
    /// The caption of the table of goals.
    goals_caption: String,
    /// The meaning of its shapes.
    goals_note: String,
    /// Goals with both scores.
    goals: Vec<GoalRow>,
    /// The same, as finished rows.
    goal_rows: Option<tera::Value>,
    /// The words that open the table of what is the same.
    same_summary: String,
    /// Criteria that are the same, with one column for both.
    same: Option<Matrix>,
    /// The same, with finished rows.
    same_table: Option<PairTable>,
    /// All criteria in the order of the book, with finished rows.
    facts_table: Option<PairTable>,
    /// Criteria that cannot be compared.
    apart: Vec<Apart>,
    /// Both profiles, and other pairs with one of the two.
    related: Vec<Link>,
    /// Sources of what is compared.
    sources: Vec<SourceRow>,
}

/// A criterion that cannot be compared.
#[derive(Serialize)]
struct Apart {
    /// The criterion.
    title: String,
    /// Its page.
    route: String,
    /// The missing value: "Django: Unknown".
    text: String,
}

/// A source of what is compared.
#[derive(Serialize)]
struct SourceRow {
    /// Its title.
    title: String,
    /// Its part of the page of sources.
    route: String,
    /// The day on which it was last read.
    checked: Option<DateView>,
}

/// The criteria of a pair, by the outcome of comparing them.
#[derive(Default)]
struct Split {
    /// Known for both, and not the same.
    differ: Vec<CriterionId>,
    /// Known for both, and the same.
    same: Vec<CriterionId>,
    /// Unknown or not applicable for one of them.
    apart: Vec<CriterionId>,
}

/// Two frameworks head to head.
pub(super) struct VersusPage;

impl PageKind for VersusPage {
    type Subject = PairId;

    const NAME: &'static str = "versus";
    const TEMPLATE: &'static str = "versus.html";
    const DOC: &'static str = "two frameworks head to head";
    const ROUTE: &'static str = "compare/FRAMEWORK-vs-FRAMEWORK/";
    const LLMS: Llms = Llms::List(Key::HomePairs);
    const PARENT: Option<&'static str> = Some(Compare::NAME);
    const RESULT_KIND: ResultKind = ResultKind::Versus;
    const HAS_ALTERNATE: bool = true;

    fn route(contents: Contents<'_>, id: PairId) -> Route {
        let pair = &contents.plan.pairs[id.index()];
        let [first, second] = [pair.first, pair.second].map(|id| &contents.book[id].slug);
        Route::new(format!("compare/{first}-vs-{second}/"))
    }

    fn metadata(contents: Contents<'_>, id: PairId) -> Metadata {
        let Contents { book, plan, .. } = contents;
        let pair = &plan.pairs[id.index()];
        let (first, second) = (&book[pair.first], &book[pair.second]);
        let cells = || first.cells.iter().zip(&second.cells);
        let compared =
            cells().filter(|(a, b)| a.known().is_some() && b.known().is_some()).count();
        let names = [("first", first.name.as_str()), ("second", second.name.as_str())];
        let title = book.strings.say(Key::TitleVersus, &names);
        let words = pair.verdict.map_or(0, |verdict| book[verdict].prose.raw.words);
        Metadata {
            label: title.clone(),
            title,
            description: book.strings.count(Key::AboutVersus, compared, &names),
            updated: newest(first.cells.iter().chain(&second.cells)),
            is_hidden: words < MIN_WORDS,
            is_unlisted: pair.verdict.is_none(),
        }
    }

    fn span(contents: Contents<'_>, id: PairId) -> Option<Span> {
        let pair = &contents.plan.pairs[id.index()];
        let first = contents.book[pair.first].span;
        Some(pair.verdict.map_or(first, |verdict| contents.book[verdict].span))
    }

    fn source_file(contents: Contents<'_>, id: PairId) -> String {
        let pair = &contents.plan.pairs[id.index()];
        let [first, second] = [pair.first, pair.second].map(|id| &contents.book[id].slug);
        let file = |_| format!("content/versus/{first}-vs-{second}.md");
        pair.verdict.map_or_else(String::new, file)
    }

    fn prose(contents: Contents<'_>, id: PairId) -> Option<&Prose> {
        let verdict = contents.plan.pairs[id.index()].verdict?;
        Some(&contents.book[verdict].prose)
    }

    fn withheld(contents: Contents<'_>, id: PairId) -> Option<Withheld> {
        let verdict = contents.plan.pairs[id.index()].verdict?;
        contents.book[verdict].withheld
    }

    fn json_ld(site: &Site<'_>, page: &Page, id: PairId) -> Option<Node> {
        let Pair { first, second, .. } = site.plan.pairs[id.index()];
        let about = [first, second].map(|id| json_ld::named(site, id));
        Some(json_ld::article(site, page, about.into()))
    }

    fn search_entry<'s>(
        _site: &'s Site<'_>,
        _page: &'s Page,
        _id: PairId,
        entry: Entry<'s>,
    ) -> Entry<'s> {
        entry
    }

    fn view(
        site: &Site<'_>,
        page: &Page,
        id: PairId,
        form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let (book, strings) = (site.book, site.strings);
        let pair = &site.plan.pairs[id.index()];
        let (first, second) = (&book[pair.first].name, &book[pair.second].name);
        let names = [("first", first.as_str()), ("second", second.as_str())];
        let split = split(site, pair);
        let used = site.engine.used_fields(Self::TEMPLATE, form);
        let verdict = pair.verdict.map(|id| &book[id]);
        let prose = verdict.map(|verdict| &verdict.prose);
        let choose = choose(site, pair);
        let view = VersusView {
            title: strings.say(Key::TitleVersus, &names),
            first: shared::name(site, pair.first),
            second: shared::name(site, pair.second),
            answer: used.if_used("answer", || answer(site, pair, &split)),
            counts: used.if_used("counts", || counts(site, &split)),
            oldest: used.if_used("oldest", || oldest(site, pair)),
            choose_first_title: choose.titles[0].clone(),
            choose_first: choose.first.to_vec(),
            choose_second_title: choose.titles[1].clone(),
            choose_second: choose.second.to_vec(),
            verdict: shared::prose_in(site, prose, page, form)?,
            differences: used
                .if_used("differences", || Some(differences(site, pair, &split.differ))),
            differences_table: used.try_if_used("differences_table", || {
                table(site, pair, Rows::Different(&split))
            })?,
            goals_caption: strings.get(Key::VersusGoalsCaption).to_owned(),
            goals_note: used
                .if_used("goals_note", || strings.say(Key::VersusGoalsNote, &names)),
            goals: used.if_used("goals", || pair_goals::goals(site, pair)),
            goal_rows: used
                .try_if_used("goal_rows", || pair_goals::goal_rows(site, pair))?,
            same_summary: used.if_used("same_summary", || {
                site.strings.count(Key::VersusSameSummary, split.same.len(), &[])
            }),
            same: used.if_used("same", || Some(same(site, pair, &split.same))),
            same_table: used
                .try_if_used("same_table", || table(site, pair, Rows::Same(&split)))?,
            facts_table: used
                .try_if_used("facts_table", || table(site, pair, Rows::All))?,
            apart: used.if_used("apart", || apart(site, pair, &split.apart)),
            related: used.if_used("related", || related(site, pair)),
            sources: used.if_used("sources", || sources(site, pair)),
        };
        Ok(context(&view))
    }
}

fn split(site: &Site<'_>, pair: &Pair) -> Split {
    let mut split = Split::default();
    for (id, _) in with_ids(&site.book.criteria) {
        let cells = (site.book.cell(pair.first, id), site.book.cell(pair.second, id));
        match cells {
            (Cell::Known(a), Cell::Known(b)) if a.value == b.value => split.same.push(id),
            (Cell::Known(_), Cell::Known(_)) => split.differ.push(id),
            _ => split.apart.push(id),
        }
    }
    split
}

/// One or two sentences from counts, with both sides named.
fn answer(site: &Site<'_>, pair: &Pair, split: &Split) -> String {
    let (book, strings) = (site.book, site.strings);
    let count = split.differ.len() + split.same.len();
    let key = match (split.differ.len(), count) {
        (_, 0) => Key::VersusAnswerNothing,
        (0, _) => Key::VersusAnswerSame,
        (_, _) => Key::VersusAnswer,
    };
    let goals = pair_goals::answer_goals(site, pair);
    let values = [
        ("first", book[pair.first].name.as_str()),
        ("second", &book[pair.second].name),
        ("differ", &split.differ.len().to_string()),
        ("goals", &goals),
    ];
    strings.count(key, count, &values).trim().to_owned()
}

fn counts(site: &Site<'_>, split: &Split) -> String {
    let known = split.differ.len() + split.same.len();
    let all = site.strings.count(Key::CountCriteria, known + split.apart.len(), &[]);
    let values = [("known", known.to_string()), ("criteria", all)];
    let values = values.each_ref().map(|(name, text)| (*name, text.as_str()));
    site.strings.say(Key::VersusCounts, &values)
}

/// Reasons for each side, with their headings.
struct Choose<'b> {
    titles: [String; 2],
    first: &'b [String],
    second: &'b [String],
}

/// The reasons of the verdict; without one, what each framework says it fits.
fn choose<'b>(site: &Site<'b>, pair: &Pair) -> Choose<'b> {
    let book = site.book;
    let verdict = pair.verdict.map(|id| &book[id]);
    let verdict =
        verdict.filter(|v| !v.choose_first.is_empty() || !v.choose_second.is_empty());
    let (key, first, second) = match verdict {
        Some(verdict) => {
            (Key::VersusChooseOne, &verdict.choose_first, &verdict.choose_second)
        }
        None => {
            (Key::VersusFitOne, &book[pair.first].good_fit, &book[pair.second].good_fit)
        }
    };
    let titles = [pair.first, pair.second]
        .map(|id| site.strings.say(key, &[("name", &book[id].name)]));
    Choose { titles, first, second }
}

fn differences(site: &Site<'_>, pair: &Pair, criteria: &[CriterionId]) -> Matrix {
    let both = [pair.first, pair.second];
    let mut matrix = matrix::matrix(site, &both, criteria, Marks::Better);
    matrix.caption = site.strings.get(Key::VersusDifferencesCaption).to_owned();
    matrix.note = site.strings.count(Key::VersusDifferencesNote, criteria.len(), &[]);
    matrix
}

/// The rows of a table.
enum Rows<'s> {
    /// Criteria that differ.
    Different(&'s Split),
    /// Criteria that are the same.
    Same(&'s Split),
    /// All criteria.
    All,
}

/// A table with finished rows.
fn table(site: &Site<'_>, pair: &Pair, rows: Rows<'_>) -> MaybeTable {
    let both = [pair.first, pair.second];
    let mut table = match rows {
        Rows::Different(split) => {
            let note =
                site.strings.count(Key::VersusDifferencesNote, split.differ.len(), &[]);
            let mut table = pair::table(site, &both, &split.differ, Marks::Better)?;
            table.note = note;
            table
        }
        Rows::Same(split) => {
            let mut table = pair::table(site, &both[..1], &split.same, Marks::Off)?;
            for column in &mut table.columns {
                site.strings.get(Key::VersusBoth).clone_into(&mut column.name);
                column.route = String::new();
            }
            table
        }
        Rows::All => {
            let all = with_ids(&site.book.criteria).map(|(id, _)| id);
            pair::table(site, &both, &all.collect::<Vec<_>>(), Marks::Better)?
        }
    };
    let caption = match rows {
        Rows::Different(_) => Key::VersusDifferencesCaption,
        Rows::Same(_) => Key::VersusSameCaption,
        Rows::All => Key::VersusFactsCaption,
    };
    site.strings.get(caption).clone_into(&mut table.caption);
    Ok(Some(table))
}

/// A table, or what its rows report; none where no template shows it.
type MaybeTable = Result<Option<PairTable>, Vec<Diagnostic>>;

fn same(site: &Site<'_>, pair: &Pair, criteria: &[CriterionId]) -> Matrix {
    let mut matrix = matrix::matrix(site, &[pair.first], criteria, Marks::Off);
    matrix.caption = site.strings.get(Key::VersusSameCaption).to_owned();
    for column in &mut matrix.columns {
        column.name = site.strings.get(Key::VersusBoth).to_owned();
        column.route = String::new();
    }
    matrix
}

fn apart(site: &Site<'_>, pair: &Pair, criteria: &[CriterionId]) -> Vec<Apart> {
    let item = |id: &CriterionId| {
        let state = |framework: FrameworkId| {
            if site.book.cell(framework, *id).known().is_some() {
                return None;
            }
            let state = site.cell(framework, *id).text.as_str();
            let values = [("name", site.book[framework].name.as_str()), ("state", state)];
            Some(site.strings.say(Key::VersusApartItem, &values))
        };
        let states = [pair.first, pair.second].into_iter().filter_map(state);
        Apart {
            title: site.book[*id].title.clone(),
            route: site.plan.route(Subject::Criterion(*id)).to_string(),
            text: states.collect::<Vec<_>>().join(", "),
        }
    };
    criteria.iter().map(item).collect()
}

/// Both profiles, then other pairs with one of the two.
fn related(site: &Site<'_>, pair: &Pair) -> Vec<Link> {
    let others = with_ids(&site.book.frameworks).map(|(id, _)| id);
    let others: Vec<FrameworkId> =
        others.filter(|id| *id != pair.first && *id != pair.second).collect();
    let with = |id: FrameworkId| {
        let pairs = others.iter().filter_map(move |other| site.plan.pair(id, *other));
        pairs.take(RELATED).map(|id| shared::pair(site, id))
    };
    let profiles = [pair.first, pair.second].map(|id| shared::profile(site, id));
    profiles.into_iter().chain(with(pair.first)).chain(with(pair.second)).collect()
}

/// The most other pairs that are listed for each of the two.
const RELATED: usize = 6;

/// The facts of a pair that have a source or a date.
fn facts<'b>(site: &Site<'b>, pair: &Pair) -> impl Iterator<Item = &'b Fact> + use<'b> {
    let cells = site.book[pair.first].cells.iter().chain(&site.book[pair.second].cells);
    cells.filter_map(Cell::known)
}

fn oldest(site: &Site<'_>, pair: &Pair) -> Option<DateView> {
    let oldest = facts(site, pair).filter_map(|fact| fact.checked).min()?;
    Some(text::date(site.strings, oldest))
}

/// The sources of what is compared, in the order of the page of sources.
fn sources(site: &Site<'_>, pair: &Pair) -> Vec<SourceRow> {
    let mut ids: Vec<SourceId> = facts(site, pair).filter_map(|f| f.source).collect();
    ids.sort_unstable();
    ids.dedup();
    let row = |id: &SourceId| {
        let source = &site.book[*id];
        SourceRow {
            title: source.title.clone(),
            route: site.plan.href(site.book, &Target::Source(*id)),
            checked: source.checked.map(|day| text::date(site.strings, day)),
        }
    };
    ids.iter().map(row).collect()
}
