//! The points of a card: lines as shades of few colours.

use ab_glyph::{Font, Glyph, PxScale, ScaleFont, point};

use super::layout::{Fonts, LEFT, Line};
use super::{Colours, HEIGHT, Ink, WIDTH};

/// How many shades each colour has above the background.
const SHADES: u8 = 15;
/// The width of the bar on the left.
const BAR: usize = 24;

/// The shade of every point, row by row, and what colour each shade is.
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

fn draw(line: &Line, fonts: &Fonts<'_>, shades: &mut [u8]) {
    let font = fonts.of(line.is_bold);
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

/// Sets a point, unless it is darker already.
fn put(shades: &mut [u8], x: (f32, u32), y: (f32, u32), shade: u8) {
    let at = |(from, by): (f32, u32), most: usize| {
        #[expect(clippy::cast_possible_truncation, reason = "cards are small")]
        let from = from as i64;
        usize::try_from(from + i64::from(by)).ok().filter(|at| *at < most)
    };
    if let (Some(x), Some(y)) = (at(x, WIDTH), at(y, HEIGHT)) {
        let point = &mut shades[y * WIDTH + x];
        *point = shade.max(*point);
    }
}

/// The shade of a colour that covers a share of a point.
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

/// The background, then every shade of each colour.
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
