//! Each mistake is one mistake, its explanation leads to what should have been written, and nothing else explains it
//! as well.

use super::{ALL, Mistake};
use crate::diag::Diagnostic;
use crate::syntax::parse;
use crate::text::source::FileId;
use std::cell::Cell;

thread_local! {
    /// The mistake that is not looked for.
    static LEFT_OUT: Cell<Option<&'static Mistake>> = const { Cell::new(None) };
}

/// Whether a mistake is not looked for at the moment.
pub(super) fn is_left_out(mistake: &Mistake) -> bool {
    LEFT_OUT.get().is_some_and(|out| std::ptr::eq(out, mistake))
}

fn mistakes(text: &str) -> Vec<Diagnostic> {
    parse(FileId(0), &format!("{text}\n")).diagnostics.sorted()
}

/// What stands between backticks in what is said of a mistake.
fn quoted(found: &Diagnostic) -> Vec<String> {
    let said = [
        found.message.as_str(),
        &found.primary.message,
        found.help.as_deref().unwrap_or_default(),
    ];
    let parts = said
        .iter()
        .flat_map(|text| text.split('`').skip(1).step_by(2));
    parts.map(str::to_owned).collect()
}

/// The texts that the fixes of a finding make.
fn fixed(bad: &str, found: &Diagnostic) -> Vec<String> {
    let fixes = found.fixes.iter().map(|fix| {
        let mut text = bad.to_owned();
        let mut edits: Vec<_> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
        for edit in edits {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
        text
    });
    fixes.collect()
}

/// What is wrong with what is said of a mistake, if anything is.
fn wrong_with(mistake: &Mistake) -> Option<String> {
    let (bad, good) = mistake.pair;
    let after = mistakes(good);
    if !after.is_empty() {
        return Some(format!("{good}: {}", after[0].message));
    }
    let found = mistakes(bad);
    let [one] = &found[..] else {
        let all: Vec<&str> = found.iter().map(|f| f.message.as_str()).collect();
        return Some(format!("{bad}: {all:?}"));
    };
    let fixes = fixed(bad, one);
    let leads = if fixes.is_empty() {
        // What to write is said: it stands in the one text and not in the other.
        quoted(one).iter().any(|part| {
            let part = part.split('…').next().unwrap_or_default().trim_end();
            good.contains(part) != bad.contains(part)
        })
    } else {
        let squeezed = |text: &str| text.replace("  ", " ");
        fixes.iter().any(|text| squeezed(text) == squeezed(good))
    };
    (!leads).then(|| format!("{bad}: {} {:?} {fixes:?}", one.message, one.help))
}

#[test]
fn each_is_one_mistake_that_says_what_to_write() {
    let wrong: Vec<String> = ALL.iter().filter_map(|m| wrong_with(m)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn none_is_explained_by_another() {
    let mut needless = Vec::new();
    for mistake in ALL {
        let (bad, _) = mistake.pair;
        let with = format!("{:?}", mistakes(bad));
        LEFT_OUT.set(Some(mistake));
        let without = format!("{:?}", mistakes(bad));
        LEFT_OUT.set(None);
        if with == without {
            needless.push((bad, mistakes(bad)[0].message.clone()));
        }
    }
    assert!(needless.is_empty(), "{needless:#?}");
}

#[test]
fn each_file_is_in_the_list() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/syntax/mistakes");
    let files = std::fs::read_dir(folder).expect("the folder");
    let others = ["mod.rs", "looks.rs", "piece.rs", "tests.rs"];
    let names = files.map(|file| file.expect("a file").file_name());
    let count = names.filter(|name| !others.iter().any(|other| name == other));
    assert_eq!(count.count(), ALL.len());
}
