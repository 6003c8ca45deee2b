//! Lays out the text of a card: wraps words into lines, in the largest size that fits.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};

use super::{Ink, WIDTH};

/// Left edge of lines, in pixels.
pub(super) const LEFT: f32 = 96.0;
/// Margin on the right, in pixels.
const RIGHT: f32 = 80.0;
/// Height of a line as a multiple of its size.
const LEADING: f32 = 1.28;

/// The fonts of a card.
pub(super) struct Fonts<'f> {
    regular: FontRef<'f>,
    bold: FontRef<'f>,
}

impl Fonts<'_> {
    /// Reads the fonts that are part of the program; `None` if they are damaged.
    pub(super) fn new() -> Option<Self> {
        let regular = FontRef::try_from_slice(dejavu::sans::regular()).ok()?;
        let bold = FontRef::try_from_slice(dejavu::sans::bold()).ok()?;
        Some(Self { regular, bold })
    }

    /// The bold font or the regular one.
    pub(super) fn weight(&self, is_bold: bool) -> &FontRef<'_> {
        if is_bold { &self.bold } else { &self.regular }
    }

    /// Width of a text on one line, in pixels.
    fn width(&self, text: &str, size: u16, is_bold: bool) -> f32 {
        let font = self.weight(is_bold).as_scaled(PxScale::from(f32::from(size)));
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

    /// Whether the font has every letter of a text, and none needs shaping.
    fn has(&self, text: &str, is_bold: bool) -> bool {
        let font = self.weight(is_bold);
        text.chars().all(|c| c == ' ' || is_plain(c) && font.glyph_id(c).0 != 0)
    }
}

/// Whether a character is drawn without shaping and from left to right: letters of Latin, Greek,
/// Cyrillic and Armenian, punctuation and symbols.
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

/// An area of a card with one text.
pub(super) struct Block {
    /// Distance from the top of the card, in pixels.
    pub(super) top: f32,
    /// Greatest height, in pixels.
    pub(super) height: f32,
    /// Font sizes to try, in pixels, the largest first.
    pub(super) sizes: &'static [u16],
    /// Whether the text is bold.
    pub(super) is_bold: bool,
    /// Colour of the text.
    pub(super) ink: Ink,
}

/// A line of a card.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Words, with one space between.
    pub(super) text: String,
    /// Font size in pixels.
    pub(super) size: u16,
    /// Distance of the baseline from the top of the card, in pixels.
    pub(super) baseline: f32,
    /// Whether the line is bold.
    pub(super) is_bold: bool,
    /// Colour of the line.
    pub(super) ink: Ink,
}

impl Block {
    /// Lays out a text; `None` if it does not fit in any size, or the font lacks a letter.
    pub(super) fn lines(&self, text: &str, fonts: &Fonts<'_>) -> Option<Vec<Line>> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if !words.iter().all(|word| fonts.has(word, self.is_bold)) {
            return None;
        }
        self.sizes.iter().find_map(|size| self.lines_in_size(*size, &words, fonts))
    }

    /// Lays out words in one size; `None` if they do not fit.
    fn lines_in_size(
        &self,
        size: u16,
        words: &[&str],
        fonts: &Fonts<'_>,
    ) -> Option<Vec<Line>> {
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
