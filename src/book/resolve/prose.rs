//! Prose: every link and embed leads to something of the book.

use super::Resolver;
use crate::book::{CriterionId, Embed, FrameworkId, Prose, Target};
use crate::diag::{Code, Diagnostic, List, Span};
use crate::raw::href::{Href, Meaning, Noun};
use crate::raw::{self, EmbedBody, Link, Slug, Text};

/// Pages that every site may have, as `page:NAME` names them, with their routes.
const FIXED: &[(&str, &str)] = &[
    ("home", ""),
    ("frameworks", "frameworks/"),
    ("languages", "languages/"),
    ("compare", "compare/"),
    ("best-for", "best-for/"),
    ("criteria", "criteria/"),
    ("guides", "guides/"),
    ("faq", "faq/"),
    ("methodology", "methodology/"),
    ("data", "data/"),
    ("sources", "sources/"),
];

impl Resolver<'_> {
    /// Resolves the links and embeds of a text.
    pub(super) fn prose(&mut self, raw: &raw::Prose) -> Prose {
        let targets = raw.links.iter().map(|link| self.link(link)).collect();
        let embeds = raw.embeds.iter().map(|embed| self.embed(&embed.body)).collect();
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
        match target {
            Some(Target::Asset(_)) if !link.is_image && link.is_empty => {
                let found =
                    Diagnostic::new(Code::DeadLink, link.span, "this link has no words");
                self.diags.push(found.hint("write them between the brackets"));
                Target::Nowhere
            }
            Some(target) if link.is_image && !matches!(target, Target::Asset(_)) => {
                let found = Diagnostic::new(
                    Code::DeadLink,
                    link.span,
                    "this is not an image file",
                );
                self.diags.push(found.hint("name a file in `content/assets`"));
                Target::Nowhere
            }
            Some(target) => target,
            None => Target::Nowhere,
        }
    }

    /// Resolves a link by meaning outside of prose, such as `goal:startups`.
    pub(super) fn meaning_of(&mut self, text: &Text) -> Option<Target> {
        match raw::href::parse(&text.value) {
            Ok(Href::Meaning(meaning)) => self.meaning(&meaning, text.span),
            Ok(Href::External(url)) => Some(Target::External(url)),
            _ if text.value.is_empty() => None,
            _ => {
                let message = format!("`{}` is not a link by meaning", text.value);
                let found = Diagnostic::new(Code::BadUrl, text.span, message);
                let nouns = List::or(Noun::WORDS);
                self.diags.push(found.hint(format!("write `NOUN:NAME`, with {nouns}")));
                None
            }
        }
    }

    fn meaning(&mut self, meaning: &Meaning, span: Span) -> Option<Target> {
        let (name, part) = (meaning.name.as_str(), meaning.fragment.clone());
        let (names, diags) = (&self.names, &mut *self.diags);
        match meaning.noun {
            Noun::Framework => names
                .frameworks
                .get(name, span, diags)
                .map(|id| Target::Framework(id, part)),
            Noun::Goal => self.live(name, span).then(|| {
                let id = self.names.goals.get(name, span, self.diags);
                id.map(|id| Target::Goal(id, part))
            })?,
            Noun::Criterion => names
                .criteria
                .get(name, span, diags)
                .map(|id| Target::Criterion(id, part)),
            Noun::Language => names
                .languages
                .get(name, span, diags)
                .map(|id| Target::Language(id, part)),
            Noun::Guide => self.live(name, span).then(|| {
                let id = self.names.guides.get(name, span, self.diags);
                id.map(|id| Target::Guide(id, part))
            })?,
            Noun::Versus => self
                .pair(name, span)
                .map(|(first, second)| Target::Versus(first, second, part)),
            Noun::Source => names.sources.get(name, span, diags).map(Target::Source),
            Noun::Page => self.page(name, part, span),
            Noun::Fact => self.fact(name, span),
        }
    }

    /// Whether a name is not that of a draft that is left out; says so if it is.
    fn live(&mut self, name: &str, span: Span) -> bool {
        let is_draft = self.names.drafts.contains(name);
        if is_draft {
            let message = format!("`{name}` is a draft");
            let found = Diagnostic::new(Code::DeadLink, span, message);
            let hint = "remove `draft = true` there, or build with `--drafts`";
            self.diags.push(found.hint(hint));
        }
        !is_draft
    }

    fn page(&mut self, name: &str, part: Option<String>, span: Span) -> Option<Target> {
        if let Some(id) = self.names.pages.find(name) {
            return Some(Target::Page(id, part));
        }
        if let Some((_, route)) = FIXED.iter().find(|(fixed, _)| *fixed == name) {
            return Some(Target::Fixed(route, part));
        }
        if !self.live(name, span) {
            return None;
        }
        let message = format!("unknown page `{name}`");
        let found = Diagnostic::new(Code::UnknownPage, span, message);
        let own = self.raw.pages.iter().map(|doc| doc.slug.as_str());
        let known: Vec<&str> = own.chain(FIXED.iter().map(|(name, _)| *name)).collect();
        self.diags.push(found.did_you_mean(name, known));
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
        let Some(full) = join(self.path(span.file), path) else {
            let message = format!("`{path}` leads out of the book's folder");
            let found = Diagnostic::new(Code::OutsideBook, span, message);
            self.diags.push(found.hint("link to a file below `content`"));
            return None;
        };
        let target = self.target_of(&full, part, span);
        if target.is_none() {
            let message = format!("no file `{full}` that becomes a page");
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
        self.sources.texts().filter_map(move |(_, text)| {
            text.path
                .strip_prefix(folder.as_str())?
                .strip_prefix('/')
                .filter(|n| !n.contains('/'))
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
        let names = &self.names;
        match (below.split_once('/'), part) {
            (Some(("frameworks", file)), part) => {
                let slug = file.strip_suffix(".toml").or(file.strip_suffix(".md"))?;
                let id = names.frameworks.find(slug)?;
                let of_toml = part.filter(|_| file.ends_with(".toml"));
                match of_toml {
                    Some(criterion) => {
                        let criterion = names.criteria.get(&criterion, span, self.diags);
                        Some(criterion.map_or(Target::Nowhere, |c| Target::Fact(id, c)))
                    }
                    None => Some(Target::Framework(id, None)),
                }
            }
            (Some((folder, file)), part) => {
                let slug = file.strip_suffix(".md")?;
                match folder {
                    "goals" => names.goals.find(slug).map(|id| Target::Goal(id, part)),
                    "guides" => names.guides.find(slug).map(|id| Target::Guide(id, part)),
                    "pages" => names.pages.find(slug).map(|id| Target::Page(id, part)),
                    "versus" => {
                        let (first, second) = slug.split_once("-vs-")?;
                        let first = names.frameworks.find(first)?;
                        Some(Target::Versus(first, names.frameworks.find(second)?, part))
                    }
                    _ => None,
                }
            }
            (None, Some(id)) if below == "criteria.toml" => {
                let id = names.criteria.get(&id, span, self.diags);
                Some(id.map_or(Target::Nowhere, |id| Target::Criterion(id, None)))
            }
            (None, Some(id)) if below == "languages.toml" => {
                let id = names.languages.get(&id, span, self.diags);
                Some(id.map_or(Target::Nowhere, |id| Target::Language(id, None)))
            }
            (None, Some(id)) if below == "sources.toml" => {
                let id = names.sources.get(&id, span, self.diags);
                Some(id.map_or(Target::Nowhere, Target::Source))
            }
            (None, part) => {
                let route = match below {
                    "index.md" => "",
                    "faq.md" => "faq/",
                    "methodology.md" => "methodology/",
                    "criteria.toml" => "criteria/",
                    "languages.toml" => "languages/",
                    "sources.toml" => "sources/",
                    _ => return None,
                };
                Some(Target::Fixed(route, part))
            }
        }
    }

    fn embed(&mut self, body: &EmbedBody) -> Embed {
        let resolved = match body {
            EmbedBody::Matrix(matrix) => self.matrix(matrix),
            EmbedBody::Ranking(ranking) => {
                let goal = &ranking.goal;
                let id = self.names.goals.get(&goal.value, goal.span, self.diags);
                let top = ranking
                    .top
                    .as_ref()
                    .and_then(|top| usize::try_from(top.0.value).ok());
                id.map(|goal| Embed::Ranking { goal, top })
            }
            EmbedBody::Versus(versus) => {
                let first = self.framework_named(&versus.first);
                let second = self.framework_named(&versus.second);
                let criteria = self.criteria_named(&versus.criteria);
                first.zip(second).map(|(first, second)| Embed::Versus {
                    first,
                    second,
                    criteria,
                })
            }
            EmbedBody::Facts(facts) => {
                let framework = self.framework_named(&facts.framework);
                let criteria = self.criteria_or_all(&facts.criteria);
                framework.map(|framework| Embed::Facts { framework, criteria })
            }
            EmbedBody::Theme(_) => Some(Embed::Theme),
        };
        resolved.unwrap_or(Embed::Nothing)
    }

    fn matrix(&mut self, matrix: &raw::Matrix) -> Option<Embed> {
        let frameworks: Vec<FrameworkId> = match matrix.frameworks.as_slice() {
            [] => (0..self.raw.frameworks.len()).map(FrameworkId::at).collect(),
            named => named.iter().filter_map(|slug| self.framework_named(slug)).collect(),
        };
        let criteria = match &matrix.group {
            Some(group) => {
                if let Some(criterion) = matrix.criteria.first() {
                    let message = "name `criteria` or a `group`, not both";
                    let found = Diagnostic::new(Code::BadEmbed, group.span, message);
                    self.diags.push(found.label(criterion.span, "criteria named here"));
                }
                let id = self.names.groups.get(&group.value, group.span, self.diags)?;
                let raw = self.raw;
                let all: Vec<&raw::Criterion> = super::names::in_order(raw).collect();
                let ids = (0..all.len()).map(CriterionId::at);
                let of_group = ids.zip(all).filter(|(_, criterion)| {
                    self.names.groups.find(&criterion.group.value) == Some(id)
                });
                of_group.map(|(id, _)| id).collect()
            }
            None => self.criteria_or_all(&matrix.criteria),
        };
        Some(Embed::Matrix { frameworks, criteria, across: matrix.across })
    }

    fn framework_named(&mut self, slug: &Slug) -> Option<FrameworkId> {
        self.names.frameworks.get(&slug.value, slug.span, self.diags)
    }

    fn criteria_named(&mut self, ids: &[Slug]) -> Vec<CriterionId> {
        let (names, diags) = (&self.names, &mut *self.diags);
        ids.iter()
            .filter_map(|id| names.criteria.get(&id.value, id.span, diags))
            .collect()
    }

    fn criteria_or_all(&mut self, ids: &[Slug]) -> Vec<CriterionId> {
        match ids {
            [] => (0..self.raw.criteria.criterion.len()).map(CriterionId::at).collect(),
            named => self.criteria_named(named),
        }
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
    (!path.starts_with('/')).then(|| parts.join("/"))
}
