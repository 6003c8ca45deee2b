//! The report to the author after a change: one line, and the diagnostics if they are
//! others.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diag::{Count, thousands};
use crate::rank::{self, Move, Ranks};

/// Names that a line holds before it counts them.
const NAMED: usize = 3;

/// Hashes of files by their paths.
pub(super) type Hashes = BTreeMap<String, u64>;

/// The state that the author was told of.
#[derive(Debug, Default)]
pub(super) struct AuthorView {
    /// The book's files; nothing, before the first reading.
    pub(super) files: Hashes,
    /// The ranks in it, as of the last snapshot that was shown.
    pub(super) ranks: Ranks,
    /// The site's pages, as of the last snapshot that was looked through.
    pub(super) pages: Option<Hashes>,
    /// The findings that were printed last.
    pub(super) findings: String,
}

/// A change that is shown.
#[derive(Debug)]
pub(super) struct News {
    /// The book's files.
    pub(super) files: Hashes,
    /// The ranks in it.
    pub(super) ranks: Ranks,
    /// Milliseconds from when it was noticed to when it was shown.
    pub(super) time: u128,
}

impl AuthorView {
    /// The line after a change: files, pages where they are known, time, ranks. Nothing
    /// for the first reading.
    pub(super) fn line(&self, news: &News, pages: Option<&Hashes>) -> String {
        if self.pages.is_none() && self.files == news.files {
            return String::new();
        }
        let what = match self.pages.as_ref().zip(pages) {
            Some((old, new)) => Count(differences(old, new).count(), "page").to_string(),
            None => "shown".to_owned(),
        };
        let files = named(&self.files, &news.files);
        let mut line = format!("{files} -> {what} in {} ms", news.time);
        let moves = moves(&self.ranks, &news.ranks);
        for goal in moves.iter().take(NAMED) {
            let _ = write!(line, "; {goal}");
        }
        if moves.len() > NAMED {
            let _ = write!(line, "; {}", Count(moves.len() - NAMED, "more ranking"));
        }
        line
    }

    /// The second line, where pages were not known when the first was said.
    pub(super) fn late_line(&self, pages: &Hashes) -> String {
        let Some(old) = &self.pages else { return String::new() };
        let all = Count(pages.len(), "page");
        format!("{} of {all} differ", thousands(differences(old, pages).count()))
    }

    /// The line after a change that broke the book.
    pub(super) fn broken(&self, files: &Hashes, errors: usize, time: u128) -> String {
        let errors = Count(errors, "error");
        if self.files.is_empty() {
            format!("the book has {errors}; it is shown when they are repaired")
        } else {
            let files = named(&self.files, files);
            format!("{files} -> {errors} in {time} ms; pages stay as they were")
        }
    }

    /// Takes down a change that is shown.
    pub(super) fn learn(&mut self, news: &News) {
        self.files.clone_from(&news.files);
        self.ranks.clone_from(&news.ranks);
    }
}

/// The change of a file of the book since the author was last told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileChange {
    Changed,
    Added,
    Removed,
}

/// Files that are not what they were.
fn differences<'a>(
    before: &'a Hashes,
    after: &'a Hashes,
) -> impl Iterator<Item = (FileChange, &'a str)> {
    let change = |(path, hash): (&'a String, &u64)| match before.get(path) {
        None => Some((FileChange::Added, path.as_str())),
        Some(old) if old != hash => Some((FileChange::Changed, path.as_str())),
        Some(_) => None,
    };
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let gone = gone.map(|path| (FileChange::Removed, path.as_str()));
    after.iter().filter_map(change).chain(gone)
}

/// "a.toml changed, 12 files added".
fn named(before: &Hashes, after: &Hashes) -> String {
    let all: Vec<_> = differences(before, after).collect();
    let words = [
        (FileChange::Changed, "changed"),
        (FileChange::Added, "added"),
        (FileChange::Removed, "removed"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .filter_map(|(change, word)| {
            let paths = all.iter().filter(|(other, _)| *other == change);
            let paths: Vec<&str> = paths.map(|(_, path)| *path).collect();
            match paths.len() {
                0 => None,
                1..=NAMED => Some(format!("{} {word}", paths.join(", "))),
                n => Some(format!("{} {word}", Count(n, "file"))),
            }
        })
        .collect();
    if parts.is_empty() { "the book's files".to_owned() } else { parts.join(", ") }
}

/// "real-time-apps: nodejs 2 -> 1, express 1 -> 2", a text for each goal.
fn moves(before: &Ranks, after: &Ranks) -> Vec<String> {
    let all = rank::moves(before, after);
    let shown = |rank: Option<u32>| rank.map_or("-".to_owned(), |r| r.to_string());
    let of_goal = |moves: &[Move]| {
        let first: Vec<String> = (moves.iter().take(NAMED))
            .map(|m| format!("{} {} -> {}", m.framework, shown(m.from), shown(m.to)))
            .collect();
        let more = match moves.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{}: {}{more}", moves[0].goal, first.join(", "))
    };
    all.chunk_by(|a, b| a.goal == b.goal).map(of_goal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(files: &[(&str, u64)]) -> Hashes {
        files.iter().map(|(path, hash)| ((*path).to_owned(), *hash)).collect()
    }

    fn ranks(of: &[(&str, Option<u32>)]) -> Ranks {
        let ranks =
            of.iter().filter_map(|(slug, rank)| Some(((*slug).to_owned(), (*rank)?)));
        let ranks = ranks.collect();
        Ranks::from([("real-time-apps".to_owned(), ranks)])
    }

    #[test]
    fn a_line_says_files_pages_time_and_ranks() {
        let author = AuthorView {
            files: hashes(&[("a.toml", 1), ("b.md", 1)]),
            pages: Some(hashes(&[("x.html", 1), ("y.html", 1)])),
            ranks: ranks(&[("express", Some(1)), ("nodejs", Some(2)), ("rails", None)]),
            findings: String::new(),
        };
        let news = News {
            files: hashes(&[("a.toml", 2), ("c.md", 1)]),
            ranks: ranks(&[
                ("express", Some(2)),
                ("nodejs", Some(1)),
                ("rails", Some(3)),
            ]),
            time: 21,
        };
        let pages = hashes(&[("x.html", 2), ("y.html", 1), ("z.html", 1)]);
        let line = author.line(&news, Some(&pages));
        assert_eq!(
            line,
            "a.toml changed, c.md added, b.md removed -> 2 pages in 21 ms; \
             real-time-apps: nodejs 2 -> 1, express 1 -> 2, rails - -> 3"
        );
        assert!(
            author.line(&news, None).contains("b.md removed -> shown in 21 ms; real")
        );
        assert_eq!(author.late_line(&pages), "2 of 3 pages differ");
        let mut first = AuthorView::default();
        first.learn(&news);
        assert_eq!(first.line(&news, Some(&pages)), "");
    }

    #[test]
    fn many_files_and_moves_are_counted() {
        let many: Vec<String> = (0..9).map(|i| format!("{i}.md")).collect();
        let many: Hashes = many.into_iter().map(|path| (path, 1)).collect();
        assert_eq!(named(&Hashes::new(), &many), "9 files added");
        let of = |rank| [("a", rank), ("b", rank), ("c", rank), ("d", rank)];
        let moves = moves(&ranks(&of(Some(1))), &ranks(&of(None)));
        let text = "real-time-apps: a 1 -> -, b 1 -> -, c 1 -> - and 1 more";
        assert_eq!(moves, [text]);
    }
}
