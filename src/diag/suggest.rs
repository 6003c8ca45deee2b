//! Did-you-mean: the known name nearest to a misspelt one.

/// The name of `known` that is closest to `found`, if it is at most two edits away (one,
/// for names of three letters and less) and not the same.
pub fn suggest<'a>(
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let most = if found.chars().count() <= 3 { 1 } else { 2 };
    known
        .into_iter()
        .map(|name| (strsim::osa_distance(found, name), name))
        .filter(|(distance, _)| (1..=most).contains(distance))
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn the_nearest_name_within_two_edits_is_suggested() {
        #[track_caller]
        fn case(found: &str, expected: Option<&str>) {
            assert_eq!(suggest(found, ["django", "flask", "rails", "orm"]), expected);
        }
        case("djagno", Some("django"));
        case("flsk", Some("flask"));
        case("raisl", Some("rails"));
        case("om", Some("orm"));
        case("xyz", None);
        case("django", None);
        case("phoenix", None);
    }
}
