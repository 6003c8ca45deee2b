//! Front matter of the Markdown files: goals, pairs, guides and pages.

use jiff::civil::Date;

use super::book::Cta;
use crate::schema::keys::{schema, string_enum};
use crate::schema::reader::{BoundedInt, Map, Name, Number, Spanned, Text};
use crate::schema::value::Value;

string_enum! {
    /// What a goal does with facts that are stale.
    Stale {
        /// They count.
        Count = "count",
        /// They count as unknown.
        Unknown = "unknown",
    } else Count
}

schema! {
    /// A reader's need.
    Goal at "content/goals/SLUG.md" {
        /// Its name, as in "best for …".
        title: Text,
        /// The question it answers.
        question: Text,
        /// Who has this need.
        audience: Option<Text>,
        /// Weights of criteria, 0 to 10.
        weights: Map<BoundedInt<0, 10>>,
        /// What a framework must have to be ranked.
        require: Vec<Requirement>,
        /// What cited articles recommend for this need.
        picks: Vec<Pick>,
        /// One sentence on a framework's place, by its slug.
        why: Map<Text>,
        /// How many points apart two scores may be and still be called close.
        tie_margin: Option<Number>,
        /// Percent of the weight that must be known for a framework to be ranked.
        coverage: BoundedInt<0, 100> = |span| BoundedInt(Spanned { value: 60, span }),
        /// Percent of the weight that must apply for a framework to be ranked.
        applicability: BoundedInt<0, 100> = |span| BoundedInt(Spanned { value: 75, span }),
        /// What is done with facts that are stale.
        stale: Stale = |_| Stale::Count,
        /// What to read next, as links by meaning: `guide:how-to-choose`.
        related: Vec<Text>,
        /// A call to action in place of the book's.
        cta: Option<Cta>,
        /// Addresses it had: `/old/route/`.
        aliases: Vec<Text>,
        /// Whether it is left out of the site.
        draft: Option<Spanned<bool>>,
    }
}

schema! {
    /// What a framework must have to be ranked; one operator besides the criterion.
    Requirement at "[[require]]" {
        /// The criterion.
        criterion: Name,
        /// Equal to this.
        r#is: Option<Spanned<Value>>,
        /// Not equal to this.
        r#not: Option<Spanned<Value>>,
        /// This or more.
        at_least: Option<Spanned<Value>>,
        /// This or less.
        at_most: Option<Spanned<Value>>,
        /// Has all of these tags.
        has: Option<Spanned<Value>>,
        /// Is one of these, or has one of these tags.
        any: Option<Spanned<Value>>,
    }
}

schema! {
    /// What a cited article recommends.
    Pick at "picks = [{ … }]" {
        /// The framework.
        framework: Name,
        /// The article.
        source: Name,
    }
}

schema! {
    /// The verdict for one pair.
    Versus at "content/versus/A-vs-B.md" {
        /// When to choose the first.
        choose_first: Vec<Text>,
        /// When to choose the second.
        choose_second: Vec<Text>,
        /// Whether it is left out of the site.
        draft: Option<Spanned<bool>>,
    }
}

schema! {
    /// A prose article.
    Guide at "content/guides/SLUG.md" {
        /// Its title.
        title: Text,
        /// One or two sentences about it.
        summary: Text,
        /// The day on which it is published: it is part of the site from that day on.
        published: Option<Spanned<Date>>,
        /// The day on which it was last reviewed.
        updated: Option<Spanned<Date>>,
        /// Who wrote it.
        authors: Vec<Text>,
        /// What to read next, as links by meaning: `guide:how-to-choose`.
        related: Vec<Text>,
        /// A call to action in place of the book's.
        cta: Option<Cta>,
        /// Addresses it had: `/old/route/`.
        aliases: Vec<Text>,
        /// Whether it is left out of the site.
        draft: Option<Spanned<bool>>,
    }
}

schema! {
    /// A free page.
    Page at "content/pages/SLUG.md" {
        /// Its title.
        title: Text,
        /// One or two sentences about it.
        summary: Option<Text>,
        /// What to read next, as links by meaning: `guide:how-to-choose`.
        related: Vec<Text>,
        /// A call to action in place of the book's.
        cta: Option<Cta>,
        /// Addresses it had: `/old/route/`.
        aliases: Vec<Text>,
        /// Whether it is left out of the site.
        draft: Option<Spanned<bool>>,
    }
}

schema! {
    /// Prose for a page that every site has.
    Section at "content/index.md, content/faq.md and content/methodology.md" {
        /// The page's title in place of the usual one.
        title: Option<Text>,
        /// One or two sentences about it.
        summary: Option<Text>,
    }
}
