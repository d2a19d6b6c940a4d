//! `allow` comments: what they are for, what they need, and when they are idle.

use super::show;
use assess::diag::Checked;
use assess::diag::Diagnostic;
use assess::lint::fixing::fix_text;
use assess::lint::{self, Config, Policy, Selection};
use assess::project::{Memory, Project};
use std::path::Path;

const SOUND: &str = include_str!("../suite/lint/sound.assess");

/// The sound file with evidence of 1949, and a comment put above a line.
fn with(comment: &str, above: &str) -> String {
    let text = SOUND.replace("dated: 2025-02-01", "dated: 1949-04-04");
    let at = text.find(above).expect("the line is there");
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    format!("{}{comment}\n{}", &text[..start], &text[start..])
}

fn check_under(text: &str, toml: &str) -> Checked {
    let project = Project::from_text("a.assess", text);
    let (config, mistakes) = Config::read("assess.toml", toml);
    assert!(mistakes.diagnostics.is_empty(), "{}", show(&mistakes));
    let policy = Policy::new(&config, &Selection::default());
    let settled = lint::check(&project, &policy);
    Checked {
        sources: project.sources,
        diagnostics: settled.diagnostics,
        suppressed: settled.suppressed,
        ..Checked::default()
    }
}

fn check(text: &str) -> Checked {
    check_under(text, "")
}

fn names(checked: &Checked) -> Vec<&'static str> {
    checked.diagnostics.iter().map(|d| d.rule.name).collect()
}

const REASON: &str = "# allow(stale): the article reads as it did";

#[test]
fn the_file_is_sound_but_for_what_is_planted() {
    assert_eq!(names(&check(SOUND)), [""; 0], "{}", show(&check(SOUND)));
    assert_eq!(names(&check(&with("", "# Nothing"))), ["stale"]);
}

#[test]
fn a_comment_is_for_the_clause_the_block_or_the_file() {
    for above in [
        "    dated: 1949",
        "  evidence \"Two",
        "factor doubts",
        "# Nothing is found",
    ] {
        let checked = check(&with(REASON, above));
        assert_eq!(names(&checked), [""; 0], "{above}\n{}", show(&checked));
        assert_eq!(checked.suppressed, 1);
    }
    // Stacked with others, with or without blanks.
    for comment in [
        "#allow( stale ):x",
        "# allow(stale): why\n# and more about it\n# allow(orphan): nothing",
        "  # Allow(orphan,stale): why",
    ] {
        let checked = check(&with(comment, "factor doubts"));
        assert!(
            !names(&checked).contains(&"stale"),
            "{comment}\n{}",
            show(&checked)
        );
    }
}

#[test]
fn elsewhere_it_allows_nothing() {
    for above in [
        "    source: \"The papers",
        "  weight for weakening",
        "event upheaval",
        "horizon short",
    ] {
        let checked = check(&with(REASON, above));
        let mut names = names(&checked);
        names.sort_unstable();
        assert_eq!(
            names,
            ["stale", "unused-allow"],
            "{above}\n{}",
            show(&checked)
        );
        assert_eq!(checked.suppressed, 0);
    }
}

/// The reports of comments put above the evidence, one after the other.
fn reports(comments: &[&str]) -> String {
    let mut out = String::new();
    for comment in comments {
        let mut checked = check(&with(comment, "  evidence \"Two"));
        checked.diagnostics.retain(|d| d.rule.name != "stale");
        assert!(!checked.diagnostics.is_empty(), "{comment}");
        out += &show(&checked);
        out.push('\n');
    }
    out
}

#[test]
fn what_is_wrong_with_a_comment_is_said() {
    insta::assert_snapshot!(reports(&[
        "  # allow(stale)",
        "  # allow(stale) awaiting the annual report",
        "  # allow(stale: awaiting the annual report",
        "  # allow(): awaiting the annual report",
        "  # allow(stael): awaiting the annual report",
        "  # allow(evidence): awaiting the annual report",
        "  # allow(unknown-name): it is in another file",
        "  # allow(unused-allow): because",
        "  # allow(stale, until May): awaiting the annual report",
        "  # allow(stale): awaiting the annual report\n",
        "  note: \"x\" # allow(stale): awaiting the annual report",
        "  # allow(stale, orphan, weasel): several, of which two are idle",
    ]));
}

#[test]
fn what_a_comment_says_otherwise_is_no_allow() {
    for comment in [
        "# allow stale reports for now",
        "# allowed (stale): nothing",
        "# we allow(stale): nothing",
        "#",
        "# allow",
        "# allöw(stale): nothing",
    ] {
        let checked = check(&with(comment, "  evidence \"Two"));
        assert_eq!(names(&checked), ["stale"], "{comment}\n{}", show(&checked));
    }
}

#[test]
fn a_date_counts_only_where_it_is_said_which_day_it_is() {
    let text = with(
        "  # allow(stale, until 2026-01-31): awaiting the annual report",
        "  evidence \"Two",
    );
    assert_eq!(names(&check(&text)), [""; 0]);
    let on = |day: &str| {
        check_under(
            &text,
            &format!("[lint]\ntoday = {day}\nignore = [\"overdue\"]"),
        )
    };
    assert_eq!(names(&on("2026-01-31")), [""; 0]);
    assert_eq!(names(&on("2026-02-01")), ["expired-allow", "stale"]);
}

#[test]
fn idle_is_only_what_a_rule_looked_at() {
    let idle = with("# allow(orphan): to be used soon", "event upheaval");
    assert_eq!(
        names(&check_under(&idle, "[lint]\nstale = \"off\"")),
        ["unused-allow"]
    );
    // The rule is off.
    let off = "[lint]\nstale = \"off\"\norphan = \"off\"";
    assert_eq!(names(&check_under(&idle, off)), [""; 0]);
    // An error stopped it.
    let broken = idle.replace("when: upheaval", "when: upheavel");
    assert_eq!(names(&check(&broken)), ["unknown-name"]);
    // It waits to be told the day.
    let overdue = with("# allow(overdue): the board meets in May", "horizon short");
    assert_eq!(names(&check(&overdue)), ["stale"]);
    let told = check_under(&overdue, "[lint]\ntoday = 2025-03-02");
    assert_eq!(names(&told), ["unused-allow", "stale"]);
    // The level of the finding about the comment is that of its own rule.
    let off = "[lint]\nstale = \"off\"\nunused-allow = \"off\"";
    assert_eq!(names(&check_under(&idle, off)), [""; 0]);
}

#[test]
fn deleting_what_is_idle_leaves_the_rest() {
    let fixed = |comment: &str, above: &str| fix_text(&with(comment, above), false, &check).text;
    let plain = with("", "# Nothing");
    let plain = plain.trim_start();
    assert_eq!(
        fixed("# allow(orphan): to be used soon", "event upheaval"),
        plain
    );
    assert_eq!(
        fixed("    # allow(orphan, weasel): both idle", "    dated:"),
        plain
    );
    let left = "  # allow(stale, until 2026-01-31): the annual report";
    for comment in [
        "  # allow(orphan, stale, until 2026-01-31): the annual report",
        "  # allow(stale, orphan, weasel, until 2026-01-31): the annual report",
        "  # allow(weasel, stale, orphan, until 2026-01-31): the annual report",
    ] {
        let above = "  evidence \"Two";
        assert_eq!(fixed(comment, above), with(left, above), "{comment}");
    }
    let typo = fixed("  # allow(stael): the annual report", "  evidence \"Two");
    assert_eq!(
        typo,
        with("  # allow(stale): the annual report", "  evidence \"Two")
    );
}

/// Rules that read what is written need no verdict, and a file beyond exact inference still has those.
#[test]
fn beyond_exact_inference_what_was_looked_for_is_told_off() {
    let events = (0..30).map(|i| {
        format!(
            "event e{i} {{ resolves: \"Seen\", chance: {}% by long, weight for weakening: 2:1 }}\n",
            10 + i
        )
    });
    let large = SOUND.to_owned() + &events.collect::<String>();
    for (rule, told) in [
        ("stale", true),
        ("unsourced", true),
        ("single-source", false),
        ("inert-factor", false),
    ] {
        for (text, told) in [(SOUND, true), (large.as_str(), told)] {
            let comment = format!("# allow({rule}): idle\nfactor doubts");
            let checked = check(&text.replacen("factor doubts", &comment, 1));
            let unused = names(&checked).contains(&"unused-allow");
            assert_eq!(unused, told, "{rule}\n{}", show(&checked));
        }
    }
}

#[test]
fn a_used_file_allows_in_itself_and_is_not_told_off_from_elsewhere() {
    let shared = "# allow(stale): the article reads as it did\n\
                  factor old \"Old doubts\" {\n  weight for weakening: weak\n  \
                  evidence \"It says so\" { source: \"The survey\", dated: 1949-04-04 }\n}\n\
                  # allow(orphan): idle\n\
                  event thaw \"A thaw\" { resolves: \"Two agencies\" }\n";
    let text = format!("use \"shared.assess\": old\n{SOUND}");
    let files = Memory::new([("a.assess", text.as_str()), ("shared.assess", shared)]);
    let project = Project::load(&files, Path::new("a.assess")).expect("it is there");
    let settled = lint::check(&project, &Policy::default());
    let told = |d: &Diagnostic| ["stale", "unused-allow"].contains(&d.rule.name);
    assert!(
        !settled.diagnostics.iter().any(told),
        "{:#?}",
        settled.diagnostics
    );
    assert_eq!(settled.suppressed, 1);
}

#[test]
fn levels_are_those_of_the_configuration() {
    use assess::diag::Severity;
    let text = with("", "# Nothing");
    let level = |toml: &str| {
        let checked = check_under(&text, toml);
        checked.diagnostics.first().map(|d| d.severity)
    };
    assert_eq!(level(""), Some(Severity::Warning));
    assert_eq!(level("[lint]\nstale = \"error\""), Some(Severity::Error));
    assert_eq!(level("[lint]\nevidence = \"note\""), Some(Severity::Note));
    assert_eq!(level("[lint]\nstale = \"off\""), None);
    assert_eq!(
        level("[lint]\nstale = { after = \"200 years\" }"),
        Some(Severity::Warning)
    );
}

#[test]
fn too_many_comments_are_said_once_and_not_read() {
    for line in [
        "# allow(orphan): idle\n",
        "# allow(\n",
        "# allow(orphan, orphan): x\n\n",
    ] {
        let text = format!("{SOUND}\n{}event late\n", line.repeat(30_000));
        let checked = check(&text);
        let last = checked.diagnostics.iter().find(|d| d.rule.name == "limit");
        let message = &last.expect("a limit").message;
        assert_eq!(message, "more than 10,000 `allow` comments");
    }
}
