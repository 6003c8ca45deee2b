//! Plans a site: asks every kind of page for its pages, settles who has which route, and
//! checks that every link has a target. [`Book`], [`Rankings`] -> [`Plan`].

mod route_registry;
mod links;
mod metadata;
pub(super) mod tables;

use std::collections::BTreeMap;

use rapidhash::RapidHashSet;
use rayon::prelude::*;

use self::route_registry::{Claim, RouteRegistry};
use super::Contents;
use super::pages::{self, RegisteredPage};
use crate::book::{Book, Part, with_ids};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::plan::{
    File, FileKind, Metadata, Page, Plan, Route, Subject, asset_route, is_portable,
};
use crate::rank::Rankings;

/// Folders of the site's own files, in which no page can be.
const FILE_FOLDERS: &[&str] = &["theme", "assets", "api"];

/// Plans the site of a book.
pub fn plan(book: &Book, rankings: &Rankings, diags: &mut Diagnostics) -> Plan {
    let plan = Plan::new(book, rankings, diags);
    let planner =
        Planner { book, rankings, plan, routes: RouteRegistry::default(), diags };
    let plan = planner.plan();
    metadata::check(&plan, diags);
    tables::check(book, diags);
    links::check(Contents { book, rankings, plan: &plan }, diags);
    plan
}

/// A plan in the making.
struct Planner<'a> {
    book: &'a Book,
    rankings: &'a Rankings,
    plan: Plan,
    routes: RouteRegistry,
    diags: &'a mut Diagnostics,
}

/// A page that has its route, and nothing else yet.
struct Planned {
    kind: &'static RegisteredPage,
    subject: Subject,
    route: Route,
}

impl Planner<'_> {
    /// Makes every page and file.
    fn plan(mut self) -> Plan {
        for kind in pages::ALL {
            for subject in (kind.subjects)(self.contents()) {
                let route = (kind.route)(self.contents(), subject);
                self.plan.set_route(subject, route);
            }
        }
        let mut planned: Vec<Planned> = Vec::new();
        for kind in pages::ALL {
            planned.extend(self.pages_of(kind));
        }
        planned.sort_by(|a, b| a.route.cmp(&b.route));
        let parents = self.parents();
        let page = |planned| self.page(planned, &parents);
        let pages: Vec<Page> = planned.into_par_iter().map(page).collect();
        self.plan.pages = pages;
        self.files();
        self.plan.files.sort_by(|a, b| a.route.cmp(&b.route));
        self.plan
    }

    fn contents(&self) -> Contents<'_> {
        Contents { book: self.book, rankings: self.rankings, plan: &self.plan }
    }

    /// The pages of a kind that can have the route that they ask for.
    fn pages_of(&mut self, kind: &'static RegisteredPage) -> Vec<Planned> {
        let contents = self.contents();
        let mut criteria = RapidHashSet::default();
        // A criterion that is declared twice has been reported as that.
        let is_first = |subject: &Subject| match subject {
            Subject::Criterion(id) => criteria.insert(&contents.book[*id].id),
            _ => true,
        };
        let subjects = (kind.subjects)(contents).into_iter().filter(is_first);
        let wanted = subjects.filter(|subject| (kind.is_made)(contents, *subject));
        let wanted: Vec<_> = wanted
            .map(|subject| {
                let route = contents.plan.route(subject).clone();
                let span = (kind.span)(contents, subject);
                (subject, Claim { route, span, is_written: kind.is_written })
            })
            .collect();
        let mut planned = Vec::new();
        for (subject, claim) in wanted {
            let route = claim.route.clone();
            if self.is_reserved(subject, &claim) {
                continue;
            }
            match self.routes.claim(claim) {
                Ok(()) => planned.push(Planned { kind, subject, route }),
                Err(found) => self.diags.push(found),
            }
        }
        planned
    }

    /// Reports a free page whose address is reserved. It is left out where the site's own
    /// page is there, since that would be a second error for one mistake.
    fn is_reserved(&mut self, subject: Subject, claim: &Claim) -> bool {
        let (Subject::Page(_), Some(span)) = (subject, claim.span) else { return false };
        let slug = claim.route.as_str().trim_end_matches('/');
        let mut kinds = pages::ALL.iter().filter(|kind| kind.is_reserved);
        if !FILE_FOLDERS.contains(&slug) && !kinds.any(|kind| kind.link_name() == slug) {
            return false;
        }
        let message = format!("the address `/{slug}/` is reserved");
        let found = Diagnostic::new(Code::DuplicateRoute, span, message);
        self.diags.push(found.hint("rename the file"));
        self.routes.has(&claim.route)
    }

    /// Title and route of each page that others stand below, by its kind.
    fn parents(&self) -> BTreeMap<&'static str, (String, Route)> {
        let fixed = pages::ALL.iter().filter(|kind| kind.is_fixed);
        let parent = |kind: &RegisteredPage| {
            let subject = Subject::Fixed(kind.name);
            let title = (kind.metadata)(self.contents(), subject).title;
            (kind.name, (title, self.plan.route(subject).clone()))
        };
        fixed.map(parent).collect()
    }

    fn page(
        &self,
        planned: Planned,
        parents: &BTreeMap<&'static str, (String, Route)>,
    ) -> Page {
        let Planned { kind, subject, route } = planned;
        let metadata = (kind.metadata)(self.contents(), subject);
        let site = &self.book.site.description;
        let description = metadata::fitted(&metadata.description, site);
        Page {
            route,
            kind: kind.name,
            subject,
            metadata: Metadata { description, ..metadata },
            span: (kind.span)(self.contents(), subject),
            source_file: (kind.source_file)(self.contents(), subject),
            parents: kind
                .parent
                .and_then(|name| parents.get(name).cloned())
                .into_iter()
                .collect(),
            has_alternate: kind.has_alternate && self.book.has(Part::Markdown),
            is_linked: kind.is_linked,
            result_kind: kind.result_kind,
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
        // These are made of absolute addresses.
        if book.site.has_address {
            list(Part::Sitemap, &[("sitemap.xml", FileKind::Sitemap)]);
            list(Part::Markdown, &[("llms.txt", FileKind::Llms)]);
            if !self.plan.news.is_empty() {
                list(Part::Changes, &[("changes/feed.xml", FileKind::Feed)]);
            }
            // Search engines read robots.txt at the root of a host only.
            if book.site.base_path == "/" {
                list(Part::Sitemap, &[("robots.txt", FileKind::Robots)]);
            }
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
        let alternates = pages
            .filter_map(|(i, page)| Some((page.alternate()?, FileKind::Alternate(i))));
        for (route, kind) in alternates.collect::<Vec<_>>() {
            self.add_file(route, kind);
        }
        for (i, asset) in book.assets.iter().enumerate() {
            let path = asset.path.strip_prefix(".well-known/").unwrap_or(&asset.path);
            if path.split('/').all(is_portable) {
                self.add_file(asset_route(asset), FileKind::Asset(i));
            } else {
                let message =
                    format!("`content/assets/{}` cannot be an address", asset.path);
                let hint = "use letters, digits, `-`, `_` and `.`, not at the start";
                let found = Diagnostic::placeless(Code::BadFileName, message).hint(hint);
                self.diags.push(found);
            }
        }
    }

    fn add_file(&mut self, route: Route, kind: FileKind) {
        let is_written = matches!(kind, FileKind::Asset(_));
        match self.routes.claim(Claim { route: route.clone(), span: None, is_written }) {
            Ok(()) => self.plan.files.push(File { route, kind }),
            Err(found) => self.diags.push(found),
        }
    }
}
