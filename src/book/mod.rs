//! The checked model. [`Raw`](crate::raw::Raw) -> [`Book`].
//!
//! Names become ids, values fit their criteria, links lead to things that exist. Invariant: a
//! [`Book`] is made by [`resolve()`] alone and never changes; after it, no text is compared
//! to decide what something means.

mod criterion;
mod embed;
mod fact;
mod goal;
mod image;
mod prose;
mod resolve;
mod site;

use jiff::civil::Date;

pub use crate::kinds::{Bound, Curve, CurveFault, Decimal, Direction, Kind, Test};
pub use crate::kinds::{Value, Version};
pub use crate::strings::{Key, Strings};
pub use criterion::{Criterion, Group};
pub use embed::{Embed, EmbedContents, EmbedKind, EmbedNames};
pub use fact::{Cell, Fact};
pub use goal::{Goal, Pick, Requirement};
pub use prose::{Prose, Target};
pub use resolve::{FixedPage, Options, levels, resolve};
pub use site::{Cta, Large, Newsletter, Pairs, Publish, RelatedLinks, Site, Token};

use crate::diag::Span;
pub use crate::raw::Part;
use crate::raw::SourceKind;

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident of $item:ident in $field:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Its position in the book's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The id of a position, which must be within the book's list.
            pub(in crate::book) fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }

        impl std::ops::Index<$name> for Book {
            type Output = $item;

            fn index(&self, id: $name) -> &$item {
                &self.$field[id.index()]
            }
        }

        impl List for $item {
            type Id = $name;

            fn id(index: usize) -> $name {
                $name::at(index)
            }
        }
    )+};
}

/// Items that stand in a list of the book and are named by their position in it.
pub trait List {
    /// The name.
    type Id: Copy + Ord;
    /// The name of the item at a position.
    fn id(index: usize) -> Self::Id;
}

/// The items of a list with their ids, in order.
pub fn with_ids<T: List>(items: &[T]) -> impl Iterator<Item = (T::Id, &T)> {
    items.iter().enumerate().map(|(i, item)| (T::id(i), item))
}

ids! {
    /// Names a group of criteria.
    GroupId of Group in groups;
    /// Names a criterion.
    CriterionId of Criterion in criteria;
    /// Names a language.
    LanguageId of Language in languages;
    /// Names a source.
    SourceId of Source in sources;
    /// Names a framework.
    FrameworkId of Framework in frameworks;
    /// Names a goal.
    GoalId of Goal in goals;
    /// Names a verdict.
    VersusId of Versus in versus;
    /// Names a guide.
    GuideId of Guide in guides;
    /// Names a free page.
    PageId of Page in pages;
}

/// A book in which every name is resolved and every fact fits.
#[derive(Debug)]
pub struct Book {
    /// The site.
    pub site: Site,
    /// The day on which it is decided what is stale.
    pub today: Date,
    /// Groups in the order of the pages; each has at least one criterion.
    pub groups: Vec<Group>,
    /// Criteria in the order of the pages: by group, then as declared.
    pub criteria: Vec<Criterion>,
    /// Languages in the order declared.
    pub languages: Vec<Language>,
    /// Sources in the order declared.
    pub sources: Vec<Source>,
    /// Frameworks by slug.
    pub frameworks: Vec<Framework>,
    /// Goals by slug.
    pub goals: Vec<Goal>,
    /// Verdicts by slug.
    pub versus: Vec<Versus>,
    /// Guides by slug.
    pub guides: Vec<Guide>,
    /// Free pages by slug.
    pub pages: Vec<Page>,
    /// Questions and answers.
    pub faq: Faq,
    /// Prose of the home page.
    pub home: Section,
    /// Prose of the methodology page.
    pub methodology: Section,
    /// Changes, newest first.
    pub changes: Vec<Change>,
    /// Files that are copied, by path.
    pub assets: Vec<Asset>,
    /// The themes that make the site's looks, nearest first; `default` is last.
    pub themes: Vec<String>,
    /// Parts of the site that these leave out.
    pub without: Vec<Part>,
    /// The fixed words of pages, in the site's language where the themes have them.
    pub strings: Strings,
    /// Links outside of prose, such as those of a guide's `related`, with their places.
    pub links: Vec<(Target, Span)>,
}

impl Book {
    /// Whether a part of the site is made.
    pub fn has(&self, part: Part) -> bool {
        !self.without.contains(&part)
    }

    /// The cell of a framework and a criterion.
    pub fn cell(&self, framework: FrameworkId, criterion: CriterionId) -> &Cell {
        &self[framework].cells[criterion.index()]
    }

    /// Every text of the book.
    pub fn prose(&self) -> impl Iterator<Item = &Prose> {
        let sections = [&self.home, &self.methodology, &self.faq.section];
        (sections.into_iter().filter_map(|section| section.prose.as_ref()))
            .chain(self.frameworks.iter().filter_map(|item| item.prose.as_ref()))
            .chain(self.goals.iter().map(|item| &item.prose))
            .chain(self.versus.iter().map(|item| &item.prose))
            .chain(self.guides.iter().map(|item| &item.prose))
            .chain(self.pages.iter().map(|item| &item.prose))
    }

    /// The criteria of a group, in order.
    pub fn criteria_of(
        &self,
        group: GroupId,
    ) -> impl Iterator<Item = (CriterionId, &Criterion)> {
        with_ids(&self.criteria).filter(move |(_, criterion)| criterion.group == group)
    }
}

/// A programming language.
#[derive(Debug)]
pub struct Language {
    /// Its id, which is also its slug.
    pub slug: String,
    /// Its name.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// Its home page.
    pub homepage: Option<String>,
    /// The place of its declaration.
    pub span: Span,
}

/// An origin of facts.
#[derive(Debug)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its address, if it is on the web.
    pub url: Option<String>,
    /// The day on which it was last read.
    pub checked: Option<Date>,
    /// Its kind.
    pub kind: Option<SourceKind>,
    /// The place of its declaration.
    pub span: Span,
}

/// One subject of the book.
#[derive(Debug)]
pub struct Framework {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Two letters that stand for it, unique in the book where that is possible.
    pub monogram: String,
    /// One sentence about it.
    pub summary: String,
    /// The language it is written for.
    pub language: Option<LanguageId>,
    /// Its home page.
    pub homepage: Option<String>,
    /// Its source code.
    pub repository: Option<String>,
    /// Its licence.
    pub license: Option<String>,
    /// Its other names.
    pub names: Vec<String>,
    /// Addresses it had.
    pub aliases: Vec<Alias>,
    /// Frameworks of one group are peers.
    pub peer_group: Option<String>,
    /// When it is a good fit.
    pub good_fit: Vec<String>,
    /// When to think twice.
    pub think_twice: Vec<String>,
    /// Its facts, one cell for each criterion of the book, in order.
    pub cells: Vec<Cell>,
    /// Its profile.
    pub prose: Option<Prose>,
    /// Its file's first byte.
    pub span: Span,
}

/// A reason for which a document is part of the site with `--drafts` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withheld {
    /// It is a draft.
    Draft,
    /// It is published on a later day.
    Until(Date),
}

/// An address that a page had, which redirects to it.
#[derive(Debug, Clone)]
pub struct Alias {
    /// The address from the site's root, without the first `/`.
    pub path: String,
    /// Its place in the file.
    pub span: Span,
}

/// The verdict for one pair.
#[derive(Debug)]
pub struct Versus {
    /// The first framework; its slug is before the second's in byte order.
    pub first: FrameworkId,
    /// The second framework.
    pub second: FrameworkId,
    /// When to choose the first.
    pub choose_first: Vec<String>,
    /// When to choose the second.
    pub choose_second: Vec<String>,
    /// The verdict.
    pub prose: Prose,
    /// The reason for which it is not published yet; none if it is.
    pub withheld: Option<Withheld>,
    /// Its file's first byte.
    pub span: Span,
}

/// A prose article.
#[derive(Debug)]
pub struct Guide {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One or two sentences about it.
    pub summary: String,
    /// The day on which it appeared.
    pub published: Option<Date>,
    /// The day on which it was last reviewed.
    pub updated: Option<Date>,
    /// Its authors.
    pub authors: Vec<String>,
    /// Links to further reading.
    pub related_links: RelatedLinks,
    /// Addresses it had.
    pub aliases: Vec<Alias>,
    /// The article.
    pub prose: Prose,
    /// The reason for which it is not published yet; none if it is.
    pub withheld: Option<Withheld>,
    /// Its file's first byte.
    pub span: Span,
}

/// A free page.
#[derive(Debug)]
pub struct Page {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// Links to further reading.
    pub related_links: RelatedLinks,
    /// Addresses it had.
    pub aliases: Vec<Alias>,
    /// The text.
    pub prose: Prose,
    /// The reason for which it is not published yet; none if it is.
    pub withheld: Option<Withheld>,
    /// Its file's first byte.
    pub span: Span,
}

/// Prose for a page that every site has.
#[derive(Debug, Default)]
pub struct Section {
    /// The page's title in place of the usual one.
    pub title: Option<String>,
    /// One or two sentences about it.
    pub summary: Option<String>,
    /// The text, if there is one.
    pub prose: Option<Prose>,
}

/// Questions and answers; the groups are `##` headings, the questions `###`.
#[derive(Debug, Default)]
pub struct Faq {
    /// The page's own words and its whole prose.
    pub section: Section,
    /// Groups of questions, in order.
    pub groups: Vec<FaqGroup>,
}

/// A group of questions.
#[derive(Debug)]
pub struct FaqGroup {
    /// The group's heading; empty for questions before the first one.
    pub title: String,
    /// The id of its heading.
    pub id: String,
    /// Its questions.
    pub questions: Vec<Question>,
}

/// A question and its answer.
#[derive(Debug)]
pub struct Question {
    /// The question.
    pub title: String,
    /// The id of its heading.
    pub id: String,
    /// The range of the answer in the events of the page's prose.
    pub answer: std::ops::Range<usize>,
}

/// A change that readers should know of.
#[derive(Debug)]
pub struct Change {
    /// The day of the change.
    pub date: Date,
    /// A sentence on the change.
    pub text: String,
    /// The items that it is about.
    pub about: Vec<Target>,
}

/// A file that is copied as it is.
#[derive(Debug)]
pub struct Asset {
    /// Its path below `content/assets/`.
    pub path: String,
    /// Whether it is published at the root of the site, not below `assets/`.
    pub is_at_root: bool,
    /// Width and height, if it is an image that has them.
    pub size: Option<(u32, u32)>,
    /// Its bytes.
    pub bytes: std::sync::Arc<[u8]>,
}
