//! Findings as `--format json` prints them.

use serde::Deserialize;

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Finding {
    /// Its code.
    pub(crate) code: String,
    /// "error" or "warning".
    pub(crate) severity: String,
    /// The fact.
    pub(crate) message: String,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    /// What to do.
    pub(crate) hints: Vec<String>,
    /// Further places.
    pub(crate) labels: Vec<Label>,
    /// Where it came up.
    pub(crate) notes: Vec<String>,
}

/// A further place of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// What is there.
    pub(crate) text: String,
}

/// A place in a file; lines and columns from 1, the end is after the last character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The file, from the book's folder.
    pub(crate) file: String,
    /// The first line.
    pub(crate) line: usize,
    /// The first column.
    pub(crate) column: usize,
    /// The last line.
    pub(crate) end_line: usize,
    /// The column after the last one.
    pub(crate) end_column: usize,
}

impl Finding {
    /// Reads the findings of a run, one a line.
    #[track_caller]
    pub(crate) fn all(json: &str) -> Vec<Finding> {
        let read = |line: &str| {
            serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{error} in the finding {line}"))
        };
        json.lines().map(read).collect()
    }

    /// Where it is, if it is in a file.
    pub(crate) fn place(&self) -> Option<Place> {
        Some(Place {
            file: self.file.clone()?,
            line: self.line?,
            column: self.column?,
            end_line: self.end_line?,
            end_column: self.end_column?,
        })
    }

    /// "content/faq.md:3:7 dead-link", for short lists.
    pub(crate) fn brief(&self) -> String {
        match self.place() {
            Some(at) => format!("{}:{}:{} {}", at.file, at.line, at.column, self.code),
            None => self.code.clone(),
        }
    }
}

impl Label {
    /// Where it is.
    pub(crate) fn place(&self) -> Place {
        Place {
            file: self.file.clone(),
            line: self.line,
            column: self.column,
            end_line: self.end_line,
            end_column: self.end_column,
        }
    }
}

impl std::fmt::Display for Place {
    /// "10-18", "10-+2:4" for an end two lines below, "10" for a place of no width.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.column)?;
        match self.end_line - self.line {
            0 if self.end_column == self.column => Ok(()),
            0 => write!(f, "-{}", self.end_column),
            lines => write!(f, "-+{lines}:{}", self.end_column),
        }
    }
}
