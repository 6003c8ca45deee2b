//! All goals: who leads each, or that it is a close call.

use serde::Serialize;
use tera::Context;

use super::kind::{Menu, PageKind, fixed_metadata};
use crate::book::{GoalId, Key, Target, with_ids};
use crate::diag::Diagnostic;
use crate::plan::{Metadata, Page, ResultKind};
use crate::rank::Answer;
use crate::site::engine::Form;
use crate::site::link;
use crate::site::parts::context;
use crate::site::sentences;
use crate::site::{Contents, Site, text};

/// The data of the template `goals.html`.
#[derive(Serialize)]
struct GoalsView {
    /// The goals, by slug.
    goals: Vec<GoalCard>,
}

/// A goal in one glance.
#[derive(Serialize)]
pub(super) struct GoalCard {
    /// Its name.
    title: String,
    /// Its page.
    route: String,
    /// A word on the first place, such as "Close call"; empty if it is clear.
    mark: String,
    /// The kind of badge that the word is shown in.
    mark_kind: &'static str,
    /// The framework that is first, and those close to it.
    leaders: String,
    /// Their scores; empty if nobody is ranked.
    scores: String,
    /// One sentence on why.
    reason: String,
}

/// All goals.
pub(super) struct Goals;

impl PageKind for Goals {
    type Subject = ();

    const NAME: &'static str = "goals";
    const TEMPLATE: &'static str = "goals.html";
    const DOC: &'static str = "all goals with their leaders";
    const ROUTE: &'static str = "best-for/";
    const MENU: Menu = Menu::Header;
    const RESULT_KIND: ResultKind = ResultKind::List;

    fn metadata(contents: Contents<'_>, (): ()) -> Metadata {
        fixed_metadata(contents, [Key::NavGoals, Key::TitleGoals, Key::AboutGoals])
    }

    fn view(
        site: &Site<'_>,
        _page: &Page,
        (): (),
        _form: Form,
    ) -> Result<Context, Vec<Diagnostic>> {
        let goals = with_ids(&site.book.goals).map(|(id, _)| card(site, id)).collect();
        Ok(context(&GoalsView { goals }))
    }
}

/// A goal in one glance.
pub(super) fn card(site: &Site<'_>, id: GoalId) -> GoalCard {
    let say = sentences::of_goal(site, id);
    let link = link::link(site, &Target::Goal(id, None));
    let leaders = match say.ranking.answer {
        Answer::Clear | Answer::Tie => say.winners(),
        Answer::Close => say.lead_group().iter().map(|place| place.framework).collect(),
        Answer::Nobody => Vec::new(),
    };
    let (mark, mark_kind) = match say.ranking.answer {
        Answer::Clear => ("", ""),
        Answer::Close => (site.strings.get(Key::GoalBadgeClose), "warn"),
        Answer::Tie => (site.strings.get(Key::GoalBadgeTie), "warn"),
        Answer::Nobody => (site.strings.get(Key::GoalsNobody), "warn"),
    };
    let scores = say.ranking.ranked.iter().take(leaders.len());
    let mut scores: Vec<_> =
        scores.map(|place| text::tenths(site.strings, place.tenths)).collect();
    scores.dedup();
    GoalCard {
        title: link.title,
        route: link.route,
        mark: mark.to_owned(),
        mark_kind,
        leaders: say.names(&leaders),
        scores: scores.join(", "),
        reason: reason(site, id),
    }
}

/// The author's reason for the first place, or the criteria that decide between the
/// leaders.
fn reason(site: &Site<'_>, id: GoalId) -> String {
    let say = sentences::of_goal(site, id);
    let first = say.ranking.ranked.first().map(|place| place.framework);
    let why = say.goal().why.iter().find(|(framework, _)| Some(*framework) == first);
    match (say.ranking.answer, why) {
        (Answer::Clear, Some((_, why))) => why.clone(),
        (Answer::Close, _) => say.smallest_step(),
        (Answer::Clear | Answer::Tie | Answer::Nobody, _) => say.answer(),
    }
}
