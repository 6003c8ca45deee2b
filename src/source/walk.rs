//! Walks the book's folder in byte order and reads what belongs to the book.

use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::file_stamp::FileStamp;
use super::sandboxed_fs::{Refusal, Root};
use super::snapshot::{STARTS, is_visible};
use super::sources::{ASSET_LIMIT, Asset, PreviousFiles, Sources};
use crate::diag::{Code, Diagnostic, Diagnostics, Span};

/// Largest TOML or template file, in bytes: 200,000 keys parse in a tenth of a second.
const TEXT_LIMIT: u64 = 1 << 20;
/// Largest Markdown file, in bytes.
const PROSE_LIMIT: u64 = 4 << 20;

/// The hint for a file that is not UTF-8.
const SAVE: &str = "save the file as UTF-8 in your editor";

/// The origin of files: the book's folder, or an earlier reading of it.
struct Store<'a> {
    root: Root,
    before: Option<PreviousFiles<'a>>,
}

impl Store<'_> {
    /// Takes over a file that looks as it did; false if it has to be read.
    fn keep(&self, sources: &mut Sources, name: &str, path: &Path) -> bool {
        self.before.is_some_and(|PreviousFiles { sources: before, then, now }| {
            now.agrees(then, path) && sources.take_over(name, before)
        })
    }
}

/// Reads `book.toml`, `content/` and `themes/` into `sources`, but for what can be taken over
/// from before.
pub(super) fn walk(
    sources: &mut Sources,
    before: Option<PreviousFiles<'_>>,
    diags: &mut Diagnostics,
) {
    let store = match Root::open(&sources.root) {
        Ok(root) => Store { root, before },
        Err(error) => return diags.push(unreadable(".", &error)),
    };
    for start in STARTS {
        let from = sources.root.join(start);
        match from.symlink_metadata() {
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                diags.push(unreadable(start, &error));
                continue;
            }
        }
        // Links are opened as files, beneath the root; linked folders are refused there.
        let walk = WalkDir::new(from).follow_root_links(false).sort_by_file_name();
        let walk = walk.into_iter();
        for entry in walk.filter_entry(is_visible) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if is_stray(&entry, &sources.root) => {
                    sources.add(shown(&sources.root, entry.path()), "");
                }
                Ok(entry) => take(sources, &store, entry.path(), diags),
                Err(error) => {
                    let path = error.path().unwrap_or(&sources.root).to_path_buf();
                    let name = shown(&sources.root, &path);
                    let found = match error.io_error() {
                        Some(cause) => unreadable(&name, cause),
                        None => unreadable(&name, &error),
                    };
                    refuse(sources, name, found, diags);
                }
            }
        }
    }
}

fn shown(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> =
        below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn take(sources: &mut Sources, store: &Store<'_>, path: &Path, diags: &mut Diagnostics) {
    let name = shown(&sources.root, path);
    if store.keep(sources, &name, path) {
        return;
    }
    let below = path.strip_prefix(&sources.root).unwrap_or(path);
    let limit = limit(&name);
    let room = sources.room_for(&name);
    let read = match below.to_str() {
        Some(_) => store.root.read_within(
            below,
            limit.unwrap_or(ASSET_LIMIT),
            match limit {
                Some(_) => u64::MAX,
                None => room,
            },
        ),
        None => Err(Refusal::Name),
    };
    match read {
        Ok((bytes, rest)) if limit.is_none() => {
            let rest = rest.map(FileStamp::hash);
            sources.hold(Asset { path: name, bytes: Arc::from(bytes), rest }, room);
        }
        Ok((bytes, _)) => take_text(sources, name, &bytes, diags),
        Err(refusal) => {
            let found = refused(&name, &refusal, limit.unwrap_or(ASSET_LIMIT));
            refuse(sources, name, found, diags);
        }
    }
}

/// Keeps the name of what is not read, so that the finding has a place and nobody is told
/// that it is not there.
fn refuse(
    sources: &mut Sources,
    name: String,
    found: Diagnostic,
    diags: &mut Diagnostics,
) {
    let file = sources.add(name, "");
    sources.unread.insert(file);
    diags.push(Diagnostic { span: Some(Span::new(file, 0..0)), ..found });
}

/// Whether a plain file of `content/` is one that nothing reads, such as an image beside a
/// text; it is reported by the stage that knows what belongs there.
fn is_stray(entry: &DirEntry, root: &Path) -> bool {
    let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let name = below.to_string_lossy();
    entry.file_type().is_file()
        && name.starts_with("content/")
        && !name.starts_with("content/assets/")
        && !name.ends_with(".md")
        && !name.ends_with(".toml")
}

/// Takes a text; one that is not UTF-8 is reported at its first bad byte, and read on with
/// that byte replaced, so that its other mistakes are found too.
fn take_text(sources: &mut Sources, name: String, bytes: &[u8], diags: &mut Diagnostics) {
    match str::from_utf8(bytes) {
        Ok(text) => {
            sources.add(name, normal(text));
        }
        Err(_) if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => {
            let message = format!("`{name}` is UTF-16, not UTF-8");
            let found = Diagnostic::placeless(Code::NotUtf8, message);
            refuse(sources, name, found.hint(SAVE), diags);
        }
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let at = normal(&good).len();
            let bad = bytes[error.valid_up_to()];
            let message = format!("`{name}` is not UTF-8 (byte 0x{bad:02x})");
            let file = sources.add(name, normal(&String::from_utf8_lossy(bytes)));
            sources.flawed.insert(file);
            let span = Span::new(file, at..at + '\u{fffd}'.len_utf8());
            diags.push(Diagnostic::new(Code::NotUtf8, span, message).hint(SAVE));
        }
    }
}

/// The largest size of a text file; none for an asset.
fn limit(name: &str) -> Option<u64> {
    let mut parts = name.split('/');
    let folder = match parts.next() {
        Some("themes") => parts.nth(1),
        _ => parts.next(),
    };
    match folder {
        Some("assets") => None,
        _ if name.ends_with(".md") => Some(PROSE_LIMIT),
        _ => Some(TEXT_LIMIT),
    }
}

/// Takes the byte order mark off and ends every line by `\n`, so that the same words give
/// the same site whatever editor wrote them.
fn normal(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

fn unreadable(name: &str, error: &dyn std::error::Error) -> Diagnostic {
    Diagnostic::placeless(Code::Io, format!("cannot read `{name}` ({error})"))
}

fn refused(name: &str, refusal: &Refusal, limit: u64) -> Diagnostic {
    match refusal {
        Refusal::Loop => {
            let message = format!("the link `{name}` leads round in a circle");
            Diagnostic::placeless(Code::OutsideBook, message)
                .hint("put the file in the place of the link")
        }
        Refusal::Outside => {
            let message = format!("the link `{name}` leads out of the book's folder");
            Diagnostic::placeless(Code::OutsideBook, message)
                .hint("copy the file into the book in place of the link")
        }
        Refusal::Special => {
            let message = format!("`{name}` is not a plain file");
            Diagnostic::placeless(Code::SpecialFile, message)
                .hint("remove it, or put a copy of the file or folder in its place")
        }
        Refusal::TooLarge => {
            let message = format!("`{name}` is larger than {} MiB", limit >> 20);
            Diagnostic::placeless(Code::TooLarge, message)
                .hint("split it, or make it smaller")
        }
        Refusal::Name => {
            let message = format!("the name of `{name}` is not UTF-8");
            Diagnostic::placeless(Code::BadFileName, message).hint("rename the file")
        }
        Refusal::Io(error) => unreadable(name, error),
    }
}
