//! Prose: every link and embed leads to something of the book.

use std::sync::Arc;

use super::Resolver;
use crate::book::{Prose, Target, image};
use crate::diag::{Code, Diagnostic, List, Span};
use crate::raw::href::{Href, Meaning, Noun};
use crate::raw::{self, Link, Text};

impl Resolver<'_> {
    /// Resolves the links and embeds of a text.
    pub(super) fn prose(&mut self, raw: &Arc<raw::Prose>) -> Prose {
        let targets = raw.links.iter().map(|link| self.link(link)).collect();
        let embeds = raw.embeds.iter().map(|embed| self.embed(embed)).collect();
        Prose { raw: raw.clone(), targets, embeds }
    }

    fn link(&mut self, link: &Link) -> Target {
        let Some(href) = &link.href else { return Target::Nowhere };
        let target = match href {
            Href::Meaning(meaning) => self.meaning(meaning, link.span),
            Href::File { path, fragment } => self.file(path, fragment.clone(), link.span),
            Href::Fragment(id) => Some(Target::Fragment(id.clone())),
            Href::External(url) => Some(Target::External(url.clone())),
        };
        let (message, hint) = match target {
            None | Some(Target::Nowhere) => return Target::Nowhere,
            Some(Target::Asset(_)) if !link.is_image && link.is_empty => {
                ("this link has no words", "write them between the brackets")
            }
            Some(Target::Asset(i)) if link.is_image && !self.is_image(i) => (
                "this is not an image file",
                "name one that ends in `.svg`, `.png` or the like",
            ),
            Some(Target::Asset(i)) => return Target::Asset(i),
            Some(_) if link.is_image => {
                ("this is not an image file", "name a file in `content/assets`")
            }
            Some(target) => return target,
        };
        let found = Diagnostic::new(Code::DeadLink, link.span, message);
        self.diags.push(found.hint(hint));
        Target::Nowhere
    }

    /// Whether an asset is an image, by its name.
    fn is_image(&self, index: usize) -> bool {
        let name = self.names.assets.iter().find(|(_, at)| **at == index);
        name.is_some_and(|(name, _)| image::is_image(name))
    }

    /// Resolves a link by meaning outside of prose, such as `goal:startups`.
    pub(super) fn meaning_of(&mut self, text: &Text) -> Option<Target> {
        let target = match raw::href::parse(&text.value) {
            Ok(Href::Meaning(meaning)) => self.meaning(&meaning, text.span),
            Ok(Href::External(url)) => Some(Target::External(url)),
            _ if text.value.is_empty() => None,
            _ => {
                let message = format!("`{}` is not a link by meaning", text.value);
                let found = Diagnostic::new(Code::BadUrl, text.span, message);
                self.diags.push(match raw::href::nearest_noun(&text.value) {
                    Some(nearest) => found.hint(format!("did you mean `{nearest}`?")),
                    None => {
                        let nouns = List::or(Noun::WORDS);
                        found.hint(format!("write `NOUN:NAME`, with {nouns}"))
                    }
                });
                None
            }
        };
        self.links.extend(target.clone().map(|target| (target, text.span)));
        target
    }

    fn meaning(&mut self, meaning: &Meaning, span: Span) -> Option<Target> {
        let (name, part) = (meaning.name.as_str(), meaning.fragment.clone());
        let (names, diags) = (&self.names, &mut *self.diags);
        match meaning.noun {
            Noun::Framework => {
                let id = names.frameworks.get(name, span, diags)?;
                Some(Target::Framework(id, part))
            }
            Noun::Goal => Some(Target::Goal(names.goals.get(name, span, diags)?, part)),
            Noun::Criterion => {
                let id = names.criteria.get(name, span, diags)?;
                Some(Target::Criterion(id, part))
            }
            Noun::Language => {
                let id = names.languages.get(name, span, diags)?;
                Some(Target::Language(id, part))
            }
            Noun::Guide => {
                Some(Target::Guide(names.guides.get(name, span, diags)?, part))
            }
            Noun::Versus => {
                let (first, second) = self.pair(name, span)?;
                Some(Target::Versus(first, second, part))
            }
            Noun::Source => names.sources.get(name, span, diags).map(Target::Source),
            Noun::Page => self.page(name, part, span),
            Noun::Fact => self.fact(name, span),
        }
    }

    fn page(&mut self, name: &str, part: Option<String>, span: Span) -> Option<Target> {
        if let Some(id) = self.names.pages.find(name) {
            return Some(Target::Page(id, part));
        }
        if let Some(page) = self.options.pages.iter().find(|page| page.name == name) {
            return Some(Target::Fixed(page.kind, part));
        }
        if self.names.pages.is_withheld(name) {
            self.names.pages.get(name, span, self.diags);
            return None;
        }
        let message = format!("unknown page `{name}`");
        let found = Diagnostic::new(Code::UnknownPage, span, message);
        let own = self.raw.pages.iter().map(|doc| doc.slug.as_str());
        let fixed = self.options.pages.iter().map(|page| page.name);
        let known: Vec<&str> = own.chain(fixed).collect();
        let found = found.did_you_mean(name, known);
        self.diags.push(if found.hints.is_empty() {
            found.hint(format!("write `content/pages/{name}.md`"))
        } else {
            found
        });
        None
    }

    fn fact(&mut self, name: &str, span: Span) -> Option<Target> {
        let Some((framework, criterion)) = name.split_once('/') else {
            let message = format!("`fact:{name}` does not name a fact");
            let found = Diagnostic::new(Code::BadUrl, span, message);
            self.diags.push(found.hint("write `fact:FRAMEWORK/CRITERION`"));
            return None;
        };
        let framework = self.names.frameworks.get(framework, span, self.diags);
        let criterion = self.names.criteria.get(criterion, span, self.diags);
        Some(Target::Fact(framework?, criterion?))
    }

    /// Resolves a path to another file of the book.
    fn file(&mut self, path: &str, part: Option<String>, span: Span) -> Option<Target> {
        if path.starts_with('/') {
            let message = format!("`{path}` does not start at this file");
            let found = Diagnostic::new(Code::DeadLink, span, message);
            let hint = "write a path from this file, or a link by meaning such as \
                        `page:compare`";
            self.diags.push(found.hint(hint));
            return None;
        }
        let Some(full) = join(self.path(span.file), path) else {
            let message = format!("`{path}` leads out of the book's folder");
            let found = Diagnostic::new(Code::OutsideBook, span, message);
            self.diags.push(found.hint("link to a file below `content`"));
            return None;
        };
        if self.sources.unread().any(|(_, text)| text.path == full) {
            return None;
        }
        let target = self.target_of(&full, part, span);
        if target.is_none() {
            let message = match self.sources.find(&full) {
                Some(_) => format!("`{full}` does not become a page"),
                None => format!("there is no file `{full}`"),
            };
            let found = Diagnostic::new(Code::DeadLink, span, message);
            let name = full.rsplit('/').next().unwrap_or_default();
            let known: Vec<&str> = self.known_files(&full).collect();
            let near = crate::diag::suggest(name, known.iter().copied());
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "link to a file of `content`, or by meaning: `page:compare`"
                    .to_owned(),
            };
            self.diags.push(found.hint(hint));
        }
        target
    }

    /// Names of the files in the folder of a path.
    fn known_files<'s>(&'s self, path: &str) -> impl Iterator<Item = &'s str> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let texts = self.sources.texts().map(|(_, text)| text.path.as_str());
        let assets = self.sources.assets("content/").map(|asset| asset.path.as_str());
        texts.chain(assets).filter_map(move |path| {
            let name = path.strip_prefix(folder.as_str())?.strip_prefix('/')?;
            (!name.contains('/')).then_some(name)
        })
    }

    fn target_of(
        &mut self,
        full: &str,
        part: Option<String>,
        span: Span,
    ) -> Option<Target> {
        let below = full.strip_prefix("content/")?;
        if let Some(asset) = below.strip_prefix("assets/") {
            return self.names.assets.get(asset).copied().map(Target::Asset);
        }
        self.sources.find(full)?;
        let (folder, file) = below.rsplit_once('/').unwrap_or(("", below));
        let slug = file.rsplit_once('.').map_or(file, |(slug, _)| slug);
        let (names, diags) = (&self.names, &mut *self.diags);
        let target = match (folder, part) {
            ("", part) => return self.target_in_list(file, part, span),
            ("frameworks", Some(criterion)) if file.ends_with(".toml") => {
                let criterion = names.criteria.get(&criterion, span, diags);
                let framework = names.frameworks.get(slug, span, diags);
                framework.zip(criterion).map(|(f, c)| Target::Fact(f, c))
            }
            ("frameworks", part) => {
                let id = names.frameworks.get(slug, span, diags);
                id.map(|id| Target::Framework(id, part))
            }
            ("goals", part) => {
                names.goals.get(slug, span, diags).map(|id| Target::Goal(id, part))
            }
            ("guides", part) => {
                names.guides.get(slug, span, diags).map(|id| Target::Guide(id, part))
            }
            ("pages", part) => {
                names.pages.get(slug, span, diags).map(|id| Target::Page(id, part))
            }
            ("versus", part) => {
                let (first, second) = slug.split_once("-vs-")?;
                let first = names.frameworks.find(first);
                let pair = first.zip(names.frameworks.find(second));
                pair.map(|(first, second)| Target::Versus(first, second, part))
            }
            _ => return None,
        };
        // Where there is none, that has been said, here or at the file itself.
        Some(target.unwrap_or(Target::Nowhere))
    }

    /// The target of a path to a file of `content` itself.
    fn target_in_list(
        &mut self,
        file: &str,
        part: Option<String>,
        span: Span,
    ) -> Option<Target> {
        let (names, diags) = (&self.names, &mut *self.diags);
        let target = match (file, part) {
            ("criteria.toml", Some(id)) => {
                let id = names.criteria.get(&id, span, diags);
                id.map(|id| Target::Criterion(id, None))
            }
            ("languages.toml", Some(id)) => {
                let id = names.languages.get(&id, span, diags);
                id.map(|id| Target::Language(id, None))
            }
            ("sources.toml", Some(id)) => {
                names.sources.get(&id, span, diags).map(Target::Source)
            }
            (file, part) if part.is_none() || file.ends_with(".md") => {
                let file = format!("content/{file}");
                let mut pages = self.options.pages.iter();
                let page = pages.find(|page| page.file == Some(&file))?;
                Some(Target::Fixed(page.kind, part))
            }
            _ => return None,
        };
        Some(target.unwrap_or(Target::Nowhere))
    }
}

/// Joins a path to the folder of a file; none if it leads out of the book.
fn join(file: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
