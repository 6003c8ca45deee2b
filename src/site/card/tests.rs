//! Tests of cards.

use super::layout::{Fonts, LEFT};
use super::{ABOUT, HEIGHT, NAME, TITLE, WIDTH};

#[test]
fn a_text_is_laid_out_in_the_largest_size_that_fits() {
    let fonts = Fonts::new().unwrap();
    #[track_caller]
    fn case(fonts: &Fonts<'_>, text: &str, size: u16, count: usize) {
        let lines = TITLE.lines(text, fonts).unwrap();
        let found: Vec<&str> =
            lines.iter().flat_map(|line| line.text.split(' ')).collect();
        assert_eq!(found, text.split_whitespace().collect::<Vec<_>>());
        assert_eq!((lines[0].size, lines.len()), (size, count), "{text}");
    }
    case(&fonts, "Django", 84, 1);
    case(&fonts, "Best for: REST APIs and  microservices", 84, 2);
    case(&fonts, "Ёлка, Ωμέγα, Żółć: “ok” – 5 €", 84, 2);
    case(&fonts, &"word ".repeat(80), 26, 6);
}

#[test]
fn a_text_that_does_not_fit_or_has_unknown_letters_is_refused() {
    let fonts = Fonts::new().unwrap();
    let long = "w".repeat(100);
    let much = "word ".repeat(200);
    for text in
        [long.as_str(), &much, "日本語", "שלום", "ok 🦀", "e\u{301}\u{302}", "\u{202e}x"]
    {
        assert!(TITLE.lines(text, &fonts).is_none(), "{text}");
    }
    assert_eq!(ABOUT.lines("", &fonts), Some(Vec::new()));
}

#[test]
fn long_texts_do_not_overlap() {
    let fonts = Fonts::new().unwrap();
    let (title, about) =
        ("Ein langer Titel ".repeat(6), "A long description. ".repeat(8));
    let blocks = [(NAME, "A name ".repeat(12)), (TITLE, title), (ABOUT, about)];
    let mut above = 0.0;
    for (block, text) in blocks {
        let lines = block.lines(&text, &fonts).unwrap();
        for line in lines {
            let top = line.baseline - f32::from(line.size) * 0.8;
            assert!(top > above, "{}", line.text);
            above = line.baseline + f32::from(line.size) * 0.22;
        }
    }
    assert!(above < 630.0 - 48.0, "{above}");
    assert!(LEFT > 48.0 && (WIDTH, HEIGHT) == (1200, 630));
}
