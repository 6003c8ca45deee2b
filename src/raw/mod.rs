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
mod grammar;
pub mod href;
mod html;
mod keys;
mod prose;
mod reader;
mod slug;
mod small;
mod types;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

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
pub use reader::{Map, Name, Number, Slug, Spanned, Text, Url, Whole};
pub use small::{Change, Changes, Language, Source, SourceKind, Theme};
pub use value::Value;

use prose::{Body, Dialect};
use reader::{Origin, Reader};

/// Names of code languages that can be highlighted, which the renderer holds to.
pub const CODE_LANGUAGES: &[&str] = &["text"];

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
    /// The words of themes, by the path of their file.
    pub strings: BTreeMap<String, Map<Text>>,
    /// Files that say more than could be read of them, which has been reported.
    pub broken: BTreeSet<FileId>,
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
    let broken = sources.unread().map(|(file, _)| file).collect();
    let mut files = Files { sources, diags, embeds: Vec::new(), broken };
    let themes = files.themes();
    files.embeds =
        themes.iter().flat_map(|t| &t.front.embeds).map(|e| e.0.clone()).collect();
    files.unexpected();
    Raw {
        book: files.table("book.toml", Book::from_table),
        criteria: files.table("content/criteria.toml", Criteria::from_table),
        languages: files.table("content/languages.toml", |t, _, r| Map::of_ids(t, r)),
        sources: files.table("content/sources.toml", |t, _, r| Map::of_ids(t, r)),
        changes: files.table("content/changes.toml", Changes::from_table),
        frameworks: files.frameworks(),
        goals: files.docs("content/goals/", &Goal::TABLE, Goal::from_table),
        versus: files.docs("content/versus/", &Versus::TABLE, Versus::from_table),
        guides: files.docs("content/guides/", &Guide::TABLE, Guide::from_table),
        pages: files.docs("content/pages/", &Page::TABLE, Page::from_table),
        home: files.section("content/index.md"),
        faq: files.section("content/faq.md"),
        methodology: files.section("content/methodology.md"),
        themes,
        strings: files.strings(),
        broken: files.broken,
    }
}

/// Reads the files of a book, one by one.
struct Files<'a> {
    sources: &'a Sources,
    diags: &'a mut Diagnostics,
    embeds: Vec<Spanned<String>>,
    broken: BTreeSet<FileId>,
}

/// Front matter, and where the body starts.
enum Front<'t> {
    /// Between lines of `+++`, and where it starts.
    Table(&'t str, usize),
    /// None is there.
    Absent,
    /// It cannot be told from the body, which has been reported.
    Broken,
}

impl Files<'_> {
    /// Reads a TOML file; one that is absent is read as empty, and its places are then
    /// those of `book.toml`.
    fn table<T>(
        &mut self,
        path: &str,
        read: impl FnOnce(&DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> T {
        match self.sources.find(path) {
            Some(file) => self.document(file, read),
            None => Reader::nothing(start(FileId(0)), read),
        }
    }

    /// Reads a whole file as TOML.
    fn document<T>(
        &mut self,
        file: FileId,
        read: impl FnOnce(&DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> T {
        let text = &self.sources.text(file).text;
        let mut reader = Reader::new(file, Origin::at(0), self.diags);
        let read = reader.document(text, start(file), read);
        if reader.is_broken() {
            self.broken.insert(file);
        }
        read
    }

    fn themes(&mut self) -> Vec<Doc<Theme>> {
        let sources = self.sources;
        let files = sources.below("themes/").filter_map(|(file, text)| {
            let name = text.path.strip_prefix("themes/")?.strip_suffix("/theme.toml")?;
            (!name.contains('/')).then_some((file, name.to_owned()))
        });
        files
            .map(|(file, slug)| {
                let front = self.document(file, Theme::from_table);
                Doc { slug, file, front, prose: None }
            })
            .collect()
    }

    /// The words of all themes, of which the book's own language picks some.
    fn strings(&mut self) -> BTreeMap<String, Map<Text>> {
        let sources = self.sources;
        let files = sources.below("themes/").filter(|(_, text)| {
            let parts: Vec<&str> = text.path.split('/').collect();
            matches!(parts[..], [_, _, "strings", name] if name.ends_with(".toml"))
        });
        let files: Vec<_> = files.map(|(file, text)| (file, text.path.clone())).collect();
        files
            .into_iter()
            .map(|(file, path)| {
                (
                    path,
                    self.document(file, |table, _, reader| {
                        Map::from_table(table, reader)
                    }),
                )
            })
            .collect()
    }

    fn frameworks(&mut self) -> Vec<Doc<Framework>> {
        let folder = "content/frameworks/";
        let sources = self.sources;
        let mut docs = Vec::new();
        for (file, name) in files_of(sources, folder) {
            if let Some(slug) = name.strip_suffix(".toml") {
                slug::check(slug, start(file), self.diags);
                let front = self.document(file, Framework::from_table);
                let prose = sources.find(&format!("{folder}{slug}.md"));
                let prose = prose.map(|md| self.prose(md, 0));
                docs.push(Doc { slug: slug.to_owned(), file, front, prose });
            } else if let Some(slug) = name.strip_suffix(".md")
                && !sources
                    .paths()
                    .any(|(_, path)| path == format!("{folder}{slug}.toml"))
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
        table: &Table,
        read: impl Fn(&DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> Vec<Doc<T>> {
        let mut docs = Vec::new();
        for (file, name) in files_of(self.sources, folder) {
            let Some(slug) = name.strip_suffix(".md") else { continue };
            if folder != "content/versus/" {
                slug::check(slug, start(file), self.diags);
            }
            docs.push(self.doc(slug.to_owned(), file, table, &read));
        }
        docs
    }

    fn section(&mut self, path: &str) -> Option<Doc<Section>> {
        let file = self.sources.find(path)?;
        Some(self.doc(String::new(), file, &Section::TABLE, &Section::from_table))
    }

    fn doc<T>(
        &mut self,
        slug: String,
        file: FileId,
        table: &Table,
        read: &impl Fn(&DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> Doc<T> {
        let text = self.sources.text(file);
        let (front, body) = self.front_matter(file, text);
        let required: Vec<&Key> =
            table.keys.iter().filter(|key| key.need == Need::Required).collect();
        let front = match front {
            Front::Table(front, at) => {
                let mut reader = Reader::new(file, Origin::at(at), self.diags);
                let front = reader.document(front, Span::new(file, 0..3), read);
                if reader.is_broken() {
                    self.broken.insert(file);
                }
                front
            }
            Front::Absent if required.is_empty() => Reader::new(
                file,
                Origin::at(0),
                self.diags,
            )
            .document("", start(file), read),
            Front::Absent => {
                let found = Diagnostic::new(
                    Code::MissingKey,
                    start(file),
                    "missing front matter",
                );
                let keys = required.iter().map(|key| format!("{} = \"…\"", key.name));
                let fence = || std::iter::once("+++".to_owned());
                let lines: Vec<String> = fence().chain(keys).chain(fence()).collect();
                let lines = crate::diag::List::and(&lines);
                let hint = format!("begin the file with the lines {lines}");
                self.diags.push(found.hint(hint));
                self.broken.insert(file);
                Reader::nothing(start(file), read)
            }
            Front::Broken => {
                self.broken.insert(file);
                Reader::nothing(start(file), read)
            }
        };
        let prose = Some(self.prose(file, body));
        Doc { slug, file, front, prose }
    }

    /// A file's front matter, and where its body starts.
    fn front_matter<'t>(
        &mut self,
        file: FileId,
        text: &'t SourceText,
    ) -> (Front<'t>, usize) {
        let text = &text.text;
        let mut lines = text.split_inclusive('\n');
        let first = lines.next().unwrap_or_default();
        let mut at = first.len();
        let fence = first.trim_end();
        if fence != "+++" && fence != "---" {
            return (Front::Absent, 0);
        }
        for line in lines {
            let end = at + line.len();
            if line.trim_end() == fence && fence == "+++" {
                return (Front::Table(&text[first.len()..at], first.len()), end);
            }
            if line.trim_end() == fence {
                let message = "front matter is TOML between lines of `+++`";
                let found = Diagnostic::new(
                    Code::UnclosedFrontMatter,
                    Span::new(file, 0..3),
                    message,
                );
                let hint = "write `+++` for `---`, and `key = \"text\"` for `key: text`";
                self.diags.push(found.hint(hint));
                return (Front::Broken, end);
            }
            if fence == "---" && !line.contains(':') && !line.starts_with([' ', '-', '#'])
            {
                break;
            }
            at = end;
        }
        if fence == "---" {
            // A line across the page, as Markdown has it.
            return (Front::Absent, 0);
        }
        let found = Diagnostic::new(
            Code::UnclosedFrontMatter,
            Span::new(file, 0..3),
            "front matter is not closed",
        );
        self.diags.push(found.hint("end it by a line of `+++`"));
        (Front::Broken, text.len())
    }

    fn prose(&mut self, file: FileId, base: usize) -> Prose {
        let text = &self.sources.text(file).text;
        let dialect = Dialect { embeds: &self.embeds };
        prose::parse(Body { file, text, base }, &dialect, self.diags)
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

/// Files that stand in a folder themselves, with their names.
fn files_of<'a>(
    sources: &'a Sources,
    folder: &'static str,
) -> impl Iterator<Item = (FileId, &'a str)> + use<'a> {
    sources
        .below(folder)
        .map(|(file, text)| (file, &text.path[folder.len()..]))
        .filter(|(_, name)| !name.contains('/'))
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
