//! What the layout looks like, one text at a time.

use super::{format_checked, laid_out};

fn shows(text: &str) -> String {
    format_checked("text", text)
}

#[test]
fn spacing() {
    let ugly = "\n\n\nhorizon   short\"Short term\"  :0   to 6months\nhorizon long :18+months
event  a\"A\"{chance :12 % by short ,  very   likely   by long\n\n\n\n  weight  for x,y:10 : 1 in short
}\noverlap 60 % :a,b ,\n\n\nexpect not ( a  and b ) by long:at   least 1 %";
    insta::assert_snapshot!(shows(ugly));
}

#[test]
fn columns() {
    insta::assert_snapshot!(shows(
        r#"horizon short "Short term": 0 to 6 months
horizon medium "Medium term": 6 to 18 months
# it has no end
horizon long "Long term": 18+ months
outcome commitment "Commitment at today's level"
outcome weakening "Gradual disengagement, short of exit"
final outcome exit "Full U.S. exit"

horizon s: until 2025-03-31
horizon much_later: until 2027-03-31

outcome a "Á" { resolves: "x" }
outcome other
outcome b_c "Longer" { resolves: "y" }
bet "One" { on: not exit by short, price: 97% }
bet "Another" { on: exit by long, price: 7% }
bet "With a note" { on: exit by long, price: 7%, note: "…" }
"#
    ));
}

#[test]
fn width() {
    let long = "a_name_of_some_length_".repeat(2);
    let names: Vec<String> = (0..6).map(|i| format!("{long}{i}")).collect();
    let text = format!(
        "tags_are: no\nexclusive: {}\nfactor f \"F\" {{ holds: 90% in {} }}\nchange c {{ when: {} }}\n\
         outcome o {{ resolves: \"{}\", note: \"n\" }}\n\
         factor g {{\n  note:\n    \"short\"\n  resolves:\n    \"{}\"\n}}\n\
         expect {}: at least 1%\n",
        names.join(", "),
        names.join(", 80% in "),
        names.join(" and "),
        "long ".repeat(20),
        "long ".repeat(18),
        names.join(" or "),
    );
    let text = text.replace("tags_are: no\n", "");
    insta::assert_snapshot!(shows(&text));
}

#[test]
fn comments_stay_where_they_are_meant() {
    insta::assert_snapshot!(shows(include_str!("../suite/format/comments.assess")));
}

#[test]
fn text_blocks_are_kept() {
    insta::assert_snapshot!(shows(
        "section \"A\":   \"\"\"   \n      first\n        further in\n\n\n   \n      # no comment  \n\"\"\"\n\
         factor f {\n        note:\"\"\"one line\"\"\"\n  context: \"\"\"begins here\n      goes on {exit by long: unlikely} {{\n        ends here\"\"\"   # a comment\n\
         resolves:   # why\n  \"\"\"\n  text\n  \"\"\",\n}\n"
    ));
}

#[test]
fn blank_lines_part_paragraphs() {
    let text = "\n\n# first\n\n\nevent a {\n\n  chance: 1%\n\n\n  note: \"x\"\n\n}\n\n\n\nevent b {\n}\nevent c {\n  # only this\n\n}\n\n";
    assert_eq!(
        shows(text),
        "# first\n\nevent a {\n  chance: 1%\n\n  note: \"x\"\n}\n\nevent b {}\nevent c {\n  # only this\n}\n"
    );
}

#[test]
fn lines_that_were_one_stay_one_where_they_fit() {
    let text = "factor f {\n  evidence \"E\" {source: \"s\",rated: B2}\n  evidence \"F\" {\n    source: \"s\",   rated: B2\n    dated: 2025-01-01\n  }\n}\n";
    assert_eq!(
        shows(text),
        "factor f {\n  evidence \"E\" { source: \"s\", rated: B2 }\n  evidence \"F\" {\n    source: \"s\", rated: B2\n    dated: 2025-01-01\n  }\n}\n"
    );
}

#[test]
fn line_ends_and_marks_stay() {
    let plain = "event a {\n  chance: 1% by x  # c\n  note: \"\"\"\n    a\n  \"\"\"\n}\n";
    let windows = plain.replace('\n', "\r\n");
    assert_eq!(laid_out(&windows).expect("whole"), windows);
    let marked = format!("\u{FEFF}{windows}");
    assert_eq!(laid_out(&marked).expect("whole"), marked);
    // The first line decides.
    let mixed = windows.replacen("\r\n", "\n", 1);
    assert_eq!(laid_out(&mixed).expect("whole"), plain);
    assert_eq!(
        laid_out(&mixed.replace('\r', "\r\r")).expect("whole"),
        plain
    );
    let comment = "\u{FEFF}# first\nevent a {}\n";
    assert_eq!(laid_out(comment).expect("whole"), comment);
}

#[test]
fn nothing_stays_nothing() {
    for text in ["", "\n", "  \n\n\t\n"] {
        assert_eq!(laid_out(text).expect("whole"), "");
    }
    assert_eq!(laid_out("#a").expect("whole"), "#a\n");
}

#[test]
fn mistakes_of_spelling_are_refused_and_mistakes_of_meaning_are_not() {
    for text in [
        "event a {",
        "event a { chance 1% }",
        "factr a {}",
        "note: \"x",
        "event a { note: \"{by}\" }",
        "event a {} b",
        "event a { event b {} }",
    ] {
        let mistakes = laid_out(text).expect_err(text);
        assert!(!mistakes.is_empty(), "{text}");
    }
    let text = "event a { chance: 0.5  by  nowhere }\n";
    assert_eq!(shows(text), "event a { chance: 0.5 by nowhere }\n");
}
