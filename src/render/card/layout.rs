//! Where the words of a card stand: measured, wrapped, and in the largest size that fits.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};

use super::{Ink, WIDTH};

/// Where lines start.
pub(super) const LEFT: f32 = 96.0;
/// What stays free on the other side.
const RIGHT: f32 = 80.0;
/// The height of a line in parts of its size.
const LEADING: f32 = 1.28;

/// The fonts of a card.
pub(super) struct Fonts<'f> {
    regular: FontRef<'f>,
    bold: FontRef<'f>,
}

impl Fonts<'_> {
    /// The fonts that the program brings along.
    pub(super) fn new() -> Option<Self> {
        let regular = FontRef::try_from_slice(dejavu::sans::regular()).ok()?;
        let bold = FontRef::try_from_slice(dejavu::sans::bold()).ok()?;
        Some(Self { regular, bold })
    }

    /// The font of a weight.
    pub(super) fn of(&self, is_bold: bool) -> &FontRef<'_> {
        if is_bold { &self.bold } else { &self.regular }
    }

    /// How wide a text is on one line.
    fn width(&self, text: &str, size: u16, is_bold: bool) -> f32 {
        let font = self.of(is_bold).as_scaled(PxScale::from(f32::from(size)));
        let mut width = 0.0;
        let mut before = None;
        for c in text.chars() {
            let glyph = font.glyph_id(c);
            width += before.map_or(0.0, |before| font.kern(before, glyph));
            width += font.h_advance(glyph);
            before = Some(glyph);
        }
        width
    }

    /// Whether every letter of a text can be drawn as it is written.
    fn has(&self, text: &str, is_bold: bool) -> bool {
        let font = self.of(is_bold);
        text.chars().all(|c| c == ' ' || is_plain(c) && font.glyph_id(c).0 != 0)
    }
}

/// Whether a character stands by itself, from left to right: letters of Latin, Greek,
/// Cyrillic and Armenian, and signs.
fn is_plain(c: char) -> bool {
    match c {
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' => false,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => {
            false
        }
        '!'..='~' | '\u{a0}'..='\u{58f}' | '\u{1e00}'..='\u{1fff}' => true,
        '\u{2000}'..='\u{22ff}' => true,
        _ => false,
    }
}

/// A part of a card with one text.
pub(super) struct Block {
    /// Its upper edge.
    pub(super) top: f32,
    /// How high it can be.
    pub(super) height: f32,
    /// Sizes that its text can have, the largest first.
    pub(super) sizes: &'static [u16],
    /// Whether its text is bold.
    pub(super) is_bold: bool,
    /// The colour of its text.
    pub(super) ink: Ink,
}

/// A line of a card.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its words.
    pub(super) text: String,
    /// Its size in points.
    pub(super) size: u16,
    /// Where its letters stand.
    pub(super) baseline: f32,
    /// Whether it is bold.
    pub(super) is_bold: bool,
    /// Its colour.
    pub(super) ink: Ink,
}

impl Block {
    /// The lines of a text; `None` if it does not fit, or cannot be drawn.
    pub(super) fn lines(&self, text: &str, fonts: &Fonts<'_>) -> Option<Vec<Line>> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if !words.iter().all(|word| fonts.has(word, self.is_bold)) {
            return None;
        }
        self.sizes.iter().find_map(|size| self.at(*size, &words, fonts))
    }

    /// The lines of a text in one size, if they fit.
    fn at(&self, size: u16, words: &[&str], fonts: &Fonts<'_>) -> Option<Vec<Line>> {
        let most = f32::from(u16::try_from(WIDTH).unwrap_or(u16::MAX)) - LEFT - RIGHT;
        let mut texts: Vec<String> = Vec::new();
        for word in words {
            let longer = texts.last().map(|line| format!("{line} {word}"));
            let longer =
                longer.filter(|line| fonts.width(line, size, self.is_bold) <= most);
            match (longer, texts.last_mut()) {
                (Some(longer), Some(last)) => *last = longer,
                _ if fonts.width(word, size, self.is_bold) <= most => {
                    texts.push((*word).to_owned());
                }
                _ => return None,
            }
        }
        let mut baseline = self.top + f32::from(size);
        let mut lines = Vec::new();
        for text in texts {
            let (is_bold, ink) = (self.is_bold, self.ink);
            lines.push(Line { text, size, baseline, is_bold, ink });
            baseline += f32::from(size) * LEADING;
        }
        let last = lines.last().map_or(self.top, |line| line.baseline);
        (last + f32::from(size) * (LEADING - 1.0) <= self.top + self.height)
            .then_some(lines)
    }
}
