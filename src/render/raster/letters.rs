//! The outlines of letters.
//!
//! In: a character. Out: its width and its path, in units of which [`Letters::em`] are the size of the
//! text. They have the widths that `chart` lays its text out by.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Letters of one weight.
pub(super) struct Letters {
    all: HashMap<char, (f32, &'static str)>,
    /// What stands for a letter that is missing.
    missing: (f32, &'static str),
    bold: bool,
}

impl Letters {
    /// Those of a weight, read once.
    pub(super) fn of(bold: bool) -> &'static Letters {
        static REGULAR: OnceLock<Letters> = OnceLock::new();
        static BOLD: OnceLock<Letters> = OnceLock::new();
        match bold {
            false => REGULAR.get_or_init(|| read(include_str!("letters/regular.txt"), bold)),
            true => BOLD.get_or_init(|| read(include_str!("letters/bold.txt"), bold)),
        }
    }

    /// The size of the text in units.
    pub(super) fn em(&self) -> f32 {
        2048.0
    }

    /// How far the next letter stands.
    pub(super) fn width(&self, c: char) -> f32 {
        match self.all.get(&c) {
            Some((width, _)) => *width,
            // As the layout guesses it, so that nothing overlaps.
            None => {
                let mut text = [0; 4];
                let text = c.encode_utf8(&mut text);
                crate::chart::text_width(text, f64::from(self.em()), self.bold) as f32
            }
        }
    }

    /// Its path.
    pub(super) fn outline(&self, c: char) -> &'static str {
        match self.all.get(&c) {
            Some((_, path)) => path,
            None if self.width(c) > 0.0 => self.missing.1,
            // A mark that stands on the letter before it.
            None => "",
        }
    }
}

fn read(table: &'static str, bold: bool) -> Letters {
    let mut letters = Letters {
        all: HashMap::new(),
        missing: (0.0, ""),
        bold,
    };
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.split('\t');
        let number = parts.next().and_then(|n| u32::from_str_radix(n, 16).ok());
        let width = parts.next().and_then(|w| w.parse().ok());
        let (Some(number), Some(width)) = (number, width) else {
            continue;
        };
        let letter = (width, parts.next().unwrap_or_default());
        match char::from_u32(number) {
            Some('\0') => letters.missing = letter,
            Some(c) => {
                letters.all.insert(c, letter);
            }
            None => {}
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::Letters;
    use crate::chart::text_width;

    #[test]
    fn letters_are_as_wide_as_charts_take_them_to_be() {
        for bold in [false, true] {
            let letters = Letters::of(bold);
            for c in ('!'..='~').chain("–−×≥≤·’→…äéßřŁ".chars()) {
                let laid_out = text_width(&c.to_string(), 2048.0, bold) as f32;
                let drawn = letters.width(c);
                assert!(
                    drawn <= laid_out * 1.02 + 2.0 || !c.is_ascii(),
                    "{c}: {drawn} for {laid_out}"
                );
                assert!(!letters.outline(c).is_empty(), "{c}");
            }
            assert_eq!(letters.outline(' '), "");
            assert_eq!(letters.outline('\u{301}'), "");
            assert_eq!(letters.outline('漢'), letters.missing.1);
        }
    }
}
