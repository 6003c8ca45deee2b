//! Cards: a picture for each page that social networks show beside its link, 1200 by 630
//! pixels, with the site's name, the page's title and its description.
//!
//! Text is laid out by measuring ([`layout`]), in the largest size in which it fits; nothing
//! is ever cut. A page has no card if its words do not fit, or need letters that the font lacks
//! or that are not written from left to right. A card's address has a hash of all that it shows,
//! so that a card that exists is not drawn again.

mod draw;
mod layout;
#[cfg(test)]
mod tests;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{Site, tokens};
use crate::plan::Page;

use layout::{Block, Fonts, Line};

/// Width of a card in pixels.
pub(super) const WIDTH: usize = 1200;
/// Height of a card in pixels.
pub(super) const HEIGHT: usize = 630;

/// Version of the drawing, part of the hash: raise it when the same words look different.
const DRAWING_VERSION: u64 = 1;

/// The level of compression of pictures, of 9; more costs time and saves nothing.
const COMPRESSION: u8 = 6;

/// A page's card.
#[derive(Debug)]
pub(super) struct Card {
    /// Address of the picture on the site.
    pub(super) route: String,
    /// Lines of text, laid out.
    lines: Vec<Line>,
    /// Colours of the picture.
    colours: Colours,
}

/// Colours of a card, from the theme's light scheme and the book's own tokens, as red, green and
/// blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Colours {
    background: [u8; 3],
    text: [u8; 3],
    muted: [u8; 3],
    accent: [u8; 3],
}

/// The role of a line's colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Ink {
    Text,
    Muted,
    Accent,
}

/// The site's name, at the top.
const NAME: Block = Block {
    top: 72.0,
    height: 84.0,
    sizes: &[32, 28, 24, 20, 18],
    is_bold: true,
    ink: Ink::Accent,
};
/// The page's title, below the name.
const TITLE: Block = Block {
    top: 164.0,
    height: 236.0,
    sizes: &[84, 76, 68, 60, 52, 46, 40, 34, 30, 26, 22],
    is_bold: true,
    ink: Ink::Text,
};
/// The page's description, at the bottom.
const ABOUT: Block = Block {
    top: 416.0,
    height: 150.0,
    sizes: &[34, 32, 30, 28, 26, 24, 22, 20],
    is_bold: false,
    ink: Ink::Muted,
};

/// The cards of all pages in the order of the plan; `None` for a page without a card.
pub(super) fn all(site: &Site<'_>) -> Vec<Option<Card>> {
    let pages = &site.plan.pages;
    let fonts = Fonts::new();
    let are_made = site.book.site.cards && site.book.site.has_address;
    let (Some(fonts), true) = (fonts, are_made) else {
        return pages.iter().map(|_| None).collect();
    };
    let colours = card_colours(site);
    pages.par_iter().map(|page| of_page(site, page, &fonts, colours)).collect()
}

/// Lays out the card of a page; `None` if it can have none.
fn of_page(
    site: &Site<'_>,
    page: &Page,
    fonts: &Fonts<'_>,
    colours: Colours,
) -> Option<Card> {
    if !page.is_linked {
        return None;
    }
    let name = site.book.site.title.as_str();
    let is_home = page.route.is_home() && page.metadata.title == name;
    let name = if is_home { "" } else { name };
    let mut lines = Vec::new();
    for (block, text) in
        [(NAME, name), (TITLE, &page.metadata.title), (ABOUT, &page.metadata.description)]
    {
        let text: String = text.nfc().collect();
        lines.extend(block.lines(&text, fonts)?);
    }
    let hash = hash(&lines, colours);
    let stem = match page.route.as_str().trim_end_matches('/') {
        "" => "home",
        route => route.trim_end_matches(".html"),
    };
    Some(Card { route: format!("theme/cards/{stem}.{hash:016x}.png"), lines, colours })
}

/// The colours of all cards; those of the default theme for tokens that are no colours.
fn card_colours(site: &Site<'_>) -> Colours {
    let of = |name, default| {
        tokens::light(&site.book.site.tokens, &site.assets, name).unwrap_or(default)
    };
    Colours {
        background: of("bg", [255, 255, 255]),
        text: of("text", [20, 24, 31]),
        muted: of("muted", [74, 84, 100]),
        accent: of("accent", [11, 87, 196]),
    }
}

impl Card {
    /// Appends the picture to `out` as PNG.
    pub(super) fn draw(&self, out: &mut Vec<u8>) {
        let Some(fonts) = Fonts::new() else { return };
        let (shades, palette) = draw::shades(&self.lines, self.colours, &fonts);
        write_png(&shades, palette, out).expect("a card has as many shades as pixels");
    }
}

/// Writes a picture as PNG: pixels as positions in a palette, row by row.
fn write_png(
    pixels: &[u8],
    palette: Vec<[u8; 3]>,
    out: &mut Vec<u8>,
) -> Result<(), png::EncodingError> {
    let [width, height] =
        [WIDTH, HEIGHT].map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let mut encoder = png::Encoder::new(out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.into_flattened());
    encoder.set_deflate_compression(png::DeflateCompression::Level(COMPRESSION));
    // Filters help where a pixel's number is near its neighbour's, as positions in a palette are
    // not.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(pixels)
}

/// Hash of all that a card shows.
fn hash(lines: &[Line], colours: Colours) -> u64 {
    let all = format!("{lines:?} {colours:?}");
    crate::source::combine_hash(DRAWING_VERSION, all.as_bytes())
}
