//! Makes every page and file of the plan, and settles who has which route.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rayon::prelude::*;

use super::claims::{Claim, Claims};
use super::words::Words;
use super::{File, FileKind, Kind, Page, PairId, Plan, Route, asset_route};
use crate::book::{Alias, Book, Cell, CriterionId, FrameworkId, Guide, Part, with_ids};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};
use crate::rank::Rankings;
use crate::raw::is_device;

/// First segments that pages of a later fieldguide or the site's own files need.
const RESERVED: &[&str] = &["changes", "theme", "assets", "api"];

/// A plan in the making.
pub(super) struct Builder<'a> {
    book: &'a Book,
    rankings: &'a Rankings,
    words: Words<'a>,
    plan: Plan,
    claims: Claims,
    /// The routes that pages have, and what is there.
    taken: Vec<(Route, Kind)>,
    diags: &'a mut Diagnostics,
}

impl<'a> Builder<'a> {
    /// Starts with the pairs that get a page.
    pub(super) fn new(
        book: &'a Book,
        rankings: &'a Rankings,
        plan: Plan,
        diags: &'a mut Diagnostics,
    ) -> Self {
        let words = Words { book, rankings };
        let (claims, taken) = (Claims::default(), Vec::new());
        Self { book, rankings, words, plan, claims, taken, diags }
    }

    /// Makes every page and file.
    pub(super) fn build(mut self) -> Plan {
        self.fixed_pages();
        self.framework_pages();
        self.goal_pages();
        self.prose_pages();
        self.redirects();
        let mut taken = std::mem::take(&mut self.taken);
        taken.sort_by(|a, b| a.0.cmp(&b.0));
        self.plan.pages = taken.into_par_iter().map(|at| self.page(at)).collect();
        self.files();
        self.plan.files.sort_by(|a, b| a.route.cmp(&b.route));
        self.plan
    }

    fn fixed_pages(&mut self) {
        let book = self.book;
        self.add(Route::new(""), Kind::Home, None);
        self.add(Route::new("404.html"), Kind::NotFound, None);
        let lists = [
            ("frameworks/", Kind::Frameworks, true),
            (
                "languages/",
                Kind::Languages,
                book.has(Part::Languages) && !book.languages.is_empty(),
            ),
            ("compare/", Kind::Compare, true),
            ("best-for/", Kind::Goals, true),
            ("choose/", Kind::Choose, book.has(Part::Choose)),
            ("criteria/", Kind::Criteria, book.has(Part::Criteria)),
            ("guides/", Kind::Guides, !book.guides.is_empty()),
            ("faq/", Kind::Faq, book.faq.section.prose.is_some()),
            ("methodology/", Kind::Methodology, book.has(Part::Methodology)),
            ("data/", Kind::Data, book.has(Part::Data)),
            ("sources/", Kind::Sources, book.has(Part::Sources)),
            ("changes/", Kind::Changes, self.has_changes()),
            ("search/", Kind::Search, book.has(Part::Search)),
        ];
        for (route, kind, is_wanted) in lists {
            if is_wanted {
                self.add(Route::new(route), kind, None);
            }
        }
    }

    fn framework_pages(&mut self) {
        let book = self.book;
        for (id, framework) in with_ids(&book.frameworks) {
            let route = self.plan.framework(book, id);
            self.add(route, Kind::Framework(id), Some(framework.span));
        }
        let languages = with_ids(&book.languages).filter(|_| book.has(Part::Languages));
        for (id, language) in languages {
            let route = self.plan.language(book, id);
            self.add(route, Kind::Language(id), Some(language.span));
        }
        let mut declared = BTreeSet::new();
        let criteria = with_ids(&book.criteria).filter(|_| book.has(Part::Criteria));
        for (id, criterion) in criteria {
            // One that is declared twice has been reported as that.
            if !declared.insert(&criterion.id) {
                continue;
            }
            let route = self.plan.criterion(book, id);
            self.add(route, Kind::Criterion(id), Some(criterion.span));
        }
        for (i, pair) in self.plan.pairs.clone().into_iter().enumerate() {
            let id = PairId(u32::try_from(i).unwrap_or(u32::MAX));
            let route = self.plan.versus(book, id);
            let span = pair.verdict.map(|verdict| book[verdict].span);
            self.add(route, Kind::Versus(id), span);
        }
    }

    fn goal_pages(&mut self) {
        let book = self.book;
        for (id, goal) in with_ids(&book.goals) {
            let route = self.plan.goal(book, id);
            self.add(route, Kind::Goal(id), Some(goal.span));
        }
    }

    fn prose_pages(&mut self) {
        let book = self.book;
        for (id, guide) in with_ids(&book.guides) {
            let route = self.plan.guide(book, id);
            self.add(route, Kind::Guide(id), Some(guide.span));
        }
        for (id, page) in with_ids(&book.pages) {
            let route = Route::new(format!("{}/", page.slug));
            if RESERVED.contains(&page.slug.as_str()) {
                let message = format!("the address `/{}/` is reserved", page.slug);
                let found = Diagnostic::new(Code::DuplicateRoute, page.span, message);
                self.diags.push(found.hint("rename the file"));
                // That the site's own page is there already is no second mistake.
                if self.taken.iter().any(|(taken, _)| *taken == route) {
                    continue;
                }
            }
            self.add(route, Kind::Page(id), Some(page.span));
        }
    }

    fn redirects(&mut self) {
        let book = self.book;
        let mut all: Vec<(&Alias, Route)> = Vec::new();
        for (id, framework) in with_ids(&book.frameworks) {
            let to = self.plan.framework(book, id);
            all.extend(framework.aliases.iter().map(|alias| (alias, to.clone())));
        }
        for (id, goal) in with_ids(&book.goals) {
            let to = self.plan.goal(book, id);
            all.extend(goal.aliases.iter().map(|alias| (alias, to.clone())));
        }
        for (id, guide) in with_ids(&book.guides) {
            let to = self.plan.guide(book, id);
            all.extend(guide.aliases.iter().map(|alias| (alias, to.clone())));
        }
        for page in &book.pages {
            let to = Route::new(format!("{}/", page.slug));
            all.extend(page.aliases.iter().map(|alias| (alias, to.clone())));
        }
        for (alias, to) in all {
            let path = alias.path.trim_end_matches('/');
            if path.is_empty() || !path.split('/').all(is_portable) {
                let message = format!("`/{}` cannot be an address", alias.path);
                let found = Diagnostic::new(Code::BadFileName, alias.span, message);
                let hint = "use letters, digits, `-`, `_` and `.`, not at the start";
                self.diags.push(found.hint(hint));
                continue;
            }
            let route = match path.ends_with(".html") {
                true => Route::new(path),
                false => Route::new(format!("{path}/")),
            };
            self.add(route, Kind::Redirect { to }, Some(alias.span));
        }
    }

    fn files(&mut self) {
        let book = self.book;
        let mut files = Vec::new();
        let mut list = |part, more: &[(&str, FileKind)]| {
            if book.has(part) {
                files.extend(more.iter().map(|(route, kind)| (route.to_string(), *kind)));
            }
        };
        list(
            Part::Data,
            &[
                ("api/v1/frameworks.json", FileKind::Frameworks),
                ("api/v1/criteria.json", FileKind::Criteria),
                ("api/v1/matrix.csv", FileKind::Matrix),
            ],
        );
        list(Part::Choose, &[("api/v1/scores.json", FileKind::Scores)]);
        list(Part::Search, &[("search/index.json", FileKind::SearchIndex)]);
        list(Part::Sitemap, &[("sitemap.xml", FileKind::Sitemap)]);
        list(Part::Markdown, &[("llms.txt", FileKind::Llms)]);
        if self.has_changes() {
            list(Part::Changes, &[("changes/feed.xml", FileKind::Feed)]);
        }
        // Search engines read robots.txt at the root of a host only.
        if book.site.base_path == "/" {
            list(Part::Sitemap, &[("robots.txt", FileKind::Robots)]);
        }
        for (id, framework) in with_ids(&book.frameworks) {
            let route = format!("api/v1/frameworks/{}.json", framework.slug);
            list(Part::Data, &[(&route, FileKind::Framework(id))]);
        }
        for (id, goal) in with_ids(&book.goals) {
            let route = format!("api/v1/goals/{}.json", goal.slug);
            list(Part::Data, &[(&route, FileKind::Goal(id))]);
        }
        for (route, kind) in files {
            self.add_file(Route::new(route), kind);
        }
        let pages = self.plan.pages.iter().enumerate();
        let twins = pages.filter_map(|(i, page)| Some((page.twin()?, FileKind::Twin(i))));
        for (route, kind) in twins.collect::<Vec<_>>() {
            self.add_file(route, kind);
        }
        for (i, asset) in book.assets.iter().enumerate() {
            if asset.path.split('/').all(is_portable) {
                self.add_file(asset_route(&asset.path), FileKind::Asset(i));
            } else {
                let message =
                    format!("`content/assets/{}` cannot be an address", asset.path);
                let hint = "use letters, digits, `-`, `_` and `.`, not at the start";
                let found = Diagnostic::placeless(Code::BadFileName, message).hint(hint);
                self.diags.push(found);
            }
        }
    }

    fn add(&mut self, route: Route, kind: Kind, span: Option<Span>) {
        let is_written = matches!(kind, Kind::Redirect { .. });
        if let Err(found) =
            self.claims.take(Claim { route: route.clone(), span, is_written })
        {
            self.diags.push(found);
            return;
        }
        self.taken.push((route, kind));
    }

    /// The page at a route.
    fn page(&self, (route, kind): (Route, Kind)) -> Page {
        Page {
            title: self.words.title(&self.plan, &kind),
            description: self.words.description(&self.plan, &kind),
            is_indexed: self.is_indexed(&kind),
            has_twin: self.book.has(Part::Markdown) && has_text(&kind),
            updated: self.updated(&kind),
            above: self.words.above(&kind),
            route,
            kind,
        }
    }

    fn has_changes(&self) -> bool {
        self.book.has(Part::Changes) && !self.plan.news.is_empty()
    }

    fn add_file(&mut self, route: Route, kind: FileKind) {
        let is_written = matches!(kind, FileKind::Asset(_));
        match self.claims.take(Claim { route: route.clone(), span: None, is_written }) {
            Ok(()) => self.plan.files.push(File { route, kind }),
            Err(found) => self.diags.push(found),
        }
    }

    /// The newest date of what a page shows.
    fn updated(&self, kind: &Kind) -> Option<Date> {
        let book = self.book;
        let guide = |guide: &Guide| guide.updated.or(guide.published);
        match kind {
            Kind::Home
            | Kind::Frameworks
            | Kind::Compare
            | Kind::Choose
            | Kind::Data
            | Kind::Sources => {
                newest(book.frameworks.iter().flat_map(|framework| &framework.cells))
            }
            Kind::Framework(id) => newest(&book[*id].cells),
            Kind::Language(id) => {
                let own = book.frameworks.iter().filter(|f| f.language == Some(*id));
                newest(own.flat_map(|framework| &framework.cells))
            }
            Kind::Versus(id) => {
                let pair = &self.plan.pairs[id.index()];
                newest(book[pair.first].cells.iter().chain(&book[pair.second].cells))
            }
            Kind::Goal(id) => {
                let weights = book[*id].weights.iter();
                newest(weights.flat_map(|(criterion, _)| self.column(*criterion)))
            }
            Kind::Criterion(id) => newest(self.column(*id)),
            Kind::Changes => self.plan.news.first().map(|news| news.day),
            Kind::Guides => book.guides.iter().filter_map(guide).max(),
            Kind::Guide(id) => guide(&book[*id]),
            Kind::Languages
            | Kind::Goals
            | Kind::Criteria
            | Kind::Faq
            | Kind::Methodology
            | Kind::Search
            | Kind::Page(_)
            | Kind::NotFound
            | Kind::Redirect { .. } => None,
        }
    }

    /// Whether search engines may list a page.
    fn is_indexed(&self, kind: &Kind) -> bool {
        let book = self.book;
        match kind {
            Kind::Language(id) => {
                book.frameworks.iter().filter(|f| f.language == Some(*id)).count() >= 2
            }
            Kind::Criterion(id) => {
                self.column(*id).filter(|cell| cell.known().is_some()).count() >= 3
            }
            Kind::Versus(id) => self.plan.pairs[id.index()]
                .verdict
                .is_some_and(|verdict| book[verdict].prose.raw.words >= 60),
            Kind::Goal(id) => !self.rankings.goals[id.index()].ranked.is_empty(),
            Kind::Search | Kind::NotFound | Kind::Redirect { .. } => false,
            Kind::Home
            | Kind::Frameworks
            | Kind::Framework(_)
            | Kind::Languages
            | Kind::Compare
            | Kind::Goals
            | Kind::Choose
            | Kind::Criteria
            | Kind::Guides
            | Kind::Guide(_)
            | Kind::Faq
            | Kind::Methodology
            | Kind::Data
            | Kind::Sources
            | Kind::Changes
            | Kind::Page(_) => true,
        }
    }

    fn column(&self, id: CriterionId) -> impl Iterator<Item = &'a Cell> + use<'a> {
        let book = self.book;
        let frameworks = with_ids(&book.frameworks).map(|(id, _): (FrameworkId, _)| id);
        frameworks.map(move |framework| book.cell(framework, id))
    }
}

/// Whether pages of a kind are made as Markdown too.
fn has_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Framework(_) | Kind::Goal(_) | Kind::Versus(_) | Kind::Guide(_))
}

/// The newest day on which one of the cells was checked.
fn newest<'c>(cells: impl IntoIterator<Item = &'c Cell>) -> Option<Date> {
    cells.into_iter().filter_map(Cell::checked).max()
}

/// Whether a name can be a file on every system and a segment on every host.
fn is_portable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    name.len() <= 200
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        && !name.starts_with(['.', '_'])
        && !name.ends_with('.')
        && !name.is_empty()
        && !is_device(stem)
}
