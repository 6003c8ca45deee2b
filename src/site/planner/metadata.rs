//! Descriptions of the length that search engines show, and titles that differ.

use rapidhash::RapidHashMap;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::plan::{Page, Plan, Subject};
use crate::site::text::{sentence_ends, shortened};

/// Longest description in characters; search engines cut longer ones.
const LONGEST: usize = 160;
/// Shortest description; search engines put words of the page in place of shorter ones.
const SHORTEST: usize = 70;

/// A description of the right length: of a longer one as many whole sentences as fit, else
/// as many words; a shorter one is followed by that of the site.
pub(super) fn fitted(text: &str, site: &str) -> String {
    let length = |text: &str| text.chars().count();
    if text.is_empty() || (SHORTEST..=LONGEST).contains(&length(text)) {
        return text.to_owned();
    }
    if length(text) < SHORTEST {
        let whole = format!("{text} {site}");
        let is_better = !site.is_empty() && site != text && length(&whole) <= LONGEST;
        return if is_better { whole } else { text.to_owned() };
    }
    let ends = sentence_ends(text).into_iter().map(|end| &text[..end]);
    let fits = |part: &&str| (SHORTEST..=LONGEST).contains(&length(part));
    let whole = ends.rev().find(fits);
    whole.map_or_else(|| shortened(text, LONGEST), str::to_owned)
}

/// Reports pages of one title, which readers cannot tell apart.
pub(super) fn check(plan: &Plan, diags: &mut Diagnostics) {
    let mut titles: RapidHashMap<&str, &Page> = RapidHashMap::default();
    let is_redirect = |page: &&Page| matches!(page.subject, Subject::Redirect(_));
    for page in plan.pages.iter().filter(|page| !is_redirect(page)) {
        if let Some(first) = titles.insert(&page.metadata.title, page) {
            let message = format!(
                "the pages `/{}` and `/{}` have one title, `{}`",
                first.route, page.route, page.metadata.title
            );
            let mut found = Diagnostic::placeless(Code::DuplicateTitle, message)
                .hint("say in one of them what sets it apart");
            let (place, first) = (page.span, first.span);
            found.span = place.or(first);
            diags.push(match (place, first) {
                (Some(_), Some(first)) => found.label(first, "the other one"),
                _ => found,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_description_is_cut_after_a_sentence_or_a_word_and_never_left_short() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(fitted(text, "What the site is."), expected);
        }
        let (half, whole) = ("word ".repeat(15), "word ".repeat(40));
        let (half, whole) = (half.trim(), whole.trim());
        case("", "");
        case(half, half);
        case("Three questions.", "Three questions. What the site is.");
        case("What the site is.", "What the site is.");
        case(&format!("{half}? {whole}."), &format!("{half}?"));
        case(&format!("Node.js. {whole}"), &format!("Node.js. {}…", &whole[..149]));
        case(&"é".repeat(200), &format!("{}…", "é".repeat(159)));
    }
}
