//! The ranking of a goal.

use serde::Serialize;

use super::kind::Kind;
use crate::book::{EmbedNames, GoalId, Target};
use crate::schema::keys::schema;
use crate::schema::reader::{BoundedInt, Name};
use crate::site::link::{self, Link};
use crate::site::parts::places::{self, PlaceView};
use crate::site::parts::{View, shown};
use crate::site::{Site, sentences};

schema! {
    /// The ranking of a goal.
    Body at "```ranking" {
        /// The goal.
        goal: Name,
        /// The number of frameworks shown, from the first.
        top: Option<BoundedInt<1, 1000>>,
    }
}

/// The view of `embeds/ranking.html`.
#[derive(Serialize)]
struct RankingView {
    /// The goal.
    goal: Link,
    /// The answer to the goal's question.
    answer: String,
    /// The first places, without their parts.
    places: Vec<PlaceView>,
}

/// The ranking of a goal.
pub(super) struct Ranking {
    goal: GoalId,
    /// The number of frameworks to show, from the first.
    top: Option<usize>,
}

impl Kind for Ranking {
    type Body = Body;

    const NAME: &'static str = "ranking";
    const EXAMPLE: &'static str = "goal = \"small-sites\"\ntop = 3";

    fn resolve(body: &Body, names: &mut EmbedNames<'_>) -> Option<Self> {
        let top = body.top.as_ref().and_then(|top| usize::try_from(top.0.value).ok());
        Some(Self { goal: names.goal(&body.goal)?, top })
    }

    fn view(&self, site: &Site<'_>) -> View {
        let say = sentences::of_goal(site, self.goal);
        let places = say.ranking.ranked.iter().take(self.top.unwrap_or(usize::MAX));
        let view = RankingView {
            goal: link::link(site, &Target::Goal(self.goal, None)),
            answer: say.answer(),
            places: places.map(|place| places::brief(site, self.goal, place)).collect(),
        };
        shown("embeds/ranking.html", &view)
    }
}
