//! Languages of code blocks: the syntaxes that a fence can name.
//!
//! The syntaxes are those of `bat`, as the crate `two-face` packages them for `syntect`. They
//! are unpacked when the first name is looked up (1.5 ms), and each one's rules when its first
//! block is coloured.

use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Common names that the syntaxes do not have themselves, and the name or file extension that
/// each of them stands for. TypeScript's syntax reads JavaScript best.
const ALIASES: &[(&str, &str)] = &[
    ("cjs", "tsx"),
    ("console", "txt"),
    ("containerfile", "dockerfile (with bash)"),
    ("csharp", "cs"),
    ("docker", "dockerfile (with bash)"),
    ("dockerfile", "dockerfile (with bash)"),
    ("golang", "go"),
    ("javascript", "tsx"),
    ("js", "tsx"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsx", "tsx"),
    ("mjs", "tsx"),
    ("mysql", "sql"),
    ("node", "tsx"),
    ("objectivec", "objective-c"),
    ("output", "txt"),
    ("plain", "txt"),
    ("plaintext", "txt"),
    ("postgres", "sql"),
    ("postgresql", "sql"),
    ("pwsh", "ps1"),
    ("python3", "py"),
    ("shell", "sh"),
    ("shell-session", "txt"),
    ("shellscript", "sh"),
    ("sqlite", "sql"),
    ("text", "txt"),
];

/// All syntaxes.
pub fn all() -> &'static SyntaxSet {
    static ALL: OnceLock<SyntaxSet> = OnceLock::new();
    ALL.get_or_init(two_face::syntax::extra_newlines)
}

/// The syntax of a name in upper or lower case: its own, a file extension, or an alias.
pub fn find(name: &str) -> Option<&'static SyntaxReference> {
    let name = name.trim();
    let alias = ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name));
    all().find_syntax_by_token(alias.map_or(name, |(_, known)| known))
}

/// Names that a fence can use, in lower case, to suggest one like an unknown name.
pub fn names() -> Vec<String> {
    let own = |syntax: &SyntaxReference| {
        let extensions = syntax.file_extensions.iter().filter(|name| name.len() > 1);
        let names = extensions.chain([&syntax.name]).cloned();
        names.collect::<Vec<_>>()
    };
    let own = all().syntaxes().iter().flat_map(own);
    let aliases = ALIASES.iter().map(|(alias, _)| (*alias).to_owned());
    let is_one_word = |name: &String| !name.contains([' ', '.', '(']);
    own.chain(aliases).filter(is_one_word).map(|name| name.to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_leads_to_a_syntax_and_is_needed() {
        for (alias, known) in ALIASES {
            assert!(all().find_syntax_by_token(known).is_some(), "{alias}: {known}");
            let own = all().find_syntax_by_token(alias);
            let is_needed = own.is_none_or(|own| own.name != find(alias).unwrap().name);
            assert!(is_needed, "{alias} means the same without the alias");
        }
    }

    #[test]
    fn common_names_are_known_in_any_letter_case() {
        let common = "bash c c# C++ cjs console cs csharp css cts diff docker Dockerfile dotenv \
            elixir ex exs go golang graphql html java JavaScript js json jsonc jsx kotlin kt \
            lua makefile markdown mjs mts nginx node patch php plain proto py python rb rs Ruby \
            rust scss sh shell sql svg swift text toml ts tsx txt typescript vue xml yaml yml zig zsh";
        let unknown: Vec<_> =
            common.split(' ').filter(|name| find(name).is_none()).collect();
        assert_eq!(unknown, Vec::<&str>::new());
        assert!(find("matrix").is_none() && find("").is_none());
    }
}
