//! Braces that are missing or doubled: each mistake once, with the one fix that mends it.

use crate::lintcore::linted;
use assess::diag::Fix;
use assess::diag::fixes::apply;
use assess::lint::fixing::fix_text;
use assess::text::source::FileId;

const HEAD: &str = r#"assessment "Will it hold?" { author: "Desk", as of: 2025-03-01, resolves: "Notice" }
horizon short "Short": 0 to 6 months
outcome stay "Stays"
outcome exit "Leaves"
prior { exit: 10%, stay: rest, source: "A count" }
"#;

/// The messages of what is wrong with a text, and the fixes of that which are safe.
fn offered(text: &str) -> (Vec<String>, Vec<Fix>) {
    let checked = linted(text);
    let errors = checked
        .diagnostics
        .iter()
        .filter(|d| d.rule.name == "syntax");
    let messages = errors.clone().map(|d| d.message.clone()).collect();
    let fixes = errors.filter_map(|d| d.fixes.first()).filter(|f| f.safe);
    (messages, fixes.cloned().collect())
}

/// The text after fixes, as an editor makes them: all at once, without a look in between.
fn after(text: &str, fixes: &[Fix]) -> String {
    let checked = linted(text);
    let mut made = apply(&checked.sources, fixes);
    made.texts.remove(&FileId(0)).expect("a change")
}

#[test]
fn of_two_braces_in_a_row_the_second_is_left_out() {
    let right =
        format!("{HEAD}factor f \"F\" {{\n  weight for exit: weak\n}}\noutcome last \"L\"\n");
    for doubled in ["{{", "{ {", "{\n{"] {
        let wrong = right.replace("\"F\" {", &format!("\"F\" {doubled}"));
        let (messages, fixes) = offered(&wrong);
        assert_eq!(messages, ["this block is never closed"], "{wrong}");
        assert_eq!(fixes.len(), 1, "{wrong}");
        assert_eq!(fixes[0].message, "leave out the second `{`");
        assert_eq!(after(&wrong, &fixes), right);
    }
}

#[test]
fn a_doubled_brace_within_a_block_takes_no_brace_from_the_block_around() {
    let right = format!(
        "{HEAD}factor f \"F\" {{\n  weight for exit: weak\n  evidence \"E\" {{\n    source: \"S\"\n  }}\n}}\n"
    );
    let wrong = right.replace("\"E\" {", "\"E\" {{");
    assert_eq!(fix_text(&wrong, false, &linted).text, right);
}

#[test]
fn blocks_that_end_at_one_place_are_closed_by_one_fix() {
    let open = format!(
        "{HEAD}factor f \"F\" {{\n  weight for exit: weak\n  evidence \"E\" {{\n    source: \"S\""
    );
    for rest in ["", "\n", "\n\nfactor g \"G\" { weight for exit: weak }\n"] {
        let wrong = format!("{open}{rest}");
        let (messages, fixes) = offered(&wrong);
        assert_eq!(messages, ["this block is never closed"; 2], "{wrong}");
        assert_eq!(fixes.len(), 2, "{wrong}");
        let right = format!("{open}\n}}\n}}{rest}");
        // Each of the two, and both, do the whole.
        for some in [&fixes[..1], &fixes[1..], &fixes[..]] {
            assert_eq!(some[0].message, "write the 2 missing `}`");
            assert_eq!(after(&wrong, some), right);
        }
        assert_eq!(offered(&right).0, [""; 0], "{right}");
    }
}

#[test]
fn blocks_that_end_at_two_places_are_closed_one_by_one() {
    let wrong = format!(
        "{HEAD}factor f \"F\" {{\n  evidence \"E\" {{\n    source: \"S\"\n  weight for exit: weak\n"
    );
    let (messages, fixes) = offered(&wrong);
    assert_eq!(messages, ["this block is never closed"; 2]);
    let said: Vec<&str> = fixes.iter().map(|fix| fix.message.as_str()).collect();
    assert_eq!(said, ["write `}`"; 2]);
    assert_eq!(offered(&after(&wrong, &fixes)).0, [""; 0]);
}

#[test]
fn a_brace_that_opens_is_missed_where_its_block_is_closed() {
    let right = format!(
        "{HEAD}change c \"C\" {{ # a remark\n  when: e\n  weight for exit: weak\n}}\nevent e \"E\" {{\n  chance: 10% by short\n  \
         evidence \"Seen\" {{\n    source: \"Log\"\n    rated: B2\n  }}\n}}\n"
    );
    assert_eq!(offered(&right).0, [""; 0]);
    for (block, name) in [
        ("\"C\" {", "change"),
        ("\"E\" {", "event"),
        ("\"Seen\" {", "evidence"),
    ] {
        let wrong = right.replace(block, block.trim_end_matches(" {"));
        let (messages, fixes) = offered(&wrong);
        let said = format!("the block of this `{name}` is never opened");
        assert_eq!(messages, [said], "{wrong}");
        assert_eq!(after(&wrong, &fixes), right, "{wrong}");
    }
}

#[test]
fn a_brace_in_an_odd_place_still_closes_its_block() {
    for odd in [
        "factor f \"F\" {\n    weight for exit: weak\n    evidence \"Seen\"\n      # deeper: a remark\n    }\n",
        "factor f \"F\" {\n  weight for exit: weak\n    }\n",
        "event e \"E\"\n{\n  chance: 10% by short\n}\n",
        "factor f \"F\" {\n    weight for exit:\n      weak\n    }\n",
    ] {
        let text = format!("{HEAD}{odd}");
        let found = offered(&text).0;
        let never = found.iter().find(|m| m.contains("never opened"));
        assert_eq!(never, None, "{text}");
    }
}
