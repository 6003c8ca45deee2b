//! XML: how text is written between its tags.

/// Writes text between XML tags; what XML does not allow becomes a sign.
pub(super) fn escape(text: &str, xml: &mut String) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            '\t' | '\n' => xml.push(c),
            '\0'..' ' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                xml.push('\u{fffd}');
            }
            c => xml.push(c),
        }
    }
}

/// Escapes text for a place between XML tags.
pub(super) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    escape(text, &mut xml);
    xml
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_that_xml_does_not_allow_is_left() {
        let written = escaped("a<b>&\"c'\u{0}\u{8}\u{b}\r\u{85}\u{ffff}\té");
        let sign = "\u{fffd}";
        let signs = sign.repeat(6);
        assert_eq!(written, format!("a&lt;b&gt;&amp;&quot;c&apos;{signs}\té"));
    }
}
