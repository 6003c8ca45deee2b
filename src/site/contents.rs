//! The data that all pages of a site share.

use super::card::Card;
use super::cell::Cell;
use super::engine::Engine;
use super::highlight::Highlighter;
use super::parts::pair_cache::PairCache;
use super::theme::Asset;
use crate::book::{Book, CriterionId, FrameworkId, GoalId, Strings};
use crate::plan::{NOT_FOUND, Page, Plan};
use crate::rank::{Ranked, Rankings};

/// The contents of a site, from the stages before this one.
#[derive(Debug, Clone, Copy)]
pub struct Contents<'a> {
    /// The checked model.
    pub book: &'a Book,
    /// The rankings of its goals.
    pub rankings: &'a Rankings,
    /// Its pages and files.
    pub plan: &'a Plan,
}

/// A site that can produce its files.
pub struct Site<'a> {
    /// The checked model.
    pub(super) book: &'a Book,
    /// The rankings of its goals.
    pub(super) rankings: &'a Rankings,
    /// Its pages and files.
    pub(super) plan: &'a Plan,
    /// The theme's words.
    pub(super) strings: &'a Strings,
    /// The theme's templates.
    pub(super) engine: Engine<'a>,
    /// The theme's assets, and those made for this book.
    pub(super) assets: Vec<Asset>,
    /// Colours code blocks.
    pub(super) highlighter: Highlighter,
    /// The picture of each page for social networks, in the order of the plan.
    pub(super) cards: Vec<Option<Card>>,
    /// Every cell of the book, by framework, then by criterion.
    pub(super) cells: Vec<Vec<Cell>>,
    /// Every criterion as the head of a row or column.
    pub(super) heads: Vec<tera::Value>,
    /// Rows and cells of the pages of two frameworks.
    pub(super) pair_cache: PairCache,
    /// Frameworks in the order of their names.
    pub(super) by_name: Vec<FrameworkId>,
    /// Links to every goal.
    pub(super) goals: Vec<tera::Value>,
    /// By goal, then by framework: its position in the ranking, if it has one.
    pub(super) places: Vec<Vec<Option<usize>>>,
    /// By framework, then by goal: its score in tenths of a point, if it has one.
    pub(super) scores: Vec<Vec<Option<u32>>>,
    /// Paths of all files below the output folder, in byte order.
    pub(super) paths: Vec<String>,
    /// The file at each of the paths.
    pub(super) files: Vec<File>,
}

/// The contents of a file of the site, by position.
#[derive(Debug, Clone, Copy)]
pub(super) enum File {
    /// A page of the plan.
    Page(usize),
    /// A file of the plan.
    Planned(usize),
    /// An asset of the theme.
    Asset(usize),
    /// The card of a page.
    Card(usize),
}

impl<'a> Site<'a> {
    /// The book, its rankings and its plan.
    pub(super) fn contents(&self) -> Contents<'a> {
        Contents { book: self.book, rankings: self.rankings, plan: self.plan }
    }

    /// The absolute address of a route; empty if others cannot reach the site.
    pub(super) fn absolute(&self, route: &str) -> String {
        let about = &self.book.site;
        if about.has_address {
            format!("{}{route}", about.base_url)
        } else {
            String::new()
        }
    }

    /// The relative address of the site's base from a page. The page for unknown addresses
    /// is shown at any depth, so it alone uses the site's path.
    pub(super) fn root(&self, page: &Page) -> String {
        if page.route.as_str() == NOT_FOUND {
            self.book.site.base_path.clone()
        } else {
            page.route.root()
        }
    }

    /// The place of a framework for a goal, if it has one.
    pub(super) fn ranked(
        &self,
        goal: GoalId,
        framework: FrameworkId,
    ) -> Option<&'a Ranked> {
        let at = self.places[goal.index()][framework.index()]?;
        Some(&self.rankings.goals[goal.index()].ranked[at])
    }

    /// The cell of a framework and a criterion.
    pub(super) fn cell(&self, framework: FrameworkId, criterion: CriterionId) -> &Cell {
        &self.cells[framework.index()][criterion.index()]
    }

    /// The card of a page.
    pub(super) fn card_of(&self, page: &Page) -> Option<&Card> {
        if !self.book.site.cards {
            return None;
        }
        let found =
            self.plan.pages.binary_search_by(|known| known.route.cmp(&page.route));
        self.cards.get(found.ok()?)?.as_ref()
    }
}
