//! Help with choosing: goals by need, must-haves that filter, weights of the reader's own.

use serde::Serialize;
use tera::Context;

use super::goals;
use super::goals::GoalCard;
use super::kind::{Menu, PageKind, all_cells, fixed_metadata, newest};
use crate::book::{FrameworkId, Key, Part, Target, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{FileKind, Metadata, Page, anchor};
use crate::rank::Truth;
use crate::site::engine::Form;
use crate::site::filters::{About, Filter};
use crate::site::link;
use crate::site::parts::places::PlaceView;
use crate::site::parts::shared::Name;
use crate::site::parts::{View, context, lists, places, shared, shown};
use crate::site::{Contents, Site, filters};

/// The data of the template `choose.html`.
#[derive(Serialize)]
struct ChooseView<'a> {
    /// The heading.
    title: &'a str,
    /// One sentence about the page.
    lead: &'a str,
    /// Goals, by slug.
    goals: Vec<NeedView<'a>>,
    /// Requirements that readers can choose, in groups.
    filters: Vec<FilterGroup>,
    /// Criteria that can be weighed, in groups.
    groups: Vec<WeightGroup<'a>>,
    /// All frameworks, by name.
    frameworks: Vec<CardView<'a>>,
    /// A place in which every part is there, for the script to fill.
    blank: PlaceView,
    /// The number of places shown with all their reasons.
    full: usize,
    /// The caption of the table of the other places.
    rest_caption: String,
    /// The route of the file that the script ranks from.
    scores: String,
}

/// A goal as a need.
#[derive(Serialize)]
struct NeedView<'a> {
    /// Its slug.
    slug: &'a str,
    /// The readers who have this need.
    audience: &'a str,
    /// The goal in one glance.
    #[serde(flatten)]
    card: GoalCard,
}

/// Must-haves of one group.
#[derive(Serialize)]
struct FilterGroup {
    /// Their subject; empty for a group of several criteria.
    title: String,
    /// Their key, if only one of them can be chosen; else empty.
    only: String,
    /// The things.
    filters: Vec<FilterView>,
}

/// Something that can be asked for.
#[derive(Serialize)]
struct FilterView {
    /// Its name on the page.
    id: String,
    /// Its key in an address.
    key: String,
    /// Its value in an address.
    value: String,
    /// Its subject.
    about: String,
    /// The required value.
    need: String,
    /// The number of frameworks that have it.
    count: String,
    /// Slugs of the frameworks that are not known to have it, with spaces between.
    lack: String,
}

/// Criteria of a group that can be weighed.
#[derive(Serialize)]
struct WeightGroup<'a> {
    /// The name of the part of the page.
    id: String,
    /// The group.
    title: &'a str,
    /// The criteria.
    criteria: Vec<WeightView<'a>>,
}

/// A criterion that can be weighed.
#[derive(Serialize)]
struct WeightView<'a> {
    /// Its id.
    id: &'a str,
    /// Its name.
    title: &'a str,
    /// Its page.
    route: String,
    /// The words of the link, for readers who do not see the mark.
    more: String,
}

/// A framework that may fit.
#[derive(Serialize)]
struct CardView<'a> {
    /// Its slug.
    slug: &'a str,
    /// The framework.
    framework: Name,
    /// Its contents.
    summary: &'a str,
}

/// The data of the template `choose.css`.
#[derive(Serialize)]
struct StyleView<'a> {
    /// Slugs of the frameworks.
    frameworks: Vec<&'a str>,
}

/// Must-haves and weights of the reader's own.
pub(super) struct Choose;

impl PageKind for Choose {
    type Subject = ();

    const NAME: &'static str = "choose";
    const TEMPLATE: &'static str = "choose.html";
    const DOC: &'static str = "must-haves and weights of the reader's own";
    const ROUTE: &'static str = "choose/";
    const MENU: Menu = Menu::Header;

    fn is_made(contents: Contents<'_>, (): ()) -> bool {
        contents.book.has(Part::Choose)
    }

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        Metadata {
            updated: newest(all_cells(contents)),
            ..fixed_metadata(
                contents,
                [Key::NavChoose, Key::TitleChoose, Key::AboutChoose],
            )
        }
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let book = site.book;
        let scores = site.plan.files.iter().find(|file| file.kind == FileKind::Scores);
        let goals = with_ids(&book.goals).map(|(id, goal)| NeedView {
            slug: &goal.slug,
            audience: goal.audience.as_deref().unwrap_or_default(),
            card: goals::card(site, id),
        });
        let card = |id: FrameworkId| CardView {
            slug: &book[id].slug,
            framework: shared::name(site, id),
            summary: &book[id].summary,
        };
        let all = lists::by_name(site, |_| true);
        let view = ChooseView {
            title: site.strings.get(Key::ChooseTitle),
            lead: site.strings.get(Key::ChooseLead),
            goals: goals.collect(),
            filters: filter_groups(site),
            groups: groups(site),
            frameworks: all.into_iter().map(card).collect(),
            blank: places::blank(),
            full: places::FULL_PLACES,
            rest_caption: site.strings.say(
                Key::GoalRestCaption,
                &[("count", &places::FULL_PLACES.to_string())],
            ),
            scores: scores.map_or_else(String::new, |file| file.route.to_string()),
        };
        Ok(context(&view))
    }
}

/// The style rules of the page: for each framework, what hides it when it lacks a must-have.
pub(super) fn style(site: &Site<'_>) -> View {
    let frameworks = site.book.frameworks.iter().map(|f| f.slug.as_str()).collect();
    shown("choose.css", &StyleView { frameworks })
}

/// Requirements that readers can choose: languages, then criteria of one kind of need,
/// then those of several, of which one can be chosen.
fn filter_groups(site: &Site<'_>) -> Vec<FilterGroup> {
    let filters = filters::all(site.book);
    let with_key =
        |key: &str| filters.iter().filter(move |filter| filter.key == key).count();
    let mut languages = Vec::new();
    let mut alone = Vec::new();
    let mut several: Vec<FilterGroup> = Vec::new();
    for (at, filter) in filters.iter().enumerate() {
        let view = filter_view(site, at, filter);
        match filter.about {
            About::Language(_) => languages.push(view),
            About::Criterion(_) if with_key(&filter.key) == 1 => alone.push(view),
            About::Criterion(_) => match several.last_mut() {
                Some(group) if group.only == filter.key => group.filters.push(view),
                Some(_) | None => several.push(FilterGroup {
                    title: view.about.clone(),
                    only: filter.key.clone(),
                    filters: vec![view],
                }),
            },
        }
    }
    let first = languages.first();
    let (title, only) = first.map(|a| (a.about.clone(), a.key.clone())).unzip();
    let languages = FilterGroup {
        title: title.unwrap_or_default(),
        only: only.unwrap_or_default(),
        filters: languages,
    };
    let alone = FilterGroup { title: String::new(), only: String::new(), filters: alone };
    let all = [languages, alone].into_iter().chain(several);
    all.filter(|group| !group.filters.is_empty()).collect()
}

fn filter_view(site: &Site<'_>, at: usize, filter: &Filter) -> FilterView {
    let frameworks = site.book.frameworks.iter().zip(&filter.truths);
    let lack = frameworks.filter(|(_, truth)| **truth != Truth::True);
    let lack: Vec<&str> = lack.map(|(framework, _)| framework.slug.as_str()).collect();
    let all = filter.truths.len();
    let (met, count) = ((all - lack.len()).to_string(), all.to_string());
    let (about, need) = filters::filter_words(site, filter);
    FilterView {
        id: format!("X-need-{}", at + 1),
        key: filter.key.clone(),
        value: filter.value.clone(),
        about,
        need,
        count: site.strings.say(Key::CountOf, &[("known", &met), ("all", &count)]),
        lack: lack.join(" "),
    }
}

/// Criteria that can be weighed.
fn groups<'a>(site: &Site<'a>) -> Vec<WeightGroup<'a>> {
    let book = site.book;
    let groups = with_ids(&book.groups).map(|(id, group)| {
        let criteria = book.criteria_of(id).filter(|(_, c)| c.kind.is_scored());
        let criteria = criteria.map(|(id, criterion)| {
            let title = criterion.title.as_str();
            WeightView {
                id: &criterion.id,
                title,
                route: link::link(site, &Target::Criterion(id, None)).route,
                more: site.strings.say(Key::ChooseAbout, &[("criterion", title)]),
            }
        });
        WeightGroup {
            id: anchor::group(&group.id),
            title: &group.title,
            criteria: criteria.collect(),
        }
    });
    groups.filter(|group| !group.criteria.is_empty()).collect()
}
