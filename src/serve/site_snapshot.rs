//! One state of the site, as other threads use it: its files by path, and a way to ask the
//! thread that owns it for one ([`RenderRequest`]).

use std::sync::mpsc::{Sender, SyncSender};

use super::change_summary::Hashes;
use super::faults::Faults;
use super::http::decoded;
use crate::pipeline::Loaded;
use crate::site::Site;
use crate::source;

/// The parts of a snapshot that other threads use.
pub(super) struct SiteSnapshot {
    /// Its number, from 1.
    pub(super) number: u64,
    /// The path at which its site is served: starts and ends with `/`.
    pub(super) base_path: String,
    /// The same, decoded.
    base: String,
    /// Paths of its files in byte order, each with whether it is an HTML page.
    files: Vec<(String, bool)>,
    /// A hash of the files that it copies.
    pub(super) assets: u64,
    requests: Sender<RenderRequest>,
}

/// A question for a file, by its position.
pub(super) struct RenderRequest {
    pub(super) index: usize,
    pub(super) answer: SyncSender<Made>,
}

/// A file, or what was found when it was made.
pub(super) type Made = Result<Vec<u8>, Faults>;

/// The target of a request's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The file at a position.
    File(usize),
    /// The folder of its last segment: the address lacks its last `/`.
    Folder(String),
    /// The root of the host, below which the site is.
    Above,
    /// Nothing.
    Nothing,
}

impl SiteSnapshot {
    pub(super) fn new(
        number: u64,
        loaded: &Loaded,
        site: &Site<'_>,
        read: &Hashes,
        requests: Sender<RenderRequest>,
    ) -> Self {
        let base_path = loaded.book.site.base_path.clone();
        let paths = site.paths().iter().enumerate();
        let assets = read.iter().filter(|(path, _)| path.starts_with("content/a"));
        Self {
            number,
            base: decoded(&base_path).unwrap_or_default(),
            base_path,
            files: paths.map(|(i, path)| (path.clone(), site.is_page(i))).collect(),
            assets: assets.fold(0, |hash, (_, file)| {
                source::combine_hash(hash, &file.to_le_bytes())
            }),
            requests,
        }
    }

    /// The target of a request's path, decoded.
    pub(super) fn find(&self, path: &str) -> Found {
        let Some(below) = path.strip_prefix(&self.base) else {
            return if self.base.strip_suffix('/') == Some(path) {
                folder(self.base_path.trim_end_matches('/'))
            } else if path == "/" {
                Found::Above
            } else {
                Found::Nothing
            };
        };
        let is_folder = below.is_empty() || below.ends_with('/');
        let file =
            if is_folder { format!("{below}index.html") } else { below.to_owned() };
        match self.position(&file) {
            Some(index) => Found::File(index),
            None if is_folder => Found::Nothing,
            None => match self.position(&format!("{below}/index.html")) {
                Some(_) => folder(below),
                None => Found::Nothing,
            },
        }
    }

    /// The position of a path below the site.
    pub(super) fn position(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|(file, _)| file.as_str().cmp(path)).ok()
    }

    /// The path of a file, and whether it is an HTML page.
    pub(super) fn file(&self, index: usize) -> (&str, bool) {
        let (path, is_page) = &self.files[index];
        (path, *is_page)
    }

    /// The style sheets of its theme, whose names change with their bytes.
    pub(super) fn styles(&self) -> impl Iterator<Item = &str> {
        let paths = self.files.iter().map(|(path, _)| path.as_str());
        paths.filter(|path| path.starts_with("theme/") && path.ends_with(".css"))
    }

    /// Makes a file.
    pub(super) fn make(&self, index: usize) -> Made {
        let (answer, made) = std::sync::mpsc::sync_channel(1);
        let asked = self.requests.send(RenderRequest { index, answer }).ok();
        let made = asked.and_then(|()| made.recv().ok());
        made.unwrap_or_else(|| {
            let title = "fieldguide failed at this page".to_owned();
            Err(Faults { title, findings: Vec::new() })
        })
    }
}

/// The folder that the last segment of a route names.
fn folder(route: &str) -> Found {
    let last = route.rsplit('/').next().unwrap_or_default();
    Found::Folder(format!("./{last}/"))
}
