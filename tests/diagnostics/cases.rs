//! Cases as text: reading them, running them, and writing down what was found.

use crate::support::{Finding, Project};

/// A case: files laid over the small book.
pub(super) struct Case {
    pub(super) name: String,
    sections: Vec<Section>,
}

/// One file of a case.
struct Section {
    /// The line that starts it.
    header: String,
    overlay: Overlay,
    /// The file, from the book's folder.
    path: String,
    /// Its lines without annotations.
    text: String,
}

/// How a section is laid over a file.
#[derive(PartialEq)]
enum Overlay {
    /// It is the file.
    Whole,
    /// It is added to the end of the file.
    End,
    /// The file is taken away.
    Without,
}

/// Reads a file of cases: what stands before the first one, and the cases.
pub(super) fn parse(text: &str) -> (String, Vec<Case>) {
    let mut preamble = String::new();
    let mut cases: Vec<Case> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some((name, overlay, path)) = header(line) {
            if cases.last().is_none_or(|case| case.name != name) {
                assert!(cases.iter().all(|case| case.name != name), "two cases `{name}`");
                cases.push(Case { name: name.to_owned(), sections: Vec::new() });
            }
            let case = cases.last_mut().expect("one was pushed");
            let (header, path) = (line.to_owned(), path.to_owned());
            case.sections.push(Section { header, overlay, path, text: String::new() });
        } else if let Some(case) = cases.last_mut() {
            let section = case.sections.last_mut().expect("a case starts with a header");
            if !is_annotation(line) {
                section.text.push_str(line);
            }
        } else {
            preamble.push_str(line);
        }
    }
    for section in cases.iter_mut().flat_map(|case| &mut case.sections) {
        // The empty line before the next header is no part of the file.
        let end = section.text.trim_end_matches('\n').len();
        section.text.truncate(end);
        if end > 0 {
            section.text.push('\n');
        }
    }
    (preamble, cases)
}

/// The case's name, the overlay and the path of a header line.
fn header(line: &str) -> Option<(&str, Overlay, &str)> {
    let inner = line.trim_end().strip_prefix("# --- ")?.strip_suffix(" ---")?;
    let (name, rest) = inner.split_once(' ')?;
    let starts = [("+ ", Overlay::End), ("without ", Overlay::Without)];
    for (start, overlay) in starts {
        if let Some(path) = rest.strip_prefix(start) {
            return Some((name, overlay, path));
        }
    }
    Some((name, Overlay::Whole, rest))
}

/// Whether a line says what is found.
fn is_annotation(line: &str) -> bool {
    let line = line.trim_start();
    let inner = line.strip_prefix("# ").or_else(|| line.strip_prefix("<!-- "));
    inner.is_some_and(|inner| {
        ["error[", "warning[", "hint: ", "label: ", "note: "]
            .iter()
            .any(|start| inner.starts_with(start))
    })
}

impl Case {
    /// What `check` finds.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut project = Project::minimal();
        for section in &self.sections {
            project = section.lay_over(project);
        }
        // A book that says nothing of its address has one, so that most say nothing of it.
        let book = String::from_utf8_lossy(&project.read("book.toml")).into_owned();
        let address = ["--base-url", "https://example.org/small/"];
        let address = if book.contains("base_url") { &[][..] } else { &address[..] };
        let (found, status) = project.check_with(address);
        let is_fine = found.iter().all(|finding| finding.severity != "error");
        assert_eq!(status == 0, is_fine, "{} ends with {status}", self.name);
        found
    }

    /// The case with what is found written into it.
    pub(super) fn annotated(&self) -> String {
        let mut found = self.findings();
        let sections: Vec<String> =
            self.sections.iter().map(|section| section.annotated(&mut found)).collect();
        // What is in no line of the case stands below its first header.
        let elsewhere: String =
            found.iter().map(|f| annotation(f, None, ("# ", ""))).collect();
        let [first, rest @ ..] = &sections[..] else { return String::new() };
        let (header, text) = first.split_at(self.sections[0].header.len());
        let mut out = format!("{header}{elsewhere}{text}");
        for section in rest {
            out.push('\n');
            out.push_str(section);
        }
        out
    }
}

impl Section {
    fn lay_over(&self, project: Project) -> Project {
        match self.overlay {
            Overlay::Whole => project.bytes(&self.path, self.text.as_bytes()),
            Overlay::Without => project.without(&self.path),
            Overlay::End => {
                let mut bytes = project.read(&self.path);
                bytes.extend_from_slice(self.text.as_bytes());
                project.bytes(&self.path, &bytes)
            }
        }
    }

    /// The number of lines in the file above the section.
    fn lines_above(&self) -> usize {
        match self.overlay {
            Overlay::Whole | Overlay::Without => 0,
            Overlay::End => {
                let minimal = Project::minimal().read(&self.path);
                minimal.iter().filter(|byte| **byte == b'\n').count()
            }
        }
    }

    /// The section with its findings above their lines; they are taken out of `found`.
    fn annotated(&self, found: &mut Vec<Finding>) -> String {
        let marks =
            if self.path.ends_with(".md") { ("<!-- ", " -->") } else { ("# ", "") };
        let above = self.lines_above();
        let mut out = self.header.clone();
        let lines: Vec<&str> = self.text.split_inclusive('\n').collect();
        for (i, line) in lines.iter().copied().chain([""]).enumerate() {
            found.retain(|finding| {
                let is_here = finding.place().is_some_and(|place| {
                    place.file == self.path && place.line == above + i + 1
                });
                if is_here && self.overlay != Overlay::Without {
                    out.push_str(&annotation(finding, Some(&self.path), marks));
                }
                !is_here
            });
            out.push_str(line);
        }
        out
    }
}

/// The lines that say of a finding.
fn annotation(
    finding: &Finding,
    file: Option<&str>,
    (open, close): (&str, &str),
) -> String {
    let place = match (finding.place(), file) {
        (Some(place), Some(_)) => format!("{place} "),
        (Some(place), None) => format!("{}:{}:{place} ", place.file, place.line),
        (None, _) => String::new(),
    };
    let Finding { severity, code, message, .. } = finding;
    let mut lines = vec![format!("{severity}[{code}]: {place}{message}")];
    lines.extend(finding.labels.iter().map(|label| {
        let place = label.place();
        format!("label: {}:{}:{place} {}", place.file, place.line, label.text)
    }));
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(finding.hints.iter().map(|hint| format!("hint: {hint}")));
    let lines =
        lines.iter().map(|line| format!("{open}{}{close}\n", line.replace('\n', "⏎")));
    lines.collect()
}
