//! PNG: points with a palette, compressed.

use miniz_oxide::deflate::compress_to_vec_zlib;

/// How hard the points are compressed, of 10; more costs time and saves nothing.
const LEVEL: u8 = 6;

/// Writes a picture of points that are positions in a palette, row by row.
pub(super) fn write(
    points: &[u8],
    palette: &[[u8; 3]],
    (width, height): (usize, usize),
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(b"\x89PNG\r\n\x1a\n");
    let mut head = Vec::with_capacity(13);
    for side in [width, height] {
        head.extend_from_slice(&u32::try_from(side).unwrap_or(u32::MAX).to_be_bytes());
    }
    // Eight bits a point, a palette, and the only kinds of compression and filters; not
    // interlaced.
    head.extend_from_slice(&[8, 3, 0, 0, 0]);
    chunk(*b"IHDR", &head, out);
    chunk(*b"PLTE", palette.as_flattened(), out);
    let mut rows = Vec::with_capacity(points.len() + height);
    for row in points.chunks(width) {
        // No filter: rows of a palette are not sums of their neighbours.
        rows.push(0);
        rows.extend_from_slice(row);
    }
    chunk(*b"IDAT", &compress_to_vec_zlib(&rows, LEVEL), out);
    chunk(*b"IEND", &[], out);
}

/// Writes a chunk: its length, its name, its bytes and their checksum.
fn chunk(name: [u8; 4], bytes: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = out.len();
    out.extend_from_slice(&name);
    out.extend_from_slice(bytes);
    let sum = checksum(&out[start..]);
    out.extend_from_slice(&sum.to_be_bytes());
}

/// The CRC-32 of some bytes.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        let mut sum = sum ^ u32::from(*byte);
        for _ in 0..8 {
            let is_odd = sum & 1 == 1;
            sum >>= 1;
            if is_odd {
                sum ^= 0xedb8_8320;
            }
        }
        sum
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn checksums_are_those_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b"IEND"), 0xae42_6082);
    }
}
