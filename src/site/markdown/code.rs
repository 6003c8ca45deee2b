//! Code blocks: highlighted where the language is known.

use pulldown_cmark::{CodeBlockKind, Event};

use super::Writer;
use crate::{raw, syntax};

impl Writer<'_> {
    /// Writes a code block whose events start at a position, and returns the one after it.
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, at: usize) -> usize {
        let language = match kind {
            CodeBlockKind::Fenced(info) => raw::code_language(info),
            CodeBlockKind::Indented => "",
        };
        let mut code = String::new();
        let mut next = at;
        for (event, _) in &self.prose.raw.events[at..] {
            next += 1;
            match event {
                Event::Text(text) => code.push_str(text),
                _ => break,
            }
        }
        // What is wider than the page scrolls, which the keyboard must be able to do too.
        self.out.push_str("<pre tabindex=\"0\"><code");
        if syntax::find(language).is_some() {
            let class = format!("language-{}", language.to_ascii_lowercase());
            self.attribute("class", &class);
        }
        self.out.push('>');
        let code = super::printable(&code);
        let is_coloured = self.site.book.site.highlight
            && self.site.highlighter.write(language, &code, &mut self.out);
        if !is_coloured {
            self.text(&code);
        }
        self.out.push_str("</code></pre>\n");
        next
    }
}
