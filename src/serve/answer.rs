//! Responses to requests: a page of the site, or one of the preview's own files.
//!
//! A request's path is compared with the paths of the snapshot that is shown, and nothing
//! else: no byte of it reaches the file system.

use serde::Serialize;

use super::conditional;
use super::faults::Faults;
use super::guard::query;
use super::http::{Answer, Request, decoded, media_type};
use super::page::{self, Addition, FOLDER, Script};
use super::shared_state::SharedState;
use super::site_snapshot::Found;
use super::state::Shown;

/// The files of the preview itself, by name: they hold nothing of the book.
const OWN: &[(&str, &str)] = &[
    ("findings.css", include_str!("client/findings.css")),
    (
        "reload.js",
        concat!(include_str!("client/patch.js"), include_str!("client/reload.js")),
    ),
    ("worker.js", include_str!("client/worker.js")),
];

/// A response.
pub(super) enum Reply {
    /// This.
    Answer(Answer),
    /// Every build from now on.
    Live,
}

/// Answers a request.
pub(super) fn reply(request: &Request, shared: &SharedState) -> Reply {
    if let Err(refusal) = shared.guard.admit(request) {
        return Reply::Answer(refusal);
    }
    let (path, query) = request.path_and_query();
    let own = path.strip_prefix('/').and_then(|path| path.strip_prefix(FOLDER));
    match own {
        Some("live" | "state") if !shared.guard.is_our_page(request) => {
            Reply::Answer(Answer::words(403, "This is for pages of this preview alone."))
        }
        Some("live") => Reply::Live,
        Some("state") => Reply::Answer(state(request, shared)),
        Some(name) => Reply::Answer(match OWN.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => Answer::new(200, media_type(name), *text),
            None => Answer::words(404, "There is no such file."),
        }),
        None => {
            let found = site(path, query, shared);
            Reply::Answer(if found.status == 200 {
                conditional::answer(request, found)
            } else {
                found
            })
        }
    }
}

/// The content at a path.
struct Page {
    answer: Answer,
    /// Whether it is an HTML page, which the preview adds to.
    is_page: bool,
    /// Its hash, for detecting changes.
    stamp: u64,
    /// Errors and warnings of it or of the book.
    faults: Option<Faults>,
}

impl Page {
    fn own(status: u16, html: Vec<u8>, faults: Option<Faults>) -> Self {
        let answer = Answer::new(status, media_type(".html"), html);
        Self { answer, is_page: true, stamp: 0, faults }
    }
}

/// A path of the site, with what the preview adds.
fn site(path: &str, query: &str, shared: &SharedState) -> Answer {
    let shown = shared.state.shown();
    let Page { mut answer, is_page, stamp, faults } = find(path, query, &shown);
    if is_page {
        let token = shared.guard.token.as_str();
        let script = shared.options.reload.then_some(Script { token, path, stamp });
        let addition = Addition { up: page::up(path), faults: faults.as_ref(), script };
        addition.add(&mut answer.body);
    }
    answer
}

/// Finds what is shown at a path, as `build` makes it. A redirect keeps the query.
fn find(path: &str, query: &str, shown: &Shown) -> Page {
    let faults = || shown.faults.as_deref().cloned();
    let Some(current) = &shown.current else {
        let title = "The book cannot be shown yet";
        return Page::own(503, page::own(title, &format!("<h1>{title}</h1>")), faults());
    };
    let found = decoded(path).map_or(Found::Nothing, |path| current.find(&path));
    let (index, status) = match found {
        Found::File(index) => (Some(index), 200),
        Found::Nothing => (current.position("404.html"), 404),
        Found::Above => return Page::own(200, page::hint(&current.base_path), faults()),
        Found::Folder(mut to) => {
            if !query.is_empty() {
                to.push('?');
                to.push_str(query);
            }
            let answer = Answer::words(301, "This is a folder.").with("Location", to);
            return Page { answer, is_page: false, stamp: 0, faults: None };
        }
    };
    let Some(index) = index else {
        return Page::own(404, page::own("Not found", "<h1>Not found</h1>"), faults());
    };
    let (file, is_page) = current.file(index);
    let (bytes, wrong) = match current.make(index) {
        Ok(bytes) => (Some(bytes), None),
        // The last good snapshot may still have this page.
        Err(wrong) => {
            let good = shown.good.as_ref();
            let old = good.and_then(|good| good.make(good.position(file)?).ok());
            (old, Some(wrong))
        }
    };
    let faults = faults().or(wrong);
    let Some(bytes) = bytes else {
        let title = "This page cannot be shown yet";
        return Page::own(503, page::own(title, &format!("<h1>{title}</h1>")), faults);
    };
    let stamp = page::stamp(&bytes, current.assets);
    let answer = Answer::new(status, media_type(file), bytes);
    Page { answer, is_page, stamp, faults }
}

/// The message to an open page after a build.
#[derive(Serialize)]
struct State<'a> {
    /// Whether it is still what would be shown.
    same: bool,
    /// The style sheets of the site.
    styles: Vec<&'a str>,
    /// Errors and warnings.
    faults: Option<&'a Faults>,
}

/// Says whether an open page is still what would be shown.
fn state(request: &Request, shared: &SharedState) -> Answer {
    let path = query(request, "path").unwrap_or_default();
    let stamp = query(request, "stamp").unwrap_or_default();
    let shown = shared.state.shown();
    let page = find(&path, "", &shown);
    let styles =
        shown.current.iter().flat_map(|site_snapshot| site_snapshot.styles()).collect();
    let state = State {
        same: page.is_page && u64::from_str_radix(&stamp, 16) == Ok(page.stamp),
        styles,
        faults: page.faults.as_ref(),
    };
    Answer::new(200, media_type(".json"), serde_json::to_vec(&state).unwrap_or_default())
}
