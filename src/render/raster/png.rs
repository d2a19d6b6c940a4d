//! Pixels as a PNG file.
//!
//! In: red, green and blue, line by line. Out: the file; and the size that one says it has.

use crate::render::zip::crc;
use miniz_oxide::deflate::compress_to_vec_zlib;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Writes it.
pub(super) fn write(width: usize, height: usize, pixels: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(pixels.len() + height);
    for line in pixels.chunks_exact(width * 3) {
        // As it is: large plain areas pack better than differences do.
        lines.push(0);
        lines.extend(line);
    }
    let size = |n: usize| u32::try_from(n).unwrap_or_default().to_be_bytes();
    // Eight bits a colour, three colours, nothing interlaced.
    let header = [&size(width)[..], &size(height), &[8, 2, 0, 0, 0]].concat();
    let mut out = SIGNATURE.to_vec();
    chunk(&mut out, *b"IHDR", &header);
    chunk(&mut out, *b"IDAT", &compress_to_vec_zlib(&lines, 6));
    chunk(&mut out, *b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend(name);
    out.extend(data);
    let sum = crc(&out[start..]);
    out.extend(sum.to_be_bytes());
}

/// Width and height of a PNG file.
pub(crate) fn size(png: &[u8]) -> Option<(u32, u32)> {
    let header = png.strip_prefix(SIGNATURE)?.get(8..16)?;
    let number = |at: usize| header[at..at + 4].try_into().map(u32::from_be_bytes).ok();
    Some((number(0)?, number(4)?))
}
