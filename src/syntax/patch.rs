//! Repaired text: a piece of a file with some characters replaced, and where each byte came from.
//!
//! In: text and edits. Out: the edited text and a [`Map`] from its places to the file's. Recovery
//! reads a broken piece again with one mistake repaired; spans still point into the file as it is.

use std::ops::Range;

/// A replacement: the bytes that go, and the text that comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Patch {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Patch {
            range,
            text: text.into(),
        }
    }
}

/// From places in a repaired piece to places in the file.
#[derive(Debug, Default)]
pub(super) struct Map<'a> {
    outer: Option<&'a Map<'a>>,
    base: usize,
    shifts: Vec<Shift>,
}

#[derive(Debug)]
struct Shift {
    new: Range<usize>,
    old: Range<usize>,
}

impl<'a> Map<'a> {
    /// The place in the file of a place in the piece. Inserted text stands where it was inserted.
    #[inline]
    pub(super) fn at(&self, place: usize) -> usize {
        // Most files need no repair, and ask of every span.
        match self.shifts.is_empty() && self.outer.is_none() {
            true => self.base + place,
            false => self.shifted(place),
        }
    }

    fn shifted(&self, place: usize) -> usize {
        let inner = match self.shifts.partition_point(|s| s.new.start <= place) {
            0 => place,
            n => {
                let shift = &self.shifts[n - 1];
                if place >= shift.new.end {
                    shift.old.end + (place - shift.new.end)
                } else {
                    shift
                        .old
                        .end
                        .min(shift.old.start + (place - shift.new.start))
                }
            }
        };
        let place = self.base + inner;
        self.outer.map_or(place, |outer| outer.at(place))
    }

    /// Whether every place is its own.
    pub(super) fn is_identity(&self) -> bool {
        self.outer.is_none() && self.base == 0 && self.shifts.is_empty()
    }

    /// The piece `range` of `text` with `patches` made, which stand in order; one that overlaps the
    /// one before is left out.
    pub(super) fn patched(
        text: &str,
        range: Range<usize>,
        patches: &[Patch],
        outer: Option<&'a Map<'a>>,
    ) -> (String, Map<'a>) {
        let mut new = String::with_capacity(range.len() + 16);
        let mut shifts = Vec::with_capacity(patches.len());
        let mut done = range.start;
        for patch in patches {
            if patch.range.start < done || patch.range.end > range.end {
                continue;
            }
            new.push_str(&text[done..patch.range.start]);
            let start = new.len();
            new.push_str(&patch.text);
            shifts.push(Shift {
                new: start..new.len(),
                old: patch.range.start - range.start..patch.range.end - range.start,
            });
            done = patch.range.end;
        }
        new.push_str(&text[done..range.end]);
        let base = range.start;
        (
            new,
            Map {
                outer,
                base,
                shifts,
            },
        )
    }
}
