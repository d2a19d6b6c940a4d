//! Applying fixes to text.
//!
//! In: sources and fixes, the most wanted first. Out: the changed texts by file. A fix is applied
//! whole or not at all; one that would touch what another has changed is left for the next round.
//! Nothing is written here.

use super::{Edit, Fix};
use crate::text::source::{FileId, SourceMap, Span};
use std::collections::BTreeMap;

/// What came of applying fixes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Every changed file's new text.
    pub texts: BTreeMap<FileId, String>,
    /// How many fixes were applied, counting one asked for twice as two.
    pub applied: usize,
    /// How many were left out.
    pub left: usize,
    /// Of each fix, whether it was applied.
    pub which: Vec<bool>,
}

/// Applies the fixes that do not get in each other's way, the earlier ones first.
pub fn apply<'a>(sources: &SourceMap, fixes: impl IntoIterator<Item = &'a Fix>) -> Applied {
    let mut chosen = Chosen::default();
    let mut result = Applied::default();
    for fix in fixes {
        let fits = fix.edits.iter().all(|e| is_sound(sources, e)) && chosen.take(&fix.edits);
        result.applied += usize::from(fits);
        result.left += usize::from(!fits);
        result.which.push(fits);
    }
    for (file, edits) in chosen.by_file {
        if !edits.is_empty() {
            let text = edited(&sources.source(file).text, &edits);
            result.texts.insert(file, text);
        }
    }
    result
}

/// Whether an edit's span lies in its file, on the boundaries of characters.
fn is_sound(sources: &SourceMap, edit: &Edit) -> bool {
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    let text = sources.iter().nth(edit.span.file.0 as usize);
    text.is_some_and(|(_, source)| source.text.get(start..end).is_some())
}

/// Edits that do not overlap, by file and in order.
#[derive(Default)]
struct Chosen {
    by_file: BTreeMap<FileId, BTreeMap<(u32, u32), String>>,
}

impl Chosen {
    /// Adds all edits of a fix, or none where one of them is in the way of another.
    fn take(&mut self, edits: &[Edit]) -> bool {
        let mut added = Vec::new();
        for edit in edits {
            let place = (edit.span.start, edit.span.end);
            let file = self.by_file.entry(edit.span.file).or_default();
            match file.get(&place) {
                Some(text) if *text == edit.text => {}
                None if is_free(file, edit.span) => {
                    file.insert(place, edit.text.clone());
                    added.push((edit.span.file, place));
                }
                _ => {
                    for (file, place) in added {
                        self.by_file.entry(file).or_default().remove(&place);
                    }
                    return false;
                }
            }
        }
        true
    }
}

/// Whether a span overlaps none of the places; places that only touch do not.
fn is_free(places: &BTreeMap<(u32, u32), String>, span: Span) -> bool {
    // The places do not overlap, so only the neighbours can reach the span.
    let before = places.range(..(span.start, span.end)).next_back();
    let after = places.range((span.start, span.end)..).next();
    before.is_none_or(|((_, end), _)| *end <= span.start)
        && after.is_none_or(|((start, _), _)| span.end <= *start)
}

fn edited(text: &str, edits: &BTreeMap<(u32, u32), String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (&(start, end), replacement) in edits {
        out.push_str(&text[done..start as usize]);
        out.push_str(replacement);
        done = end as usize;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::{Applied, apply};
    use crate::diag::{Edit, Fix};
    use crate::text::source::{FileId, Source, SourceMap, Span};

    fn fix(edits: &[(u32, usize, usize, &str)]) -> Fix {
        let edits = edits.iter().map(|&(file, start, end, text)| Edit {
            span: Span::new(FileId(file), start, end),
            text: text.to_owned(),
        });
        Fix {
            safe: true,
            message: String::new(),
            edits: edits.collect(),
        }
    }

    fn run(fixes: &[Fix]) -> (Vec<String>, usize, usize) {
        let mut map = SourceMap::new();
        map.add(Source::new("a", "abcdef"));
        map.add(Source::new("b", "äöü"));
        let Applied {
            texts,
            applied,
            left,
            which,
        } = apply(&map, fixes);
        assert_eq!(which.iter().filter(|&&fits| fits).count(), applied);
        (texts.into_values().collect(), applied, left)
    }

    #[test]
    fn edits_come_together_in_any_order() {
        let fixes = [
            fix(&[(0, 4, 6, "XY"), (0, 0, 1, "")]),
            fix(&[(0, 2, 2, "-"), (1, 2, 4, "oe")]),
        ];
        assert_eq!(
            run(&fixes),
            (vec!["b-cdXY".to_owned(), "äoeü".to_owned()], 2, 0)
        );
    }

    #[test]
    fn what_overlaps_is_left_whole() {
        let fixes = [
            fix(&[(0, 1, 3, "X")]),
            fix(&[(1, 0, 0, "!"), (0, 2, 4, "Y")]),
            fix(&[(0, 3, 4, "Z")]),
        ];
        assert_eq!(run(&fixes).0, ["aXZef"]);
        assert_eq!((run(&fixes).1, run(&fixes).2), (2, 1));
        let two_insertions = [fix(&[(0, 3, 3, "1")]), fix(&[(0, 3, 3, "2")])];
        assert_eq!(run(&two_insertions), (vec!["abc1def".to_owned()], 1, 1));
        let inside = [fix(&[(0, 1, 4, "X")]), fix(&[(0, 2, 2, "Y")])];
        assert_eq!(run(&inside).0, ["aXef"]);
    }

    #[test]
    fn the_same_fix_twice_is_one() {
        let same = fix(&[(0, 1, 2, "X")]);
        assert_eq!(
            run(&[same.clone(), same]),
            (vec!["aXcdef".to_owned()], 2, 0)
        );
    }

    #[test]
    fn an_unsound_edit_is_left() {
        let fixes = [
            fix(&[(0, 5, 9, "X")]),
            fix(&[(1, 1, 2, "X")]),
            fix(&[(7, 0, 0, "X")]),
        ];
        assert_eq!(run(&fixes), (Vec::new(), 0, 3));
    }
}
