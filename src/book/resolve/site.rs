//! The site: its address, and what `book.toml` leaves to defaults.

use super::{Resolver, text, texts};
use crate::book::{
    Cta, Large, Newsletter, Pairs, Publish, RelatedLinks, Site, Token, Version,
};
use crate::diag::{Code, Diagnostic};
use crate::raw::href::is_local;
use crate::raw::{self, Text};

/// The address of a site that names none; links within it work all the same.
const NO_ADDRESS: &str = "http://localhost/";

impl Resolver<'_> {
    /// The site.
    pub(super) fn site(&mut self) -> Site {
        let book = &self.raw.book;
        let site = &book.book;
        if let Some(requires) = &site.requires {
            self.requires(requires);
        }
        let base_url = self.base_url(site);
        let has_address =
            base_url.as_ref().is_some_and(|url| self.has_address(url, site));
        let base_url = base_url.unwrap_or_else(|| NO_ADDRESS.to_owned());
        let language = self.language(site);
        let base_path = url::Url::parse(&base_url).map(|url| url.path().to_owned());
        let versus = book.versus.as_ref();
        let publish = book.publish.as_ref();
        Site {
            title: site.title.value.clone(),
            description: text(site.description.as_ref()).unwrap_or_default(),
            base_path: base_path.unwrap_or_else(|_| "/".to_owned()),
            base_url,
            has_address,
            language,
            theme: site.theme.as_ref().map_or("default".to_owned(), |t| t.value.clone()),
            repository: site.repository.as_ref().map(|url| url.0.value.clone()),
            license: text(site.license.as_ref()),
            edition: text(site.edition.as_ref()),
            authors: texts(&site.authors),
            pairs: versus.map_or(Pairs::Declared, |versus| versus.pairs),
            max_pairs: versus
                .and_then(|versus| versus.max.as_ref())
                .and_then(|max| usize::try_from(max.0.value).ok()),
            cta: book.cta.as_ref().and_then(|cta| self.cta(cta)),
            newsletter: book.newsletter.as_ref().map(|raw| self.newsletter(raw)),
            cards: is_on(book.social.as_ref().and_then(|social| social.cards.as_ref())),
            feed_title: book.feed.as_ref().and_then(|feed| text(feed.title.as_ref())),
            publish: publish.map_or_else(Publish::default, |publish| Publish {
                remote: text(publish.remote.as_ref()),
                branch: text(publish.branch.as_ref()),
                cname: text(publish.cname.as_ref()),
            }),
            full_text: is_on(book.search.as_ref().and_then(|s| s.full_text.as_ref())),
            highlight: book
                .code
                .as_ref()
                .and_then(|code| code.highlight.as_ref())
                .is_none_or(|switch| switch.value),
            large: book.tables.as_ref().map_or(Large::Parts, |tables| tables.large),
            tokens: book
                .theme
                .entries
                .iter()
                .map(|(name, value)| Token {
                    name: name.value.clone(),
                    name_span: name.span,
                    value: value.value.clone(),
                    span: value.span,
                })
                .collect(),
        }
    }

    /// The language of the site's texts.
    fn language(&mut self, site: &raw::Site) -> String {
        let language = text(site.language.as_ref()).unwrap_or_else(|| "en".to_owned());
        if !is_language(&language) {
            let span = site.language.as_ref().map_or(site.span, |text| text.span);
            let message = format!("`{language}` is not a language");
            let found = Diagnostic::new(Code::OutOfRange, span, message);
            self.diags.push(found.hint("write a tag such as `en` or `pt-BR`"));
        }
        language
    }

    /// The site's address, ending in `/`; none if it is wrong, which is then reported.
    fn base_url(&mut self, site: &raw::Site) -> Option<String> {
        let written = site.base_url.as_ref().map(|url| &url.0);
        let url = match (&self.options.base_url, written) {
            (Some(url), _) => url.clone(),
            (None, Some(url)) if !url.value.is_empty() => url.value.clone(),
            (None, Some(_)) => return None,
            (None, None) => return Some(NO_ADDRESS.to_owned()),
        };
        let is_page = |url: &url::Url| {
            matches!(url.scheme(), "http" | "https")
                && url.query().is_none()
                && url.fragment().is_none()
        };
        match url::Url::parse(&url) {
            Ok(parsed) if is_page(&parsed) => {
                let mut url = String::from(parsed);
                if !url.ends_with('/') {
                    url.push('/');
                }
                Some(url)
            }
            _ => {
                let message = format!("`{url}` is not the address of a site");
                let found = match (&self.options.base_url, written) {
                    (None, Some(url)) => Diagnostic::new(Code::BadUrl, url.span, message),
                    _ => Diagnostic::placeless(
                        Code::Usage,
                        format!("`--base-url`: {message}"),
                    ),
                };
                let hint = "write it as `https://example.org/path/`, without `?` and `#`";
                self.diags.push(found.hint(hint));
                None
            }
        }
    }

    /// Whether others can reach the site at its address; reports that they cannot.
    fn has_address(&mut self, base_url: &str, site: &raw::Site) -> bool {
        if !is_local(base_url) {
            return true;
        }
        let file = site.span.file;
        if site.may_have("base_url") || self.raw.broken.contains(&file) {
            return false;
        }
        let without = "pages have no canonical address, and there is no sitemap, feed or \
                       `llms.txt`";
        let (span, message) = match (&self.options.base_url, &site.base_url) {
            (Some(_), _) => (None, format!("`--base-url` is local: {without}")),
            (None, Some(url)) => {
                (Some(url.0.span), format!("`base_url` is local: {without}"))
            }
            (None, None) => {
                (Some(site.span), format!("there is no `base_url`: {without}"))
            }
        };
        let found = match span {
            Some(span) => Diagnostic::new(Code::NoAddress, span, message),
            None => Diagnostic::placeless(Code::NoAddress, message),
        };
        let hint = "write `base_url = \"https://…/\"`, where the site is served";
        self.diags.push(found.hint(hint));
        false
    }

    /// Links to further reading.
    pub(super) fn related_links(
        &mut self,
        related: &[Text],
        cta: Option<&raw::Cta>,
    ) -> RelatedLinks {
        RelatedLinks {
            related: related.iter().filter_map(|link| self.meaning_of(link)).collect(),
            cta: cta.and_then(|cta| self.cta(cta)),
        }
    }

    fn cta(&mut self, cta: &raw::Cta) -> Option<Cta> {
        Some(Cta {
            title: cta.title.value.clone(),
            text: text(cta.text.as_ref()),
            label: cta.label.value.clone(),
            target: self.meaning_of(&cta.link)?,
        })
    }

    /// Holds `requires` against this version of fieldguide.
    pub(super) fn requires(&mut self, requires: &Text) {
        let own = env!("CARGO_PKG_VERSION");
        if let Err((message, hint)) = fits(&requires.value, own) {
            let found = Diagnostic::new(Code::WrongVersion, requires.span, message);
            self.diags.push(found.hint(hint));
        }
    }

    fn newsletter(&mut self, raw: &raw::Newsletter) -> Newsletter {
        let action = raw.action.0.value.clone();
        if action.starts_with("mailto:") {
            let message = "a form cannot be sent by mail";
            let found = Diagnostic::new(Code::BadUrl, raw.action.0.span, message);
            self.diags.push(
                found.hint("name the `https://…` address of the newsletter's service"),
            );
        }
        let origin =
            url::Url::parse(&action).map(|url| url.origin().ascii_serialization());
        Newsletter {
            title: raw.title.value.clone(),
            origin: origin.unwrap_or_default(),
            action,
            field: text(raw.field.as_ref()).unwrap_or_else(|| "email".to_owned()),
        }
    }
}

/// Whether a switch is there and on.
fn is_on(switch: Option<&raw::Spanned<bool>>) -> bool {
    switch.is_some_and(|switch| switch.value)
}

/// Whether a text is a language tag: `en`, `pt-BR`, `zh-Hant`.
pub(super) fn is_language(tag: &str) -> bool {
    let is_word = |part: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let (primary, rest) = tag.split_once('-').unwrap_or((tag, ""));
    is_word(primary, 2..=3)
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && (rest.is_empty() && !tag.ends_with('-')
            || !rest.is_empty() && rest.split('-').all(|part| is_word(part, 1..=8)))
}

/// Whether a version fits a list such as `>=0.1, <0.2`; what is wrong where it does not, and
/// what to do.
fn fits(requires: &str, own: &str) -> Result<(), (String, String)> {
    let version = Version::new(own);
    for part in requires.split(',').map(str::trim) {
        let at = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let (operator, number) = part.split_at(at);
        let wanted = Version::new(number);
        let holds = match operator.trim() {
            _ if number.is_empty() => None,
            ">=" => Some(version >= wanted),
            ">" => Some(version > wanted),
            "<=" => Some(version <= wanted),
            "<" => Some(version < wanted),
            "=" | "" => Some(version == wanted),
            _ => None,
        };
        match holds {
            Some(true) => {}
            Some(false) => {
                let message =
                    format!("fieldguide `{part}` is asked for, and this is {own}");
                let hint =
                    format!("install a version that fits `{requires}`, or change it");
                return Err((message, hint));
            }
            None => {
                let message = format!("expected versions, found `{part}`");
                return Err((message, "write them as `>=0.1, <0.2`".to_owned()));
            }
        }
    }
    Ok(())
}
