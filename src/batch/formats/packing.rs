//! Small numbers as Parquet packs them: runs of one number, or groups of eight in as few bits as the largest needs.
//!
//! In: numbers. Out: bytes (Parquet's encodings, "RLE/Bit-Packing Hybrid").

/// How many bits the places of so many values need; 1 at least, which every reader knows.
pub(super) fn bits(values: u32) -> usize {
    (32 - values.saturating_sub(1).leading_zeros()).max(1) as usize
}

/// Places, of which each takes so many bits, behind a byte that says how many.
pub(super) fn packed(places: &[u32], bits: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 + (places.len() + 8) * bits / 8);
    out.push(bits as u8);
    let Some(first) = places.first() else {
        return out;
    };
    if places.iter().all(|place| place == first) {
        run(places.len(), *first, bits, &mut out);
        return out;
    }
    number(places.len().div_ceil(8) << 1 | 1, &mut out);
    let (mut word, mut used) = (0u64, 0);
    let missing = places.len().next_multiple_of(8) - places.len();
    for &place in places.iter().chain(std::iter::repeat_n(&0, missing)) {
        word |= u64::from(place) << used;
        used += bits;
        if used >= 32 {
            out.extend((word as u32).to_le_bytes());
            word >>= 32;
            used -= 32;
        }
    }
    out.extend(&word.to_le_bytes()[..used.div_ceil(8)]);
    out
}

/// That each of so many rows has a value.
pub(super) fn all(rows: usize) -> Vec<u8> {
    let mut out = Vec::new();
    run(rows, 1, 1, &mut out);
    out
}

/// Which rows have a value, and how many have none.
pub(super) fn levels(known: impl Iterator<Item = bool>) -> (Vec<u8>, usize) {
    let (mut out, mut nulls) = (Vec::new(), 0);
    let (mut length, mut last) = (0, true);
    for is in known {
        if is != last && length > 0 {
            run(length, u32::from(last), 1, &mut out);
            length = 0;
        }
        last = is;
        length += 1;
        nulls += usize::from(!is);
    }
    if length > 0 {
        run(length, u32::from(last), 1, &mut out);
    }
    (out, nulls)
}

/// One number so many times.
fn run(length: usize, value: u32, bits: usize, out: &mut Vec<u8>) {
    number(length << 1, out);
    out.extend(&value.to_le_bytes()[..bits.div_ceil(8)]);
}

/// Seven bits a byte, the lowest first.
fn number(mut x: usize, out: &mut Vec<u8>) {
    while x >= 0x80 {
        out.push(x as u8 | 0x80);
        x >>= 7;
    }
    out.push(x as u8);
}

#[cfg(test)]
mod tests {
    use super::{all, bits, levels, packed};

    #[test]
    fn numbers_are_packed_as_parquet_says() {
        assert_eq!([1, 2, 3, 4, 5, 256, 257].map(bits), [1, 1, 2, 2, 3, 8, 9]);
        // The example of the format's own description: 0 to 7 in three bits each.
        let places: Vec<u32> = (0..8).collect();
        assert_eq!(
            packed(&places, 3),
            [3, 3, 0b1000_1000, 0b1100_0110, 0b1111_1010]
        );
        assert_eq!(packed(&[5; 100], 17), [17, 200, 1, 5, 0, 0]);
        assert_eq!(packed(&[], 1), [1]);
        assert_eq!(packed(&[1, 0, 1], 1), [1, 3, 0b101]);
        assert_eq!(all(3), [6, 1]);
        assert_eq!(
            levels([true, true, false, true].into_iter()),
            (vec![4, 1, 2, 0, 2, 1], 1)
        );
    }
}
