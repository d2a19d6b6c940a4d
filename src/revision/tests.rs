//! Whether mixing does what it must: no edit is the old verdict, all of them the new one.

use super::game::{Play, horizons, taken_apart};
use super::{Side, assessment, cells};
use crate::project::Project;
use std::path::Path;

/// The verdicts of both sides come back from the mixer, without falling back on one edit.
fn ends_well(old: &str, new: &str) -> bool {
    let projects = [old, new].map(|text| Project::from_text("test.assess", text));
    let [old, new] = &projects;
    let of = |project, side| assessment(project, side).expect("it has no mistake");
    let (before, after) = (of(old, Side::Old), of(new, Side::New));
    let verdict = |assessment| cells::verdict(assessment).expect("it is small");
    let (files, renames) = taken_apart((old, &before), (new, &after));
    let horizons = horizons(
        &renames,
        (&before, &verdict(&before)),
        (&after, &verdict(&after)),
    );
    let mut play = Play::new(old, new, &files, &horizons);
    play.gather();
    play.ends_well()
}

#[test]
fn all_edits_make_the_new_file_and_none_the_old_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("the file");
    let path = |n: usize| format!("tests/reference/random-{n}.assess");
    let there = (1..=80).map(path).filter(|path| root.join(path).exists());
    let mut texts: Vec<String> = there.map(|path| read(&path)).collect();
    for name in ["nato", "moon-landing", "enso", "nervtag-b117"] {
        texts.push(read(&format!("assessments/{name}.assess")));
    }
    for (i, pair) in texts.windows(2).enumerate() {
        assert!(ends_well(&pair[0], &pair[1]), "{} {}", i + 1, i + 2);
    }
}
