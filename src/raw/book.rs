//! `book.toml`: the site and how it is built.

use toml::de::{DeTable, DeValue};

use crate::diag::Span;
use crate::schema::keys::{schema, string_enum};
use crate::schema::reader::{
    BoundedInt, FromToml, Map, Name, Reader, Spanned, Text, Toml, Url,
};
use crate::schema::{Key, Presence, Table, Type};
use jiff::civil::Date;

schema! {
    /// The site, and how it is checked and published.
    Book at "book.toml" {
        /// The site's title, address and looks.
        book: Site,
        /// Which pairs of frameworks get a page.
        versus: Option<Versus>,
        /// Levels of findings, by their code, and findings that are accepted for a while.
        check: Option<Check>,
        /// Where the site is published.
        publish: Option<Publish>,
        /// A call to action on every page.
        cta: Option<Cta>,
        /// A form for a newsletter in the footer.
        newsletter: Option<Newsletter>,
        /// Pictures for social networks.
        social: Option<Social>,
        /// The search page.
        search: Option<Search>,
        /// Blocks of code in prose.
        code: Option<Code>,
        /// Files that are published as they are.
        assets: Option<Assets>,
        /// Tables that the site makes.
        tables: Option<Tables>,
        /// The feed of changes.
        feed: Option<Feed>,
        /// Colours and sizes of the theme, by token, such as `accent = "#0b57c4"`.
        theme: Map<Text>,
    }
}

schema! {
    /// The site's title, address and looks.
    Site at "[book]" {
        /// The site's name.
        title: Text,
        /// One sentence about the site, for search engines and feeds.
        description: Option<Text>,
        /// Where the site will be served, ending in `/`.
        base_url: Option<Url>,
        /// The language of the site's texts, such as `en`.
        language: Option<Text>,
        /// A folder in `themes`, or the built-in `default`.
        theme: Option<Name>,
        /// The book's repository, for links to edit a fact.
        repository: Option<Url>,
        /// The licence of the book's texts and facts.
        license: Option<Text>,
        /// Versions of fieldguide that the book is written for, such as `>=0.1, <0.2`.
        requires: Option<Text>,
        /// The edition of the book, as readers cite it.
        edition: Option<Text>,
        /// Who writes the book.
        authors: Vec<Text>,
    }
}

string_enum! {
    /// Which pairs of frameworks get a page.
    Pairs {
        /// Those with a file in `content/versus`.
        Declared = "declared",
        /// Also those that readers are likely to compare.
        Peers = "peers",
        /// All.
        All = "all",
    } else Declared
}

schema! {
    /// Which pairs of frameworks get a page.
    Versus at "[versus]" {
        /// `declared`, `peers` or `all`.
        pairs: Pairs = |_| Pairs::Declared,
        /// The most pages made without a file of their own.
        max: Option<BoundedInt<0, { i64::MAX }>>,
    }
}

string_enum! {
    /// How a finding is treated.
    Level {
        /// Nothing is built while it stands.
        Error = "error",
        /// It is said, and the site is built.
        Warn = "warn",
        /// It is not said.
        Off = "off",
    } else Warn
}

schema! {
    /// A finding that is accepted for a while.
    Waiver at "[[check.waive]]" {
        /// The finding's code.
        code: Text,
        /// The file it is in, from the book's folder.
        file: Text,
        /// Why it is accepted.
        reason: Text,
        /// The last day on which it is accepted.
        until: Option<Spanned<Date>>,
    }
}

/// `[check]`: a level by code, and waivers.
#[derive(Debug, Clone, Default)]
pub struct Check {
    /// Levels by code.
    pub levels: Map<Level>,
    /// Accepted findings.
    pub waive: Vec<Waiver>,
}

static CHECK: Table = Table {
    place: "[check]",
    doc: "A level for each code of finding, and findings that are accepted for a while.",
    keys: &[Key {
        name: "waive",
        ty: <Vec<Waiver>>::TYPE,
        need: Presence::Optional,
        doc: "Findings that are accepted for a while.",
    }],
};

impl FromToml for Check {
    const TYPE: Type = Type::Either(&[Type::Table(&CHECK), Type::Map(&Level::TYPE)]);

    fn read(value: &Toml<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let table = reader.table(value, &Type::Table(&CHECK))?;
        let mut levels = DeTable::new();
        let mut waive = Vec::new();
        for (key, value) in table {
            if key.get_ref() == "waive" {
                waive = Vec::read(value, reader).unwrap_or_default();
            } else {
                let value: toml::Spanned<DeValue<'_>> = value.clone();
                levels.insert(key.clone(), value);
            }
        }
        Some(Self { levels: Map::from_table(&levels, reader), waive })
    }

    fn placeholder(_: Span) -> Self {
        Self::default()
    }
}

schema! {
    /// Where the site is published.
    Publish at "[publish]" {
        /// The git remote.
        remote: Option<Text>,
        /// The branch that is served.
        branch: Option<Text>,
        /// The site's own domain.
        cname: Option<Text>,
    }
}

schema! {
    /// A call to action at the foot of pages.
    Cta at "[cta]" {
        /// Its heading.
        title: Text,
        /// What it says.
        text: Option<Text>,
        /// The words of its link.
        label: Text,
        /// Where it leads: a web address, or a link by meaning.
        link: Text,
    }
}

schema! {
    /// A form for a newsletter in the footer.
    Newsletter at "[newsletter]" {
        /// Its heading.
        title: Text,
        /// Where the form is sent.
        action: Url,
        /// The name of the field with the address.
        field: Option<Text>,
    }
}

schema! {
    /// Pictures for social networks.
    Social at "[social]" {
        /// Whether a picture is made for each page.
        cards: Option<Spanned<bool>>,
    }
}

schema! {
    /// The search page.
    Search at "[search]" {
        /// Whether whole texts are searched, not only titles and headings.
        full_text: Option<Spanned<bool>>,
    }
}

schema! {
    /// Files that are published as they are, by their paths below `content/assets/`.
    Assets at "[assets]" {
        /// Those that are published at the root of the site, such as `favicon.ico`.
        root: Vec<Text>,
        /// Those that may hold script, such as an interactive SVG.
        trusted: Vec<Text>,
        /// The longest side of an image, in pixels; 16384 if nothing is said.
        longest_side: Option<BoundedInt<1, 16384>>,
    }
}

string_enum! {
    /// How a table of more than 8,000 cells is laid out.
    Large {
        /// A table for each group.
        Parts = "parts",
        /// One table, whose rows are laid out when they come into view.
        Grid = "grid",
    } else Parts
}

schema! {
    /// Tables that the site makes.
    Tables at "[tables]" {
        /// How one of more than 8,000 cells is laid out: `parts` or `grid`.
        large: Large = |_| Large::Parts,
    }
}

schema! {
    /// Blocks of code in prose.
    Code at "[code]" {
        /// Whether code is coloured; it is if nothing is said.
        highlight: Option<Spanned<bool>>,
    }
}

schema! {
    /// The feed of changes.
    Feed at "[feed]" {
        /// Its title.
        title: Option<Text>,
    }
}
