//! Conditional requests and ranges, as RFC 9110 has them: a response that the client has
//! already is not sent again, and one part of a file is sent alone.

use rapidhash::v3::rapidhash_v3;

use super::http::{Answer, Request};

/// Answers a request for a file with as little as the client needs. `answer` has the whole
/// file, with status 200.
///
/// - 304 if the client has these bytes (`If-None-Match`).
/// - 206 if it asks for one range of bytes, of these bytes if it says which (`If-Range`).
/// - 416 if that range begins after the last byte.
///
/// Several ranges at once, and what is no range, are answered with the whole file, as is every
/// range in a HEAD request.
pub(super) fn answer(request: &Request, answer: Answer) -> Answer {
    let tag = format!("\"{:016x}\"", rapidhash_v3(&answer.body));
    let mut answer = answer.with("ETag", &tag).with("Accept-Ranges", "bytes");
    answer.is_cached = true;
    if has(request, &tag) {
        answer.status = 304;
        answer.body.clear();
        return answer;
    }
    let is_same = match request.only("if-range") {
        Ok(None) => true,
        Ok(Some(known)) => known == tag,
        Err(()) => false,
    };
    let range = request.only("range").ok().flatten();
    match range.filter(|_| is_same && !request.is_head()) {
        Some(range) => part(answer, range),
        None => answer,
    }
}

/// Whether the client has a response with this tag. Tags that are marked as weak count too,
/// since only equal bytes have equal ones.
fn has(request: &Request, tag: &str) -> bool {
    let known = request.all("if-none-match").flat_map(|list| list.split(','));
    let mut known = known.map(|known| known.trim());
    known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// Cuts an answer to a range of its bytes, if it is one: `bytes=0-499`, `bytes=500-`,
/// `bytes=-500`.
fn part(mut answer: Answer, range: &str) -> Answer {
    let length = answer.body.len();
    let Some((first, last)) = parse(range, length) else { return answer };
    if first >= length || first > last {
        answer.status = 416;
        answer.body.clear();
        return answer.with("Content-Range", format!("bytes */{length}"));
    }
    answer.status = 206;
    answer.body.truncate(last + 1);
    answer.body.drain(..first);
    answer.with("Content-Range", format!("bytes {first}-{last}/{length}"))
}

/// The first and the last byte of a range in a file of so many bytes; none if it is not one
/// range of bytes. One that begins after the last byte is returned as it is.
fn parse(range: &str, length: usize) -> Option<(usize, usize)> {
    let (unit, range) = range.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let end = length.saturating_sub(1);
    let position = |digits: &str| -> Option<usize> {
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        // A number that is too large for a position is after every byte.
        is_number.then(|| digits.parse().unwrap_or(usize::MAX))
    };
    match (first, last) {
        ("", last) => match position(last)? {
            0 => Some((length, length)),
            count => Some((length.saturating_sub(count), end)),
        },
        (first, "") => Some((position(first)?, end.max(position(first)?))),
        (first, last) => {
            let (first, last) = (position(first)?, position(last)?);
            // A range that ends before it begins is no range.
            (first <= last)
                .then(|| (first, if first < length { last.min(end) } else { last }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn one_range_of_bytes_is_read() {
        #[track_caller]
        fn case(range: &str, expected: Option<(usize, usize)>) {
            assert_eq!(parse(range, 10), expected, "{range}");
        }
        case("bytes=0-4", Some((0, 4)));
        case("Bytes = 2-", Some((2, 9)));
        case("bytes=-3", Some((7, 9)));
        case("bytes=-99", Some((0, 9)));
        case("bytes=9-99999999999999999999999", Some((9, 9)));
        case("bytes=10-", Some((10, 10)));
        case("bytes=-0", Some((10, 10)));
        for bad in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=3-2",
            "bytes=0-1,3-4",
            "bytes=a-b",
            "bytes=+1-2",
            "bytes=1-2-3",
            "lines=1-2",
            "bytes=1 - 2",
        ] {
            case(bad, None);
        }
    }
}
