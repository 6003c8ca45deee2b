//! Recommendations of cited articles, beside the ranking.

use super::{Sentences, list, rank};
use crate::book::{FrameworkId, Key, SourceId};

/// The recommendation of one article for a goal.
#[derive(Debug)]
pub struct Opinion {
    /// The article.
    pub source: SourceId,
    /// Its recommendation and whether the ranking agrees, to be read after its title.
    pub text: String,
    /// Whether the ranking agrees.
    pub verdict: Verdict,
}

/// Whether a ranking agrees with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// On all that it recommends.
    Agrees,
    /// On some of it.
    Partly,
    /// On none of it.
    Disagrees,
    /// There is no ranking to agree with.
    Open,
}

impl Sentences<'_> {
    /// The recommendation of each cited article, in the order of the goal's picks.
    ///
    /// The ranking agrees with a pick that is first or within the goal's margin of it.
    pub fn opinions(&self) -> Vec<Opinion> {
        let mut articles: Vec<(SourceId, Vec<FrameworkId>)> = Vec::new();
        for pick in &self.goal().picks {
            match articles.iter_mut().find(|(source, _)| *source == pick.source) {
                Some((_, picks)) => picks.push(pick.framework),
                None => articles.push((pick.source, vec![pick.framework])),
            }
        }
        let articles = articles.iter();
        articles.map(|(source, picks)| self.opinion(*source, picks)).collect()
    }

    fn opinion(&self, source: SourceId, picks: &[FrameworkId]) -> Opinion {
        let group = self.lead_group();
        let is_lead = |id: &FrameworkId| group.iter().any(|place| place.framework == *id);
        let (agreed, others): (Vec<_>, Vec<_>) = picks.iter().copied().partition(is_lead);
        let verdict = match (agreed.is_empty(), others.is_empty()) {
            (_, true) => Verdict::Agrees,
            (false, false) => Verdict::Partly,
            (true, false) if self.ranking.ranked.is_empty() => Verdict::Open,
            (true, false) => Verdict::Disagrees,
        };
        let key = match verdict {
            Verdict::Agrees => Key::GoalPickAgree,
            Verdict::Partly => Key::GoalPickPartly,
            Verdict::Disagrees => Key::GoalPickDisagree,
            Verdict::Open => Key::GoalPickNobody,
        };
        let places: Vec<_> = picks.iter().map(|id| self.with_place(*id)).collect();
        let places: Vec<_> = places.iter().map(String::as_str).collect();
        let values = [
            ("picks", &*list(&places, self.strings.get(Key::And))),
            ("agreed", &self.names(&agreed)),
            ("others", &self.names(&others)),
            ("first", &self.names(&self.winners())),
        ];
        let text = self.strings.say(key, &values);
        Opinion { source, text, verdict }
    }

    /// A framework's name with its place.
    fn with_place(&self, framework: FrameworkId) -> String {
        let name = self.book[framework].name.as_str();
        let mut ranked = self.ranking.ranked.iter();
        match ranked.find(|place| place.framework == framework) {
            Some(place) => {
                let rank = rank(place);
                self.strings.say(Key::GoalPickRanked, &[("name", name), ("rank", &rank)])
            }
            None => self.strings.say(Key::GoalPickUnranked, &[("name", name)]),
        }
    }
}
