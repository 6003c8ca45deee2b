//! Texts and places in them: files by id, byte spans, lines and columns.

use std::sync::{Arc, LazyLock};

/// Names a text of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one text, `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span from byte offsets; offsets beyond 4 GiB cannot occur, as files are
    /// limited in size when they are read.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: narrow(range.start), end: narrow(range.end) }
    }

    /// The bytes of the text it covers.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as people count: both from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A file's name and text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Path as it is shown: relative to the book's folder, with `/`.
    pub path: String,
    /// The text, UTF-8, without a byte order mark, lines ended by `\n`; shared with later
    /// runs that find it unchanged.
    pub text: Arc<str>,
}

impl Text {
    /// The place of a byte offset; one beyond the end is the place after the last byte.
    pub fn place(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Place {
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// The source of the texts that spans point into, for printers.
pub trait Texts {
    /// The text of a file of this run.
    fn text(&self, file: FileId) -> &Text;

    /// The prefix of paths for a reader who is in another folder: empty, or a folder with `/` at
    /// its end.
    fn folder(&self) -> &str {
        ""
    }
}

/// No texts at all, for findings made before anything was read.
impl Texts for () {
    fn text(&self, _: FileId) -> &Text {
        static NONE: LazyLock<Text> =
            LazyLock::new(|| Text { path: String::new(), text: Arc::from("") });
        &NONE
    }
}

impl<T: Texts> Texts for Arc<T> {
    fn text(&self, file: FileId) -> &Text {
        self.as_ref().text(file)
    }

    fn folder(&self) -> &str {
        self.as_ref().folder()
    }
}
