//! HTTP/1.1 as far as a preview needs it: heads of GET and HEAD requests in, answers out.
//! Bodies are not read; who sends one is answered and hung up on.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use percent_encoding::percent_decode_str;

/// Most bytes of a request's head.
const HEAD: usize = 16 << 10;
/// Most header fields of a request.
const FIELDS: usize = 100;
/// Time limit for receiving a request's head, and for an idle connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// The head of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Request {
    /// Its method.
    pub(super) method: String,
    /// The target of the request, as it was sent.
    pub(super) target: String,
    /// Whether the connection is to be kept.
    pub(super) is_kept: bool,
    /// Its header fields, names in lower case.
    fields: Vec<(String, String)>,
}

/// Reason why no request could be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ReadError {
    /// The other end is gone, or took too long.
    Gone,
    /// The input is no request; the status to answer with.
    Bad(u16),
}

impl Request {
    /// The value of a header field that may stand once; an error if it stands twice.
    pub(super) fn only<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, ()> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(()),
            (value, None) => Ok(value),
        }
    }

    /// The values of a header field.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |f| f.0 == name).map(|f| f.1.as_str())
    }

    /// Whether it is answered without a body.
    pub(super) fn is_head(&self) -> bool {
        self.method == "HEAD"
    }

    /// Its target's path and query, in their own spelling.
    pub(super) fn path_and_query(&self) -> (&str, &str) {
        self.target.split_once('?').unwrap_or((&self.target, ""))
    }
}

/// Reads requests from one end of a connection.
pub(super) struct Requests<'a> {
    stream: &'a TcpStream,
    /// Bytes that were read and not used yet.
    bytes: Vec<u8>,
}

impl<'a> Requests<'a> {
    /// Starts with a new connection.
    pub(super) fn new(stream: &'a TcpStream) -> Self {
        Self { stream, bytes: Vec::new() }
    }

    /// Waits for the next request.
    pub(super) fn next(&mut self) -> Result<Request, ReadError> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some((request, length)) = parse(&self.bytes)? {
                self.bytes.drain(..length);
                return Ok(request);
            }
            if self.bytes.len() >= HEAD {
                return Err(ReadError::Bad(431));
            }
            let left = end.saturating_duration_since(Instant::now());
            let mut part = [0; 4096];
            let wait = self.stream.set_read_timeout(Some(left.max(MOMENT)));
            match wait.and_then(|()| (&mut &*self.stream).read(&mut part)) {
                Ok(n) if n > 0 && !left.is_zero() => {
                    self.bytes.extend_from_slice(&part[..n]);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(_) | Err(_) => return Err(ReadError::Gone),
            }
        }
    }
}

/// The shortest time that can be waited.
const MOMENT: Duration = Duration::from_millis(1);

/// Reads a request's head, and how long it is; none, if more of it has to come.
pub(super) fn parse(bytes: &[u8]) -> Result<Option<(Request, usize)>, ReadError> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut head = httparse::Request::new(&mut fields);
    let length = match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(ReadError::Bad(431)),
        Err(_) => return Err(ReadError::Bad(400)),
    };
    if length > HEAD {
        return Err(ReadError::Bad(431));
    }
    let mut request = Request {
        method: head.method.unwrap_or_default().to_owned(),
        target: head.path.unwrap_or_default().to_owned(),
        ..Request::default()
    };
    for field in head.headers {
        let value = str::from_utf8(field.value).map_err(|_| ReadError::Bad(400))?;
        request.fields.push((field.name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let sends = |name| request.all(name).any(|value| value != "0");
    if sends("content-length") || sends("transfer-encoding") {
        return Err(ReadError::Bad(413));
    }
    let closes = |value: &str| value.to_ascii_lowercase().contains("close");
    request.is_kept = head.version == Some(1) && !request.all("connection").any(closes);
    Ok(Some((request, length)))
}

/// A response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    /// The status code.
    pub(super) status: u16,
    /// The media type.
    pub(super) kind: &'static str,
    /// The body.
    pub(super) body: Vec<u8>,
    /// Whether browsers may keep it, and ask next time whether it is still the same.
    pub(super) is_cached: bool,
    /// Further header fields: names and values.
    fields: Vec<(&'static str, String)>,
}

impl Answer {
    /// An answer of a media type.
    pub(super) fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let (body, fields) = (body.into(), Vec::new());
        Self { status, kind, body, is_cached: false, fields }
    }

    /// An answer in words, which hold nothing of the request.
    pub(super) fn words(status: u16, words: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{words}\n"))
    }

    /// Adds a header field.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// Sends it; the body too, unless only the head was asked for.
    pub(super) fn send(&self, to: &mut impl Write, end: End) -> io::Result<()> {
        let mut bytes = head(self.status, self.kind, self.is_cached);
        for (name, value) in &self.fields {
            bytes.push_str(&format!("{name}: {value}\r\n"));
        }
        let close = if end.is_last { "Connection: close\r\n" } else { "" };
        // The length of 304 would be that of the answer that is not sent.
        if self.status != 304 {
            bytes.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        bytes.push_str(&format!("{close}\r\n"));
        let mut bytes = bytes.into_bytes();
        if !end.is_head {
            bytes.extend_from_slice(&self.body);
        }
        to.write_all(&bytes)
    }
}

/// The end of a response.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    /// Without its body.
    pub(super) is_head: bool,
    /// With the connection.
    pub(super) is_last: bool,
}

/// The status line and the header fields of every answer. Only the browser may keep it, if
/// that; nothing is taken for what it is not, nothing is for pages of other origins.
pub(super) fn head(status: u16, kind: &str, is_cached: bool) -> String {
    let reason = match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        416 => "Range Not Satisfiable",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Unknown",
    };
    let cache = if is_cached { "private, no-cache" } else { "no-store" };
    format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nCache-Control: {cache}\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Cross-Origin-Resource-Policy: same-origin\r\n"
    )
}

/// The media type of a file, by its name.
pub(super) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// A path with its `%` signs decoded; none if that is no text, or one with control
/// characters.
pub(super) fn decoded(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    (!path.contains(char::is_control)).then(|| path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_path_is_decoded_once() {
        assert_eq!(decoded("/a%20b/%C3%A9").as_deref(), Some("/a b/é"));
        assert_eq!(decoded("/%252e%252e/").as_deref(), Some("/%2e%2e/"));
        assert_eq!(decoded("/%zz%").as_deref(), Some("/%zz%"));
        for bad in ["/%ff", "/%00", "/%0a", "/\u{7f}"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }
}
