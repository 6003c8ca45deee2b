//! Draws the lines of a card as pixels, each a shade of one of a few colours.

use ab_glyph::{Font, Glyph, PxScale, ScaleFont, point};

use super::layout::{Fonts, LEFT, Line};
use super::{Colours, HEIGHT, Ink, WIDTH};

/// Number of shades of each colour, without the background.
const SHADES: u8 = 15;
/// Width of the bar on the left, in pixels.
const BAR: usize = 24;

/// Draws lines. Returns the shade of every pixel, row by row, and the palette, which has the
/// colour of each shade.
pub(super) fn shades(
    lines: &[Line],
    colours: Colours,
    fonts: &Fonts<'_>,
) -> (Vec<u8>, Vec<[u8; 3]>) {
    let mut shades = vec![0; WIDTH * HEIGHT];
    for row in shades.chunks_mut(WIDTH) {
        row[..BAR].fill(shade(Ink::Accent, 1.0));
    }
    for line in lines {
        draw(line, fonts, &mut shades);
    }
    (shades, palette(colours))
}

/// Draws one line over the shades.
fn draw(line: &Line, fonts: &Fonts<'_>, shades: &mut [u8]) {
    let font = fonts.weight(line.is_bold);
    let scale = PxScale::from(f32::from(line.size));
    let scaled = font.as_scaled(scale);
    let mut x = LEFT;
    let mut before = None;
    for c in line.text.chars() {
        let id = scaled.glyph_id(c);
        x += before.map_or(0.0, |before| scaled.kern(before, id));
        let position = point(x, line.baseline);
        if let Some(outline) = font.outline_glyph(Glyph { id, scale, position }) {
            let bounds = outline.px_bounds();
            outline.draw(|across, down, share| {
                put(shades, (bounds.min.x, across), (bounds.min.y, down), {
                    shade(line.ink, share)
                });
            });
        }
        x += scaled.h_advance(id);
        before = Some(id);
    }
}

/// Sets a pixel, unless it has a higher shade already. A coordinate is the edge of the glyph and
/// the distance from there; a pixel off the card is left out.
fn put(shades: &mut [u8], x: (f32, u32), y: (f32, u32), shade: u8) {
    let at = |(from, by): (f32, u32), most: usize| {
        #[expect(clippy::cast_possible_truncation, reason = "cards are small")]
        let from = from as i64;
        usize::try_from(from + i64::from(by)).ok().filter(|at| *at < most)
    };
    if let (Some(x), Some(y)) = (at(x, WIDTH), at(y, HEIGHT)) {
        let pixel = &mut shades[y * WIDTH + x];
        *pixel = shade.max(*pixel);
    }
}

/// The shade of a pixel of which a colour covers a share, from 0 to 1.
fn shade(ink: Ink, share: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share is from 0 to 1"
    )]
    let step = (share.clamp(0.0, 1.0) * f32::from(SHADES)).round() as u8;
    let first = match ink {
        Ink::Text => 0,
        Ink::Muted => SHADES,
        Ink::Accent => 2 * SHADES,
    };
    if step == 0 { 0 } else { first + step }
}

/// The colours of all shades: the background, then from faint to full each of the three colours.
fn palette(colours: Colours) -> Vec<[u8; 3]> {
    let mut palette = vec![colours.background];
    for ink in [colours.text, colours.muted, colours.accent] {
        for step in 1..=SHADES {
            let mix = |i: usize| {
                let (from, to) = (u16::from(colours.background[i]), u16::from(ink[i]));
                let (step, all) = (u16::from(step), u16::from(SHADES));
                let mixed = (from * (all - step) + to * step + all / 2) / all;
                u8::try_from(mixed).unwrap_or(u8::MAX)
            };
            palette.push([mix(0), mix(1), mix(2)]);
        }
    }
    palette
}
