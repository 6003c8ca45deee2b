//! The files of a book, each read by what it is: a table, a list of ids, a text with front
//! matter. [`Sources`] -> the parts of [`Raw`](super::Raw).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::cache::{Before, CachedDoc};
use super::doc::{Doc, start};
use super::framework::Framework;
use super::front::Section;
use super::prose::{self, Body, Dialect, Prose};
use super::theme::Theme;
use super::theme_string::ThemeString;
use crate::diag::{Code, Diagnostic, Diagnostics, FileId, List, Span, Texts};
use crate::schema::Presence;
use crate::schema::keys::Keys;
use crate::schema::reader::{FromToml, Map, Origin, Reader};
use crate::schema::slug;
use crate::source::Sources;

/// Reads the files of a book, one by one.
pub(super) struct Files<'a> {
    sources: &'a Sources,
    diags: &'a mut Diagnostics,
    /// Names of all embeds.
    pub(super) embeds: Vec<String>,
    /// Files that say more than could be read of them.
    pub(super) broken: BTreeSet<FileId>,
}

/// Front matter.
enum Front<'t> {
    /// The table between lines of `+++`, and where it starts.
    Table(&'t str, usize),
    /// None is there.
    Absent,
    /// It cannot be told from the body, which has been reported.
    Broken,
}

impl<'a> Files<'a> {
    /// Starts with the files that could not be read at all.
    pub(super) fn new(sources: &'a Sources, diags: &'a mut Diagnostics) -> Self {
        let broken = sources.unread().map(|(file, _)| file).collect();
        Self { sources, diags, embeds: Vec::new(), broken }
    }

    /// Reads a TOML file. The places of one that is absent are those of `book.toml`.
    pub(super) fn table<T: Keys>(&mut self, path: &str) -> T {
        match self.sources.find(path) {
            Some(file) => self.document(file, T::read_table),
            None => Reader::nothing(start(FileId(0)), T::read_table),
        }
    }

    /// Reads a TOML file whose tables have ids that the author gives.
    pub(super) fn ids<T: FromToml>(&mut self, path: &str) -> Map<T> {
        match self.sources.find(path) {
            Some(file) => {
                self.document(file, |table, _, reader| Map::of_ids(table, reader))
            }
            None => Map::default(),
        }
    }

    /// Reads a whole file as TOML.
    fn document<T>(
        &mut self,
        file: FileId,
        read: impl FnOnce(&toml::de::DeTable<'_>, Span, &mut Reader<'_>) -> T,
    ) -> T {
        let text = &self.sources.text(file).text;
        let mut reader = Reader::new(file, Origin::at(0), self.diags);
        let read = reader.document(text, start(file), read);
        if reader.is_broken() {
            self.broken.insert(file);
        }
        read
    }

    /// Takes a document over from before, or reads it. Documents know nothing of each other,
    /// so this is done on all threads; what was found of them is [added](Self::add) later.
    fn keep<T>(
        &self,
        before: Before<'_, T>,
        files: &[FileId],
        read: impl FnOnce(&mut Files<'_>) -> Doc<T>,
    ) -> Arc<CachedDoc<T>> {
        let sources = self.sources;
        if let Some(kept) = CachedDoc::find(before, sources, files) {
            return kept.clone();
        }
        let mut diags = Diagnostics::new();
        let mut alone = Files::new(sources, &mut diags);
        alone.embeds.clone_from(&self.embeds);
        let doc = read(&mut alone);
        let is_broken = alone.broken.contains(&doc.file);
        let found = diags.iter().cloned().collect();
        Arc::new(CachedDoc::new(doc, sources, files, found, is_broken))
    }

    /// Adds what was found of documents, in their order.
    fn add<T>(&mut self, docs: &[Arc<CachedDoc<T>>]) {
        for kept in docs {
            self.diags.extend(kept.found.iter().cloned());
            if kept.is_broken {
                self.broken.insert(kept.file);
            }
        }
    }

    /// Reads the `theme.toml` of every theme.
    pub(super) fn themes(
        &mut self,
        before: Before<'_, Theme>,
    ) -> Vec<Arc<CachedDoc<Theme>>> {
        let sources = self.sources;
        let files = sources.below("themes/").filter_map(|(file, text)| {
            let name = text.path.strip_prefix("themes/")?.strip_suffix("/theme.toml")?;
            (!name.contains('/')).then_some((file, name.to_owned()))
        });
        let read = |(file, slug)| {
            self.keep(before, &[file], |files| {
                let front = files.document(file, Theme::read_table);
                Doc { slug, file, front, prose: None }
            })
        };
        let docs: Vec<_> = files.map(read).collect();
        self.add(&docs);
        docs
    }

    /// Reads the words of all themes, of which the book's own language picks some.
    pub(super) fn strings(&mut self) -> BTreeMap<String, Map<ThemeString>> {
        let sources = self.sources;
        let files = sources.below("themes/").filter(|(_, text)| {
            let parts: Vec<&str> = text.path.split('/').collect();
            matches!(parts[..], [_, _, "strings", name] if name.ends_with(".toml"))
        });
        files
            .map(|(file, text)| {
                let words = self
                    .document(file, |table, _, reader| Map::from_table(table, reader));
                (text.path.clone(), words)
            })
            .collect()
    }

    /// Reads `content/frameworks/`.
    pub(super) fn frameworks(
        &mut self,
        before: Before<'_, Framework>,
    ) -> Vec<Arc<CachedDoc<Framework>>> {
        let folder = "content/frameworks/";
        let sources = self.sources;
        let files: Vec<_> = files_of(sources, folder).collect();
        let read = |&(file, name): &(FileId, &str)| {
            let slug = name.strip_suffix(".toml")?;
            let prose = sources.find(&format!("{folder}{slug}.md"));
            let own: Vec<FileId> = [file].into_iter().chain(prose).collect();
            Some(self.keep(before, &own, |files| {
                slug::check(slug, start(file), files.diags);
                let front = files.document(file, Framework::read_table);
                let prose = prose.map(|md| files.prose(md, 0));
                Doc { slug: slug.to_owned(), file, front, prose }
            }))
        };
        let docs: Vec<_> = files.par_iter().filter_map(read).collect();
        self.add(&docs);
        for (file, name) in files {
            let Some(slug) = name.strip_suffix(".md") else { continue };
            let facts = format!("{folder}{slug}.toml");
            if sources.named(&facts).is_none() {
                let message = format!("`{slug}` has prose but no facts");
                let found = Diagnostic::new(Code::UnexpectedFile, start(file), message);
                self.diags.push(found.hint(format!("write `{facts}`")));
            }
        }
        docs
    }

    /// Reads the Markdown files of a folder.
    pub(super) fn docs<T: Keys + Send + Sync>(
        &mut self,
        folder: &'static str,
        before: Before<'_, T>,
    ) -> Vec<Arc<CachedDoc<T>>> {
        let files: Vec<_> = files_of(self.sources, folder).collect();
        let read = |&(file, name): &(FileId, &str)| {
            let slug = name.strip_suffix(".md")?;
            Some(self.keep(before, &[file], |files| {
                if folder != "content/versus/" {
                    slug::check(slug, start(file), files.diags);
                }
                files.doc(slug, file)
            }))
        };
        let docs: Vec<_> = files.par_iter().filter_map(read).collect();
        self.add(&docs);
        docs
    }

    /// Reads prose for a page that every site has.
    pub(super) fn section(
        &mut self,
        path: &str,
        before: Option<&Option<Arc<CachedDoc<Section>>>>,
    ) -> Option<Arc<CachedDoc<Section>>> {
        let file = self.sources.find(path)?;
        let before = before.map(Option::as_slice);
        let doc = self.keep(before, &[file], |files| files.doc("", file));
        self.add(std::slice::from_ref(&doc));
        Some(doc)
    }

    fn doc<T: Keys>(&mut self, slug: &str, file: FileId) -> Doc<T> {
        let (front, body) = self.front_matter(file);
        let front = match front {
            Front::Table(text, at) => {
                let mut reader = Reader::new(file, Origin::at(at), self.diags);
                let front = reader.document(text, Span::new(file, 0..3), T::read_table);
                if reader.is_broken() {
                    self.broken.insert(file);
                }
                front
            }
            Front::Absent => self.without_front_matter(file),
            Front::Broken => {
                self.broken.insert(file);
                Reader::nothing(start(file), T::read_table)
            }
        };
        let prose = Some(self.prose(file, body));
        Doc { slug: slug.to_owned(), file, front, prose }
    }

    /// Reads a text that has no front matter, which only some must have.
    fn without_front_matter<T: Keys>(&mut self, file: FileId) -> T {
        let required = T::KEYS.keys.iter().filter(|key| key.need == Presence::Required);
        let keys: Vec<String> =
            required.map(|key| format!("{} = \"…\"", key.name)).collect();
        if keys.is_empty() {
            let mut reader = Reader::new(file, Origin::at(0), self.diags);
            return reader.document("", start(file), T::read_table);
        }
        let fence = || std::iter::once("+++".to_owned());
        let lines: Vec<String> = fence().chain(keys).chain(fence()).collect();
        let found =
            Diagnostic::new(Code::MissingKey, start(file), "missing front matter");
        let hint = format!("begin the file with the lines {}", List::and(&lines));
        self.diags.push(found.hint(hint));
        self.broken.insert(file);
        Reader::nothing(start(file), T::read_table)
    }

    /// A file's front matter, and where its body starts.
    fn front_matter(&mut self, file: FileId) -> (Front<'a>, usize) {
        let text = &self.sources.text(file).text;
        let mut lines = text.split_inclusive('\n');
        let first = lines.next().unwrap_or_default();
        let fence = first.trim_end();
        if fence != "+++" && fence != "---" {
            return (Front::Absent, 0);
        }
        let mut at = first.len();
        for line in lines {
            let end = at + line.len();
            match line.trim_end() {
                "+++" if fence == "+++" => {
                    return (Front::Table(&text[first.len()..at], first.len()), end);
                }
                "---" if fence == "---" => {
                    let message = "front matter is TOML between lines of `+++`";
                    let hint =
                        "write `+++` for `---`, and `key = \"text\"` for `key: text`";
                    self.bad_front_matter(file, message, hint);
                    return (Front::Broken, end);
                }
                // Neither a key nor what belongs to one: a line across the page.
                words
                    if fence == "---"
                        && !words.contains(':')
                        && !line.starts_with([' ', '-', '#']) =>
                {
                    break;
                }
                _ => {}
            }
            at = end;
        }
        if fence == "---" {
            return (Front::Absent, 0);
        }
        self.bad_front_matter(
            file,
            "front matter is not closed",
            "end it by a line of `+++`",
        );
        (Front::Broken, text.len())
    }

    fn bad_front_matter(&mut self, file: FileId, message: &str, hint: &str) {
        let span = Span::new(file, 0..3);
        let found = Diagnostic::new(Code::UnclosedFrontMatter, span, message);
        self.diags.push(found.hint(hint));
    }

    fn prose(&mut self, file: FileId, base: usize) -> Arc<Prose> {
        let text = &self.sources.text(file).text;
        let dialect = Dialect { embeds: &self.embeds };
        Arc::new(prose::parse(Body { file, text, base }, &dialect, self.diags))
    }

    /// Reports files of `content/` that nothing reads.
    pub(super) fn unexpected(&mut self) {
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
    let names =
        sources.below(folder).map(|(file, text)| (file, &text.path[folder.len()..]));
    names.filter(|(_, name)| !name.contains('/'))
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
