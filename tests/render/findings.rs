//! Reports of hand-made diagnostics: the shapes that files seldom show.

use assess::diag::Checked;
use assess::diag::{Diagnostic, Fix, Severity};
use assess::lint::rules;
use assess::render::{Look, concise, json, text};
use assess::text::source::{FileId, Source, SourceMap, Span};

const PLAIN: Look = Look {
    width: 80,
    colour: false,
};

/// The span of the `nth` occurrence of `needle` in a file.
fn find(sources: &SourceMap, file: u32, needle: &str, nth: usize) -> Span {
    let file = FileId(file);
    let (start, _) = sources
        .source(file)
        .text
        .match_indices(needle)
        .nth(nth)
        .expect("the needle is in the text");
    Span::new(file, start, start + needle.len())
}

fn sources(files: &[(&str, &str)]) -> SourceMap {
    let mut map = SourceMap::new();
    for (name, text) in files {
        map.add(Source::new(*name, *text));
    }
    map
}

fn show(map: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    text::render(diagnostics, map, 80, false)
}

#[test]
fn labels_help_and_two_places() {
    let map = sources(&[(
        "a.assess",
        "outcome stay \"Stays\"\n\nevent troops \"Fewer troops\" {\n  chance: likely by short\n}\n\
         factor russia \"Shift\" {\n  weight for stay: weak\n}\nfactor troops \"Again\" {}\n",
    )]);
    let d = Diagnostic::new(
        &rules::DUPLICATE_NAME,
        find(&map, 0, "troops", 1),
        "the name `troops` is given twice",
    )
    .label("a factor here")
    .other(find(&map, 0, "troops", 0), "an event here")
    .help("give one of them another name, for instance `troops_2`");
    let w = {
        let mut w = Diagnostic::new(
            &rules::SUM_NOT_ONE,
            find(&map, 0, "weight for stay", 0),
            "a warning whose message is long enough that it has to be broken at the width of \
             eighty columns, `chance otherwise: 5%` kept whole",
        );
        w.severity = Severity::Warning;
        w
    };
    insta::assert_snapshot!(show(&map, &[d, w]));
}

#[test]
fn labels_in_two_files() {
    let map = sources(&[
        (
            "nato.assess",
            "use \"shared/europe.assess\": ceasefire\n\nevent ceasefire {}\n",
        ),
        (
            "shared/europe.assess",
            "# shared\n\n\nevent ceasefire \"The war ends\" {\n  chance: 15% by short\n}\n",
        ),
    ]);
    let d = Diagnostic::new(
        &rules::DUPLICATE_NAME,
        find(&map, 0, "ceasefire", 1),
        "the name `ceasefire` is given twice",
    )
    .label("again here")
    .other(find(&map, 0, "ceasefire", 0), "brought in here")
    .other(find(&map, 1, "ceasefire", 0), "an event of this file");
    insta::assert_snapshot!(show(&map, &[d]));
}

#[test]
fn tabs_wide_characters_crlf_and_control_characters() {
    let map = sources(&[(
        "odd.assess",
        "\u{feff}outcome a \"漢字\" # 注\r\n\tevent\tfóö \"\u{1b}[31mred\u{202e}\" {\r\n\tchance: ünlikely by short\r\n}\r\n",
    )]);
    let d = [
        Diagnostic::new(&rules::SYNTAX, find(&map, 0, "# 注", 0), "after wide ones").label("here"),
        Diagnostic::new(
            &rules::UNKNOWN_WORD,
            find(&map, 0, "ünlikely", 0),
            "the scale has no `ünlikely`",
        )
        .label("unknown")
        .other(find(&map, 0, "fóö", 0), "in this event"),
    ];
    insta::assert_snapshot!(show(&map, &d));
}

#[test]
fn empty_spans_and_the_end_of_the_file() {
    let map = sources(&[
        ("end.assess", "outcome a {\n  note: \"x\"\n"),
        ("cut.assess", "outcome a {"),
        ("empty.assess", ""),
    ]);
    let at = |file: u32, offset| Span::new(FileId(file), offset, offset);
    let d = [
        Diagnostic::new(&rules::SYNTAX, at(0, 24), "a `}` is missing").label("expected here"),
        Diagnostic::new(&rules::SYNTAX, at(0, 11), "something is missing").label("at a line's end"),
        Diagnostic::new(&rules::SYNTAX, at(1, 11), "a `}` is missing").label("expected here"),
        Diagnostic::new(&rules::MISSING_PART, at(2, 0), "the file is empty").label("nothing here"),
    ];
    insta::assert_snapshot!(show(&map, &d));
}

#[test]
fn labels_over_lines() {
    let block = "prior \"Before\" {\n  a: 1%\n  b: 2%\n}\n";
    let tall = format!("event e {{\n{}}}\n", "  note: \"x\"\n".repeat(40));
    let map = sources(&[("a.assess", block), ("b.assess", &tall)]);
    let whole = |file: u32, text: &str| Span::new(FileId(file), 0, text.len());
    let d = [
        Diagnostic::new(&rules::SUM_NOT_ONE, whole(0, block), "sums to 3%")
            .label("97% are missing"),
        Diagnostic::new(&rules::LIMIT, whole(1, &tall), "too tall").label("starts here"),
    ];
    insta::assert_snapshot!(show(&map, &d));
}

#[test]
fn long_lines_are_windows() {
    let far = format!(
        "factor a {{ note: \"{}\", wieght for exit: strong, note: \"{}\" }} # wieght\n",
        "x".repeat(300),
        "é".repeat(300)
    );
    let map = sources(&[("long.assess", &far)]);
    let long_note = find(&map, 0, &format!("\"{}\"", "é".repeat(300)), 0);
    let d = [
        Diagnostic::new(
            &rules::UNKNOWN_CLAUSE,
            find(&map, 0, "wieght for exit", 0),
            "a factor has no `wieght`",
        )
        .label("did you mean `weight`? This label is so long that it goes over several lines")
        .other(find(&map, 0, "wieght", 1), "here too")
        .other(find(&map, 0, "factor", 0), "the factor"),
        Diagnostic::new(&rules::LIMIT, long_note, "this note is long").label("all of it"),
    ];
    insta::assert_snapshot!(show(&map, &d));
}

#[test]
fn a_line_of_ten_megabytes_is_cheap() {
    let text = format!("a: \"{}\" oops", "ö".repeat(5_000_000));
    let name = "n".repeat(1_000_000);
    let map = sources(&[("huge.assess", &text)]);
    let one = Diagnostic::new(
        &rules::SYNTAX,
        find(&map, 0, "oops", 0),
        format!("`{name}`"),
    )
    .label("here");
    let all = vec![one; 200];
    let report = show(&map, &all);
    assert!(report.len() < 2_000_000, "{} bytes", report.len());
    assert!(report.contains("[huge.assess:1:5000007]"));
    let json = json::report(
        &[Checked {
            sources: map,
            diagnostics: all[..1].to_vec(),
            ..Checked::default()
        }],
        PLAIN,
    );
    assert!(json.contains("\"column\": 5000007"));
}

#[test]
fn many_labels_are_cut() {
    let text: String = (0..500)
        .map(|i| format!("event e{i} {{}}\n\n\n\n\n"))
        .collect();
    let map = sources(&[("many.assess", &text)]);
    let mut d = Diagnostic::new(&rules::CIRCULAR, find(&map, 0, "e0", 0), "a long ring");
    for i in 1..500 {
        d = d.other(find(&map, 0, &format!("e{i} "), 0), "then this");
    }
    let report = show(&map, &[d]);
    assert!(report.contains("483 more places are not shown"), "{report}");
    assert!(report.lines().count() < 120, "{report}");
}

#[test]
fn colour_is_only_where_wanted() {
    let map = sources(&[("a.assess", "oops\n")]);
    let d = [Diagnostic::new(&rules::SYNTAX, find(&map, 0, "oops", 0), "what?").label("here")];
    assert!(!text::render(&d, &map, 80, false).contains('\u{1b}'));
    let coloured = text::render(&d, &map, 80, true);
    assert!(coloured.contains("\u{1b}[31m"), "{coloured:?}");
    assert_eq!(
        anstream::adapter::strip_str(&coloured).to_string(),
        text::render(&d, &map, 80, false)
    );
}

fn two_files() -> Vec<Checked> {
    let map = sources(&[("a.assess", "weight for exit: stong\nprice: 12\n")]);
    let word = find(&map, 0, "stong", 0);
    let number = find(&map, 0, "12", 0);
    let diagnostics = vec![
        Diagnostic::new(
            &rules::UNKNOWN_WORD,
            word,
            "the strengths have no word\n`stong`",
        )
        .label("unknown here")
        .other(find(&map, 0, "exit", 0), "a push for this")
        .help("did you mean `strong`?")
        .fix(Fix::safe("write `strong`", word, "strong")),
        Diagnostic::new(&rules::MISSING_UNIT, number, "`12` has no unit")
            .fix(Fix::risky("a chance", number, "12%"))
            .fix(Fix::risky("a ratio", number, "12:1")),
    ];
    vec![
        Checked {
            sources: map,
            diagnostics,
            ..Checked::default()
        },
        Checked {
            sources: sources(&[("b.assess", "")]),
            diagnostics: Vec::new(),
            ..Checked::default()
        },
    ]
}

#[test]
fn concise_is_one_line_each() {
    insta::assert_snapshot!(concise::report(&two_files(), PLAIN));
}

#[test]
fn text_sums_up() {
    insta::assert_snapshot!(text::report(&two_files(), PLAIN));
    let nothing = [Checked::default()];
    assert_eq!(
        text::report(&nothing, PLAIN),
        "1 file checked, nothing found\n"
    );
}

#[test]
fn json_has_the_fixed_shape() {
    insta::assert_snapshot!(json::report(&two_files(), PLAIN));
}
