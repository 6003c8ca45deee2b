//! The site: titles, address, looks, publishing.

use super::Target;
use crate::diag::Span;
pub use crate::raw::{Large, Pairs};

/// The settings of the site from `book.toml`.
#[derive(Debug)]
pub struct Site {
    /// The site's name.
    pub title: String,
    /// One sentence about the site.
    pub description: String,
    /// The address of the site, ending in `/`.
    pub base_url: String,
    /// Whether others can reach the site at `base_url`, which is not missing and not local. A
    /// site that they cannot reach has no absolute addresses.
    pub has_address: bool,
    /// The path of `base_url`: starts and ends with `/`.
    pub base_path: String,
    /// The language of the site's texts.
    pub language: String,
    /// The theme's name.
    pub theme: String,
    /// The book's repository.
    pub repository: Option<String>,
    /// The licence of the book's texts and facts.
    pub license: Option<String>,
    /// The edition of the book.
    pub edition: Option<String>,
    /// The authors of the book.
    pub authors: Vec<String>,
    /// The pairs of frameworks that get a page.
    pub pairs: Pairs,
    /// The most pages made for pairs without a file of their own.
    pub max_pairs: Option<usize>,
    /// A call to action on every page.
    pub cta: Option<Cta>,
    /// A form for a newsletter in the footer.
    pub newsletter: Option<Newsletter>,
    /// Whether pages have a picture for social networks.
    pub cards: bool,
    /// The title of the feed of changes.
    pub feed_title: Option<String>,
    /// The branch and remote that the site is published to.
    pub publish: Publish,
    /// Whether the site's search reads whole texts.
    pub full_text: bool,
    /// Whether code in prose is coloured.
    pub highlight: bool,
    /// The layout of very large tables.
    pub large: Large,
    /// Colours and sizes of the theme, by token.
    pub tokens: Vec<Token>,
}

/// A colour or a size of the theme that the book sets.
#[derive(Debug)]
pub struct Token {
    /// Its name, as `accent` or, for the dark scheme, `accent-dark`.
    pub name: String,
    /// The place of the name.
    pub name_span: Span,
    /// Its value.
    pub value: String,
    /// The place of the value.
    pub span: Span,
}

/// A call to action.
#[derive(Debug)]
pub struct Cta {
    /// Its heading.
    pub title: String,
    /// Its text.
    pub text: Option<String>,
    /// The words of its link.
    pub label: String,
    /// Its target.
    pub target: Target,
}

/// Links to further reading.
#[derive(Debug, Default)]
pub struct RelatedLinks {
    /// Links to read next.
    pub related: Vec<Target>,
    /// A call to action in place of the book's.
    pub cta: Option<Cta>,
}

/// A form for a newsletter.
#[derive(Debug)]
pub struct Newsletter {
    /// Its heading.
    pub title: String,
    /// The address that the form is sent to.
    pub action: String,
    /// The origin of `action`, for the page's `form-action`.
    pub origin: String,
    /// The name of the field with the address.
    pub field: String,
}

/// The branch and remote that the site is published to.
#[derive(Debug, Default)]
pub struct Publish {
    /// The git remote.
    pub remote: Option<String>,
    /// The branch that is served.
    pub branch: Option<String>,
    /// The site's own domain.
    pub cname: Option<String>,
}
