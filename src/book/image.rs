//! Images among the files of a book: their format, their size, and what is wrong with them.

use std::io::Cursor;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use imagesize::{Compression, ImageType};

/// The longest side in pixels that browsers are sure to show: the limit of textures.
const LONGEST_SIDE: u32 = 16_384;

/// The first bytes of a pointer that Git LFS leaves in place of a file.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// Ends of names of images, and the format that each stands for.
const FORMATS: &[(&str, &str)] = &[
    ("avif", "AVIF"),
    ("gif", "GIF"),
    ("jpeg", "JPEG"),
    ("jpg", "JPEG"),
    ("png", "PNG"),
    ("svg", "SVG"),
    ("webp", "WebP"),
];

/// Whether the name of a file is that of an image that browsers show.
pub(super) fn is_image(path: &str) -> bool {
    format_of_name(path).is_some()
}

/// The format that the name of a file stands for; none if it is no image.
fn format_of_name(path: &str) -> Option<&'static str> {
    let (_, end) = path.rsplit_once('.')?;
    let end = end.to_lowercase();
    FORMATS.iter().find(|(known, _)| *known == end).map(|(_, format)| *format)
}

/// The format of the bytes of a file.
fn format_of_bytes(bytes: &[u8]) -> Option<&'static str> {
    Some(match imagesize::image_type(bytes) {
        Ok(ImageType::Gif) => "GIF",
        Ok(ImageType::Jpeg) => "JPEG",
        Ok(ImageType::Png) => "PNG",
        Ok(ImageType::Webp) => "WebP",
        Ok(ImageType::Heif(Compression::Av1)) => "AVIF",
        Ok(ImageType::Heif(_)) => "HEIF",
        _ if svg_tag(bytes).is_some() => "SVG",
        _ => return None,
    })
}

/// Width and height of an image as browsers lay it out; `None` if it is none, or has no size.
pub(super) fn size(path: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    if format_of_name(path)? == "SVG" {
        return svg_size(&svg_tag(bytes)?);
    }
    let size = imagesize::blob_size(bytes).ok()?;
    let size = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    // Orientations 5 to 8 turn the image by a quarter.
    let is_turned = orientation(bytes).is_some_and(|turn| (5..=8).contains(&turn));
    Some(if is_turned { (size.1, size.0) } else { size })
}

/// The orientation that the camera noted, from 1 to 8.
fn orientation(bytes: &[u8]) -> Option<u32> {
    // AVIF turns images by properties of its own, and browsers look at those alone.
    if matches!(imagesize::image_type(bytes), Ok(ImageType::Heif(_))) {
        return None;
    }
    let mut bytes = Cursor::new(bytes);
    let exif = exif::Reader::new().read_from_container(&mut bytes).ok()?;
    exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?.value.get_uint(0)
}

/// The fault of a file that is to be published, as message and hint; none if it is fine.
pub(super) fn fault(
    path: &str,
    bytes: &[u8],
    longest_side: Option<u32>,
) -> Option<(String, String)> {
    let path_shown = format!("`content/assets/{path}`");
    if bytes.starts_with(POINTER) {
        let message = format!("{path_shown} is a pointer of Git LFS, not the file");
        return Some((message, "fetch the files with `git lfs pull`".to_owned()));
    }
    let expected = format_of_name(path)?;
    if bytes.is_empty() {
        return Some((
            format!("{path_shown} is empty"),
            "save the image again".to_owned(),
        ));
    }
    match format_of_bytes(bytes) {
        Some(format) if format == expected => {}
        Some(format) => {
            let message = format!("{path_shown} is not {expected} but {format}");
            let hint = format!("name it `….{}`, or convert it", format.to_lowercase());
            return Some((message, hint));
        }
        None => {
            let message = format!("{path_shown} is not a {expected} image");
            return Some((
                message,
                "save the image again, or remove the file".to_owned(),
            ));
        }
    }
    let most = longest_side.unwrap_or(LONGEST_SIDE).min(LONGEST_SIDE);
    let (width, height) = size(path, bytes)?;
    (width.max(height) > most).then(|| {
        let message = format!(
            "{path_shown} is {width} × {height} pixels, more than {most} on a side"
        );
        (message, "make the image smaller".to_owned())
    })
}

/// The script in a file that browsers open as a document, named for a message.
pub(super) fn script(path: &str, bytes: &[u8]) -> Option<String> {
    let (_, end) = path.rsplit_once('.')?;
    let end = end.to_lowercase();
    if !["htm", "html", "svg", "xhtml", "xml"].contains(&end.as_str()) {
        return None;
    }
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(end == "htm" || end == "html");
    let text = String::from_utf8_lossy(bytes);
    Tokenizer::new_with_emitter(&*text, emitter).flatten().find_map(|token| match token {
        Token::StartTag(tag) => script_of_tag(&tag),
        _ => None,
    })
}

/// The script of a tag, if it has one.
fn script_of_tag(tag: &StartTag<()>) -> Option<String> {
    let name = String::from_utf8_lossy(&tag.name).to_lowercase();
    let local = name.rsplit(':').next().unwrap_or_default();
    if local == "script" {
        return Some(format!("`<{name}>`"));
    }
    tag.attributes.iter().find_map(|(key, value)| {
        let key = String::from_utf8_lossy(key).to_lowercase();
        let value: Vec<u8> = value
            .iter()
            .copied()
            .filter(|b| !b.is_ascii_whitespace() && *b > 31)
            .collect();
        let value = String::from_utf8_lossy(&value).to_lowercase();
        let is_script = key.starts_with("on") && key.len() > 2
            || key == "srcdoc"
            || value.starts_with("javascript:")
            || value.starts_with("data:text/html")
            || (local == "set" || local == "animate") && value.contains("javascript:");
        is_script.then(|| format!("`{key}` of `<{name}>`"))
    })
}

/// The first tag of an SVG, after comments and the like.
fn svg_tag(bytes: &[u8]) -> Option<StartTag<()>> {
    let text = str::from_utf8(bytes).ok()?;
    let tokens = Tokenizer::new_with_emitter(text, DefaultEmitter::default()).flatten();
    for token in tokens {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_lowercase();
                return (name.rsplit(':').next() == Some("svg")).then_some(tag);
            }
            Token::String(text) if !text.trim_ascii().is_empty() => return None,
            _ => {}
        }
    }
    None
}

/// Width and height of an SVG in pixels, by the rules of CSS for images: a length that is
/// missing follows from the other one and the ratio of the `viewBox`, else the `viewBox` is
/// the size.
fn svg_size(tag: &StartTag<()>) -> Option<(u32, u32)> {
    let attribute = |name: &str| {
        let value = tag.attributes.get(name.as_bytes())?;
        Some(String::from_utf8_lossy(value).into_owned())
    };
    let length = |name: &str| attribute(name).and_then(|text| pixels(&text));
    let view_box: Vec<f64> = attribute("viewbox")
        .unwrap_or_default()
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter_map(|number| number.parse().ok())
        .collect();
    let view_box = match view_box.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    };
    let size = match (length("width"), length("height"), view_box) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(size)) => size,
        (_, _, None) => return None,
    };
    Some((whole(size.0)?, whole(size.1)?))
}

/// A length rounded to whole pixels, at least 1; `None` if it is no length.
fn whole(pixels: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is in the range"
    )]
    let whole = (0.0..=1e9).contains(&pixels).then(|| pixels.round() as u32)?;
    Some(whole.max(1))
}

/// A length of CSS in pixels; `None` for zero, percentages and what is no length. A font is
/// 16 pixels high, as an image has no other.
fn pixels(text: &str) -> Option<f64> {
    const UNITS: &[(&str, f64)] = &[
        ("px", 1.0),
        ("pt", 4.0 / 3.0),
        ("pc", 16.0),
        ("in", 96.0),
        ("cm", 96.0 / 2.54),
        ("mm", 9.6 / 2.54),
        ("rem", 16.0),
        ("em", 16.0),
        ("ex", 8.0),
        ("ch", 8.0),
        ("q", 2.4 / 2.54),
    ];
    let text = text.trim().to_lowercase();
    let unit = UNITS.iter().find(|(unit, _)| text.ends_with(unit));
    let (number, factor) = match unit {
        Some((unit, factor)) => (text[..text.len() - unit.len()].trim_end(), *factor),
        None => (text.as_str(), 1.0),
    };
    let number: f64 = number.parse().ok()?;
    (number > 0.0 && number.is_finite()).then_some(number * factor)
}

#[cfg(test)]
mod tests {
    use super::{fault, script, size};

    #[test]
    fn the_size_of_an_svg_is_that_of_css() {
        #[track_caller]
        fn case(svg: &str, expected: Option<(u32, u32)>) {
            assert_eq!(size("a.SVG", svg.as_bytes()), expected, "{svg}");
        }
        case("<svg width=\"40\" height='20px'>", Some((40, 20)));
        case("<svg width = 99.6 height=\"20\">", Some((100, 20)));
        case("<svg viewBox=\"0 0 640 120.5\">", Some((640, 121)));
        case("<svg viewBox=\"0\n0\n64,12\">", Some((64, 12)));
        case("<svg width=\"640\" viewBox=\"0 0 100 50\">", Some((640, 320)));
        case("<svg width=\"100%\" height=\"9\" viewBox=\"0,0,6,9\">", Some((6, 9)));
        case("<svg width=\"210mm\" height=\"297mm\">", Some((794, 1123)));
        case("<svg width=\"0.4in\" viewBox=\"0 0 1 1\">", Some((38, 38)));
        case("<svg width=\"20em\" viewBox=\"0 0 100 50\">", Some((320, 160)));
        case(
            "<!-- <svg width=\"9\" height=\"5\"> --><svg width=\"2\" height=\"1\">",
            Some((2, 1)),
        );
        case(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg width=\"2\" height=\"1\"/>",
            Some((2, 1)),
        );
        case("<svg stroke-width=\"2\">", None);
        case("<g width=\"1\" height=\"1\"/>", None);
    }

    #[test]
    fn a_photograph_is_turned_as_its_camera_noted() {
        let photograph = |orientation: u8| {
            let exif = b"\xff\xd8\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
            let frame = b"\xff\xc0\0\x0b\x08\x01\x2c\x01\x90\x01\x01\x11\0\xff\xd9";
            [&exif[..], &[orientation, 0, 0, 0, 0, 0, 0, 0], frame].concat()
        };
        assert_eq!(size("a.jpg", &photograph(1)), Some((400, 300)));
        assert_eq!(size("a.jpg", &photograph(6)), Some((300, 400)));
    }

    #[test]
    fn an_image_is_what_its_name_says() {
        #[track_caller]
        fn case(path: &str, bytes: &[u8], expected: &str) {
            let found =
                fault(path, bytes, None).map_or(String::new(), |(found, _)| found);
            assert!(
                found.contains(expected) && found.is_empty() == expected.is_empty(),
                "{found}"
            );
        }
        let gif = b"GIF89a\x01\0\x01\0\0\0\0;";
        case("a.gif", gif, "");
        case("a.png", gif, "is not PNG but GIF");
        case("a.GIF", b"", "is empty");
        case("a.png", b"text", "is not a PNG image");
        case("a.svg", b"<html>", "is not a SVG image");
        case("a.svg", b"<svg/>", "");
        case("a.txt", b"text", "");
        case("a.zip", b"version https://git-lfs.github.com/spec/v1\noid", "Git LFS");
        case("a.gif", b"GIF89a\x01\x80\x01\0\0\0\0;", "32769 \u{d7} 1 pixels");
    }

    #[test]
    fn scripts_are_found_however_they_are_written() {
        for svg in [
            "<svg><script>1</script></svg>",
            "<svg onload=\"1\"/>",
            "<svg:svg><svg:script/></svg:svg>",
            "<svg><a xlink:href=\" java\nscript:1\"/></svg>",
            "<svg><set attributeName=\"href\" to=\"javascript:1\"/></svg>",
            "<svg><foreignObject><iframe srcdoc=\"x\"/></foreignObject></svg>",
        ] {
            assert!(script("a.svg", svg.as_bytes()).is_some(), "{svg}");
            assert!(script("a.SVG", svg.as_bytes()).is_some(), "{svg}");
        }
        assert_eq!(
            script("a.svg", b"<svg><!-- <script> --><a href=\"#on\"/></svg>"),
            None
        );
        assert_eq!(script("a.html", b"<title>a</title><p on>&lt;script&gt;"), None);
        assert_eq!(script("a.txt", b"<script>"), None);
    }
}
