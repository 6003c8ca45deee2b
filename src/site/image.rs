//! Sizes of images, for `width` and `height` attributes: a page then keeps its layout while its
//! images load.

use super::Site;

/// Width and height of an asset in pixels; `None` if it is no image, or has no size of its own.
pub(super) fn size(site: &Site<'_>, asset: usize) -> Option<(u32, u32)> {
    let asset = &site.book.assets[asset];
    if asset.path.ends_with(".svg") {
        return svg_size(str::from_utf8(&asset.bytes).ok()?);
    }
    let size = imagesize::blob_size(&asset.bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// Width and height of an SVG in pixels: its `width` and `height`, else those of its `viewBox`.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    let from = text.find("<svg")?;
    let tag = &text[from..from + text[from..].find('>')?];
    let declared = (attribute(tag, "width").and_then(pixels))
        .zip(attribute(tag, "height").and_then(pixels));
    declared.or_else(|| {
        let mut numbers = attribute(tag, "viewBox")?.split([' ', ',']);
        let mut numbers = numbers.by_ref().filter(|n| !n.is_empty()).skip(2);
        Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
    })
}

/// The value of an attribute of a tag; `None` if it is missing or not quoted.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let is_whole = rest[..at].ends_with(|c: char| c.is_ascii_whitespace());
        rest = &rest[at + name.len()..];
        let value = rest.strip_prefix('=').filter(|_| is_whole);
        let Some(value) = value else { continue };
        let quote = value.chars().next().filter(|c| "\"'".contains(*c))?;
        return value[1..].split(quote).next();
    }
}

/// A length in whole pixels, rounded down; `None` for zero and for other units.
fn pixels(text: &str) -> Option<u32> {
    let digits = text.trim().trim_end_matches("px");
    let whole = digits.split('.').next()?;
    digits.parse::<f64>().ok()?;
    whole.parse().ok().filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::svg_size;

    #[test]
    fn the_size_of_an_svg_is_in_its_attributes_or_its_view_box() {
        assert_eq!(svg_size("<svg width=\"40\" height='20px'>"), Some((40, 20)));
        assert_eq!(svg_size("<svg viewBox=\"0 0 640 120.5\">"), Some((640, 120)));
        assert_eq!(
            svg_size(
                "<svg stroke-width=\"2\" width=\"100%\" height=\"9\" viewBox=\"0,0,6,9\">"
            ),
            Some((6, 9))
        );
        assert_eq!(svg_size("<svg>"), None);
        assert_eq!(svg_size("<g width=\"1\"/>"), None);
    }
}
