//! The guard: which names of hosts and origins may ask.
//!
//! A page of any site can make a browser ask loopback, and with a name of its own that
//! leads there (DNS rebinding) read the answer. So the name must be one that nobody else
//! can own, and what was sent from elsewhere is refused. Invariant: texts are compared whole,
//! never by how they begin.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::http::{Answer, Request};
use crate::diag::{Code, Diagnostic};

/// The response to a name of a host that is not ours.
const NOT_OURS: &str = "fieldguide does not answer to this name. \
    Call it `localhost`, or start it with `--allow-host NAME`.";

/// Decides who may ask.
#[derive(Debug)]
pub(super) struct Guard {
    /// The name that `--host` gave.
    pub(super) host: Option<String>,
    /// Further names, which `--allow-host` gave: those of a proxy, or of a container.
    pub(super) allowed: Vec<String>,
    /// A secret that only pages of this run have.
    pub(super) token: String,
}

impl Guard {
    /// Lets a request in, or says why not.
    pub(super) fn admit(&self, request: &Request) -> Result<(), Answer> {
        let host = match request.only("host") {
            Ok(Some(host)) => host,
            Ok(None) | Err(()) => {
                return Err(Answer::words(400, "A request names one host."));
            }
        };
        if !self.is_ours(host) {
            return Err(Answer::words(421, NOT_OURS));
        }
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            let answer = Answer::words(405, "There is nothing here but to read.");
            return Err(answer.with("Allow", "GET, HEAD"));
        }
        if !request.target.starts_with('/') {
            return Err(Answer::words(400, "A request is for a path."));
        }
        // Links from other pages may lead here; what they embed or fetch may not.
        let site = request.all("sec-fetch-site").next().unwrap_or("none");
        let mode = request.all("sec-fetch-mode").next().unwrap_or("navigate");
        if !matches!(site, "same-origin" | "none") && mode != "navigate" {
            return Err(Answer::words(403, "This is not for pages of other origins."));
        }
        Ok(())
    }

    /// Lets a page of ours listen to changes: by where it is from, as far as the browser
    /// says, and by what only our pages know.
    pub(super) fn is_our_page(&self, request: &Request) -> bool {
        // Not even as a frame of another's page.
        if request
            .all("sec-fetch-site")
            .any(|site| !matches!(site, "same-origin" | "none"))
        {
            return false;
        }
        let host = request.only("host").ok().flatten().unwrap_or_default();
        let is_same = |origin: &str| {
            // A proxy may speak TLS to the browser, and not to us.
            let secure = origin.strip_prefix("https://").filter(|_| self.allows(host));
            let host_of_origin = origin.strip_prefix("http://").or(secure);
            host_of_origin.is_some_and(|other| other.eq_ignore_ascii_case(host))
        };
        let is_from_here = match request.only("origin") {
            Ok(Some(origin)) => is_same(origin),
            Ok(None) => true,
            Err(()) => false,
        };
        is_from_here && query(request, "token").as_deref() == Some(&self.token)
    }

    /// Whether a name, with or without a port, is one that `--allow-host` gave.
    fn allows(&self, host: &str) -> bool {
        let is = |name: &str| self.allowed.iter().any(|a| a.eq_ignore_ascii_case(name));
        without_port(host).is_some_and(is)
    }

    /// Whether a name, with or without a port, is one that only this machine can have:
    /// `localhost`, an address in digits, or what `--host` and `--allow-host` say.
    fn is_ours(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else { return false };
        if let Some(address) = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')) {
            return address.parse::<Ipv6Addr>().is_ok();
        }
        let name = name.to_ascii_lowercase();
        let labels: Vec<&str> = name.split('.').collect();
        let is_label = |label: &&str| {
            !label.is_empty()
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let is_local = labels.last() == Some(&"localhost") && labels.iter().all(is_label);
        let is_given = || {
            let given = self.host.as_deref();
            given.is_some_and(|given| given.eq_ignore_ascii_case(&name))
        };
        is_local || name.parse::<Ipv4Addr>().is_ok() || is_given() || self.allows(host)
    }
}

/// Finds fault with a name that `--allow-host` gives: it must be a whole one, as browsers
/// send it.
pub(super) fn check(name: &str) -> Result<(), Diagnostic> {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    if name.split('.').all(is_label) {
        Ok(())
    } else {
        let message = format!("`{name}` in `--allow-host` is no name of a host");
        let hint = "give each name alone and whole, such as `guide.test`: no port, no \
                        `*`, and other letters than these as browsers send them (`xn--…`)";
        Err(Diagnostic::placeless(Code::Usage, message).hint(hint))
    }
}

/// The name before a port; none where what follows is no port.
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.rfind(']') {
        Some(at) => host.split_at(at + 1),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port = match port.strip_prefix(':') {
        Some(digits) => {
            digits.bytes().all(|b| b.is_ascii_digit()) && digits.parse::<u16>().is_ok()
        }
        None => port.is_empty(),
    };
    is_port.then_some(name)
}

/// A value of a request's query, decoded.
pub(super) fn query(request: &Request, name: &str) -> Option<String> {
    let (_, query) = request.path_and_query();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}
