//! The raw room: what the files say, file by file, with the place of every word.
//! [`Sources`] -> [`Raw`].
//!
//! TOML and front matter are read through the table of keys (`keys`), prose is parsed to
//! events. Law: pure, and no file knows of another; names are still text here.

mod book;
mod criteria;
mod embed;
mod framework;
mod front;
pub mod href;
mod html;
mod keys;
mod prose;
mod reader;
mod slug;
mod small;
mod value;

use crate::diag::{
    Code, Diagnostic, Diagnostics, FileId, Span, Text as SourceText, Texts,
};
use crate::source::Sources;

pub use book::{Book, Check, Cta, Level, Newsletter, Pairs, Site, Waiver};
pub use criteria::{Better, ChoiceOption, Criteria, Criterion, Group, Kind, Points, Tag};
pub use embed::{Across, BUILT_IN, Embed, EmbedBody, Facts, Matrix};
pub use embed::{Ranking as RankingEmbed, Versus as VersusEmbed};
pub use framework::{Fact, Framework, LongFact};
pub use front::{Goal, Guide, Page, Pick, Requirement, Section, Stale, Versus};
pub use keys::{Key, Need, Table, Type};
pub use prose::{Heading, Link, Prose};
pub use reader::{Map, Number, Slug, Spanned, Text, Url, Whole};
pub use small::{Change, Changes, Language, Source, SourceKind, Theme};
pub use value::Value;

use prose::{Body, Dialect};
use reader::Reader;

/// Names of code languages that can be highlighted, which the renderer holds to.
#[rustfmt::skip]
pub const CODE_LANGUAGES: &[&str] = &[
    "bash", "c#", "cjs", "console", "containerfile", "cs", "csharp", "css", "cts",
    "diff", "docker", "dockerfile", "dotenv", "elixir", "env", "ex", "exs", "go",
    "golang", "htm", "html", "java", "javascript", "js", "json", "json5", "jsonc", "jsx",
    "kotlin", "kt", "kts", "mjs", "mts", "mysql", "node", "output", "patch", "php",
    "plain", "plaintext", "postgres", "postgresql", "py", "python", "python3", "rb",
    "rs", "ruby", "rust", "sh", "shell", "sql", "sqlite", "svg", "text", "toml", "ts",
    "tsx", "txt", "typescript", "vue", "xml", "yaml", "yml", "zsh",
];

/// Whether code in a language of a name can be highlighted.
pub fn is_code_language(name: &str) -> bool {
    CODE_LANGUAGES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The code language of a fence's info string: its first word.
pub fn code_language(info: &str) -> &str {
    info.split([' ', ',', '{']).next().unwrap_or_default()
}

/// A file with a slug: its front matter or table, and its prose.
#[derive(Debug, Clone)]
pub struct Doc<T> {
    /// The file's slug, from its name.
    pub slug: String,
    /// The file.
    pub file: FileId,
    /// Its table of keys.
    pub front: T,
    /// Its prose; empty where there is none.
    pub prose: Option<Prose>,
}

/// Everything that a book's files say.
#[derive(Debug)]
pub struct Raw {
    /// `book.toml`.
    pub book: Book,
    /// `content/criteria.toml`.
    pub criteria: Criteria,
    /// `content/languages.toml`, by id.
    pub languages: Map<Language>,
    /// `content/sources.toml`, by id.
    pub sources: Map<Source>,
    /// `content/changes.toml`.
    pub changes: Changes,
    /// `content/frameworks/*`.
    pub frameworks: Vec<Doc<Framework>>,
    /// `content/goals/*`.
    pub goals: Vec<Doc<Goal>>,
    /// `content/versus/*`.
    pub versus: Vec<Doc<Versus>>,
    /// `content/guides/*`.
    pub guides: Vec<Doc<Guide>>,
    /// `content/pages/*`.
    pub pages: Vec<Doc<Page>>,
    /// `content/index.md`.
    pub home: Option<Doc<Section>>,
    /// `content/faq.md`.
    pub faq: Option<Doc<Section>>,
    /// `content/methodology.md`.
    pub methodology: Option<Doc<Section>>,
    /// The themes' `theme.toml`, by the theme's name.
    pub themes: Vec<Doc<Theme>>,
}

/// The tables of keys of every kind of file, for the reference and the schema.
pub fn tables() -> Vec<&'static Table> {
    vec![
        &Book::TABLE,
        &Criteria::TABLE,
        &Language::TABLE,
        &Source::TABLE,
        &Framework::TABLE,
        &LongFact::TABLE,
        &Goal::TABLE,
        &Versus::TABLE,
        &Guide::TABLE,
        &Page::TABLE,
        &Section::TABLE,
        &Changes::TABLE,
        &Theme::TABLE,
        &Matrix::TABLE,
        &RankingEmbed::TABLE,
        &VersusEmbed::TABLE,
        &Facts::TABLE,
    ]
}

/// Parses a text as prose, for tests of later rooms.
#[cfg(test)]
pub(crate) fn prose(text: &str) -> Prose {
    let dialect = Dialect { embeds: &[] };
    let body = Body { file: FileId(0), text, base: 0 };
    prose::parse(body, &dialect, &mut Diagnostics::new())
}

/// Reads every file of a book.
pub fn parse(sources: &Sources, diags: &mut Diagnostics) -> Raw {
    let mut files = Files { sources, diags, embeds: Vec::new() };
    let themes = files.themes();
    files.embeds =
        themes.iter().flat_map(|t| &t.front.embeds).map(|e| e.0.clone()).collect();
    files.unexpected();
    Raw {
        book: files.table("book.toml", Book::from_table),
        criteria: files.table("content/criteria.toml", Criteria::from_table),
        languages: files.table("content/languages.toml", |t, _, r| Map::from_table(t, r)),
        sources: files.table("content/sources.toml", |t, _, r| Map::from_table(t, r)),
        changes: files.table("content/changes.toml", Changes::from_table),
        frameworks: files.frameworks(),
        goals: files.docs("content/goals/", Goal::from_table),
        versus: files.docs("content/versus/", Versus::from_table),
        guides: files.docs("content/guides/", Guide::from_table),
        pages: files.docs("content/pages/", Page::from_table),
        home: files.section("content/index.md"),
        faq: files.section("content/faq.md"),
        methodology: files.section("content/methodology.md"),
        themes,
    }
}

/// Reads the files of a book, one by one.
struct Files<'a> {
    sources: &'a Sources,
    diags: &'a mut Diagnostics,
    embeds: Vec<Spanned<String>>,
}

impl Files<'_> {
    /// Reads a TOML file; one that is absent is read as empty, and its places are then
    /// those of `book.toml`.
    fn table<T>(
        &mut self,
        path: &str,
        read: impl FnOnce(&toml::de::DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> T {
        let file = self.sources.texts().find(|(_, text)| text.path == path);
        let (file, text) = file.map_or((FileId(0), ""), |(id, text)| (id, &text.text));
        Reader::new(file, 0, self.diags).document(text, read)
    }

    fn themes(&mut self) -> Vec<Doc<Theme>> {
        let sources = self.sources;
        let files = sources.below("themes/").filter_map(|(file, text)| {
            let name = text.path.strip_prefix("themes/")?.strip_suffix("/theme.toml")?;
            (!name.contains('/')).then_some((file, name.to_owned(), &text.text))
        });
        files
            .map(|(file, slug, text)| {
                let mut reader = Reader::new(file, 0, self.diags);
                let front = reader.document(text, Theme::from_table);
                Doc { slug, file, front, prose: None }
            })
            .collect()
    }

    fn frameworks(&mut self) -> Vec<Doc<Framework>> {
        let folder = "content/frameworks/";
        let sources = self.sources;
        let mut docs = Vec::new();
        for (file, text) in sources.below(folder) {
            let name = &text.path[folder.len()..];
            if let Some(slug) = name.strip_suffix(".toml") {
                self.slug(slug, file);
                let mut reader = Reader::new(file, 0, self.diags);
                let front = reader.document(&text.text, Framework::from_table);
                let prose = sources.find(&format!("{folder}{slug}.md"));
                let prose = prose.map(|md| self.prose(md, 0));
                docs.push(Doc { slug: slug.to_owned(), file, front, prose });
            } else if let Some(slug) = name.strip_suffix(".md")
                && sources.find(&format!("{folder}{slug}.toml")).is_none()
            {
                let message = format!("`{slug}` has prose but no facts");
                let found = Diagnostic::new(Code::UnexpectedFile, start(file), message);
                self.diags.push(found.hint(format!("write `{folder}{slug}.toml`")));
            }
        }
        docs
    }

    fn docs<T>(
        &mut self,
        folder: &'static str,
        read: impl Fn(&toml::de::DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> Vec<Doc<T>> {
        let files = self.sources.below(folder);
        files
            .filter_map(|(file, text)| {
                let slug = text.path[folder.len()..].strip_suffix(".md")?;
                if folder != "content/versus/" {
                    self.slug(slug, file);
                }
                Some(self.doc(slug.to_owned(), file, &read))
            })
            .collect()
    }

    fn section(&mut self, path: &str) -> Option<Doc<Section>> {
        let file = self.sources.texts().find(|(_, text)| text.path == path)?.0;
        Some(self.doc(String::new(), file, &Section::from_table))
    }

    fn doc<T>(
        &mut self,
        slug: String,
        file: FileId,
        read: &impl Fn(&toml::de::DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> Doc<T> {
        let text = self.sources.text(file);
        let (front, body) = self.front_matter(file, text);
        let table = text.text.get(front.clone()).unwrap_or_default();
        let front = Reader::new(file, front.start, self.diags).document(table, read);
        let prose = Some(self.prose(file, body));
        Doc { slug, file, front, prose }
    }

    /// Where a file's front matter stands, and where its body starts.
    fn front_matter(
        &mut self,
        file: FileId,
        text: &SourceText,
    ) -> (std::ops::Range<usize>, usize) {
        let text = &text.text;
        let Some(rest) = text.strip_prefix("+++\n") else { return (0..0, 0) };
        let mut at = 4;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == "+++" {
                return (4..at, at + line.len());
            }
            at += line.len();
        }
        let span = Span::new(file, 0..3);
        let message = "front matter is not closed";
        let found = Diagnostic::new(Code::UnclosedFrontMatter, span, message);
        self.diags.push(found.hint("end it by a line of `+++`"));
        (4..text.len(), text.len())
    }

    fn prose(&mut self, file: FileId, base: usize) -> Prose {
        let text = &self.sources.text(file).text;
        let dialect = Dialect { embeds: &self.embeds };
        prose::parse(Body { file, text, base }, &dialect, self.diags)
    }

    fn slug(&mut self, slug: &str, file: FileId) {
        slug::check(slug, start(file), self.diags);
    }

    /// Reports files of `content/` that nothing reads.
    fn unexpected(&mut self) {
        for (file, text) in self.sources.below("content/") {
            let below = &text.path["content/".len()..];
            if !is_expected(below) {
                let message = format!("nothing reads `{}`", text.path);
                let found = Diagnostic::new(Code::UnexpectedFile, start(file), message);
                let hint =
                    "move it to `content/assets` if it is to be published as it is";
                self.diags.push(found.hint(hint));
            }
        }
    }
}

fn is_expected(below: &str) -> bool {
    match below.split_once('/') {
        None => matches!(
            below,
            "criteria.toml"
                | "languages.toml"
                | "sources.toml"
                | "changes.toml"
                | "index.md"
                | "faq.md"
                | "methodology.md"
        ),
        Some(("frameworks", name)) => {
            !name.contains('/') && (name.ends_with(".toml") || name.ends_with(".md"))
        }
        Some(("goals" | "versus" | "guides" | "pages", name)) => {
            !name.contains('/') && name.ends_with(".md")
        }
        Some(_) => false,
    }
}

fn start(file: FileId) -> Span {
    Span::new(file, 0..0)
}
