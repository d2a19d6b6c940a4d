//! Layout, renaming and what an editor shows.

use super::{ORIGINS, read};
use assess::format::format;
use assess::ide::Analysis;
use assess::ide::symbols::symbols;
use assess::project::{Memory, Project};
use assess::rename::rename;
use assess::text::source::FileId;
use std::path::PathBuf;

#[test]
fn layout_is_stable_and_keeps_the_meaning() {
    let text = read(ORIGINS);
    let once = format(FileId(0), &text).expect("it can be laid out");
    assert_eq!(format(FileId(0), &once).expect("again"), once);
    let numbers = |text: &str| {
        let v = super::verdict(&super::meant(text));
        let views = v.views.iter().flat_map(|v| &v.verdict.horizons);
        let views = views.flat_map(|h| &h.outcomes).map(|o| o.probability.value);
        let pools = v
            .pools
            .iter()
            .flat_map(|p| &p.horizons)
            .flat_map(|h| assess::infer::values(&h.outcomes));
        views.chain(pools).collect::<Vec<f64>>()
    };
    assert_eq!(numbers(&text), numbers(&once));
}

#[test]
fn names_are_renamed_wherever_they_are_meant() {
    let text = read(ORIGINS);
    for (old, new, places) in [
        ("fbi", "bureau", 7),
        ("leak", "records", 3),
        ("rumour", "gossip", 2),
        ("confession", "witness", 2),
        ("all", "each", 1),
    ] {
        let files = Memory::new([("a.assess", text.as_str())]);
        let changed = match rename(&files, &[PathBuf::from("a.assess")], old, new) {
            Ok(changed) => changed,
            Err(refusal) => panic!("{old}: {refusal:?}"),
        };
        assert_eq!(changed[0].places, places, "{old}\n{}", changed[0].after);
        super::meant(&changed[0].after);
    }
}

#[test]
fn an_outline_has_views_with_what_they_say() {
    let analysis = Analysis::of(Project::from_text("a.assess", &read(ORIGINS)));
    let all = symbols(&analysis);
    let view = all.iter().find(|s| s.name == "fbi").expect("the view");
    let inner: Vec<&str> = view.children.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(inner, ["leak", "tone", "confession"]);
    assert!(all.iter().any(|s| s.name.starts_with("We judge")));
}
