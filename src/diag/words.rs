//! Grammar as types: counts with their noun, lists with their conjunction.

use std::fmt;

/// A number with its noun: "1 page", "2 pages", "2,496 pages".
#[derive(Debug, Clone, Copy)]
pub struct Count(pub usize, pub &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(n, noun) = *self;
        write!(f, "{} ", thousands(n))?;
        let stem = noun.strip_suffix('y');
        match stem.filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
            _ if n == 1 => f.write_str(noun),
            _ if noun.ends_with("criterion") => write!(f, "{}a", &noun[..noun.len() - 2]),
            Some(stem) => write!(f, "{stem}ies"),
            None => write!(f, "{noun}s"),
        }
    }
}

/// Writes a number with commas between thousands.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Names in backticks, joined by commas and a word: "`a`, `b` or `c`".
#[derive(Debug, Clone, Copy)]
pub struct List<'a, S> {
    items: &'a [S],
    word: &'static str,
}

impl<'a, S: AsRef<str>> List<'a, S> {
    /// Joins the last two by "or".
    pub fn or(items: &'a [S]) -> Self {
        Self { items, word: "or" }
    }

    /// Joins the last two by "and".
    pub fn and(items: &'a [S]) -> Self {
        Self { items, word: "and" }
    }
}

impl<S: AsRef<str>> fmt::Display for List<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.items.iter().enumerate() {
            match i {
                0 => {}
                _ if i + 1 == self.items.len() => write!(f, " {} ", self.word)?,
                _ => f.write_str(", ")?,
            }
            write!(f, "`{}`", item.as_ref())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, List};

    #[test]
    fn counts_and_lists_read_as_words() {
        assert_eq!(Count(1, "page").to_string(), "1 page");
        assert_eq!(Count(2496, "page").to_string(), "2,496 pages");
        assert_eq!(Count(3, "criterion").to_string(), "3 criteria");
        assert_eq!(Count(366, "day").to_string(), "366 days");
        assert_eq!(Count(2, "property").to_string(), "2 properties");
        assert_eq!(List::or(&["a"]).to_string(), "`a`");
        assert_eq!(List::or(&["a", "b", "c"]).to_string(), "`a`, `b` or `c`");
        assert_eq!(List::and(&["a", "b"]).to_string(), "`a` and `b`");
    }
}
