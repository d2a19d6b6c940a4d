//! `assess batch`: every row is what `assess eval` says of it.

use super::{assess, assess_with, at, folder};
use crate::infer::random::{Dice, Kind, Random};
use assess::cli::Status;
use assess::project::Project;
use assess::resolve::assessment::{Assessment, DriverKind, What};
use assess::resolve::resolve;
use std::fs;

pub(super) const FILE: &str = r#"assessment "Q" { as of: 2025-03-01 }
horizon june "J": until 2025-06-30
horizon long "L": until 2026-06-30
outcome a "A"
outcome b "B"
final outcome c "C"
prior { a: 60% in june, 50% in long, b: rest, c: 10% by june, 20% by long }
event e "Something, new" { chance: 10% by june, 20% by long, weight for c: strong }
event g { chance given e: 50% by long, chance otherwise: 5% by long }
event x { chance: 10% by long, weight for b: weak }
event y { chance: 20% by long, weight for a: weak }
exclusive: x, y
factor f { weight for a: moderate, weak in long }
factor r { holds: 30%, weight for b: moderate }
change ch { when: g and r, weight for b: strong }
assumption law { weight for a if wrong: weak }
"#;

/// Cells of one row, and what the same is called on the command line.
type Row = (&'static str, &'static str, &'static [&'static str]);

const ROWS: &[Row] = &[
    ("", "", &[]),
    ("e", "true", &["--set", "e"]),
    ("e", "FALSE", &["--set", "not e"]),
    ("e", "0.3", &["--with", "e: 30% by now"]),
    ("Something, new", "25%", &["--with", "e: 25% by now"]),
    ("e", "likely", &["--with", "e: likely by now"]),
    ("g", "1", &["--set", "g"]),
    ("g", "0.5", &["--with", "g: 50% by now"]),
    ("f", "yes", &[]),
    ("f", "no", &["--without", "f"]),
    ("f", "0.25", &["--with", "f: 25%"]),
    ("r", "0", &["--set", "not r"]),
    ("r", "80 %", &["--with", "r: 80%"]),
    ("law", "false", &["--set", "not law"]),
    ("x", "true", &["--set", "x"]),
    ("x", "0.7", &["--with", "x: 70% by now"]),
    (
        "chance of e by long",
        "0.5",
        &["--with", "e: 10% by june, 50% by long"],
    ),
    (
        "chance of e by june",
        "15%",
        &["--with", "e: 15% by june, 20% by long"],
    ),
    ("chance of g by long", "0.4", &["--with", "g: 40% by long"]),
    (
        "chance of r in long",
        "0.9",
        &["--with", "r: 30% in june, 90% in long"],
    ),
    ("chance of r", "0.9", &["--with", "r: 90%"]),
    ("weight of f for a", "12", &["--with", "f for a: 12 dB"]),
    ("weight of f for a", "-4", &["--with", "f against a: 4 dB"]),
    (
        "weight of f against a",
        "4",
        &["--with", "f against a: 4 dB"],
    ),
    (
        "weight of f for a in june",
        "1.5",
        &["--with", "f for a: 1.5 dB in june, weak in long"],
    ),
    (
        "weight of f for a",
        "strong",
        &["--with", "f for a: strong"],
    ),
    (
        "weight of f for b in long",
        "3",
        &["--with", "f for b: 3 dB in long"],
    ),
    (
        "weight of law for a",
        "10",
        &["--with", "law for a if wrong: 10 dB"],
    ),
    ("weight of ch for b", "0", &["--with", "ch for b: 0 dB"]),
    (
        "prior of c by long",
        "0.4",
        &["--with", "c: 10% by june, 40% by long"],
    ),
    (
        "prior of a in long",
        "0.3",
        &["--with", "a: 60% in june, 30% in long"],
    ),
    ("prior of a", "0.3", &["--with", "a: 30%"]),
    // What cannot stand is said, and has no verdict.
    ("x", "0.9", &["--with", "x: 90% by now"]),
    (
        "chance of e by long",
        "0.05",
        &["--with", "e: 10% by june, 5% by long"],
    ),
    (
        "prior of c by long",
        "0.7",
        &["--with", "c: 10% by june, 70% by long"],
    ),
    ("weight of f for a in long", "-3", &["--with", "f"]),
    ("weight of f for a", "400", &["--with", "f for a: 400 dB"]),
];

/// What `eval` prints of the probabilities; none where it fails.
fn evaluated(path: &str, arguments: &[&str]) -> Option<Vec<f64>> {
    let mut all = vec!["eval", path, "--draws", "0", "--csv", "raw"];
    all.extend(arguments);
    let run = assess(&all);
    let rows = run.out.lines().filter(|l| l.contains(",outcome,"));
    let number = |l: &str| l.split(',').nth(8)?.parse().ok();
    (run.status != Status::Failed).then(|| rows.filter_map(number).collect())
}

/// The numbers of a row of `batch` with so many cells before them; the error where there is one.
fn probabilities(line: &str, before: usize, outcomes: usize) -> Result<Vec<f64>, String> {
    let cells: Vec<&str> = line.split(',').skip(before).collect();
    if cells[0].is_empty() {
        return Err(line.to_owned());
    }
    let groups = cells
        .chunks(outcomes + 3)
        .filter(|g| g.len() == outcomes + 3);
    let numbers = groups.flat_map(|g| &g[..outcomes]);
    Ok(numbers.map(|n| n.parse().expect("a number")).collect())
}

fn is_near(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12)
}

#[test]
fn each_cell_means_what_its_argument_does() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    let table = at(&folder, "t.csv");
    for (heading, cell, arguments) in ROWS {
        let heading = if heading.is_empty() { "e" } else { heading };
        fs::write(&table, format!("\"{heading}\",n\n{cell},1\n")).expect("a table");
        let run = assess(&["batch", &file, "--table", &table]);
        let row = run.out.lines().nth(1).expect("a row");
        match (evaluated(&file, arguments), probabilities(row, 2, 3)) {
            (Some(eval), Ok(batch)) => assert!(
                is_near(&eval, &batch),
                "{heading}: {cell}\n{eval:?}\n{batch:?}"
            ),
            (None, Err(wrong)) => {
                assert_eq!(run.status, Status::Found);
                assert!(wrong.contains('`'), "{wrong}");
            }
            (eval, batch) => panic!("{heading}: {cell}: {eval:?}, but {batch:?}"),
        }
    }
}

/// Cells of a random row and the arguments that say the same.
struct Cells {
    cells: Vec<String>,
    arguments: Vec<String>,
}

fn random(dice: &mut Dice, a: &Assessment, names: &[String]) -> Cells {
    let (mut cells, mut arguments) = (Vec::new(), Vec::new());
    for name in names {
        let driver = &a.drivers[a.drivers.id(name).expect("a name")];
        let (kind, always) = (
            driver.kind(),
            matches!(&driver.what, What::Factor(r) if r.is_empty()),
        );
        let is_true = dice.once_in(2);
        let share = 5 + 10 * dice.below(9);
        let (cell, argument) = match (dice.below(4), kind) {
            (0, _) => (String::new(), None),
            (1, DriverKind::Event) => (
                format!("{share}%"),
                Some(format!("--with={name}: {share}% by now")),
            ),
            (1, DriverKind::Factor) => (
                format!("{share}%"),
                Some(format!("--with={name}: {share}%")),
            ),
            (_, _) if always && is_true => ("true".to_owned(), None),
            (_, _) if always => ("false".to_owned(), Some(format!("--without={name}"))),
            (_, _) if is_true => ("true".to_owned(), Some(format!("--set={name}"))),
            _ => ("false".to_owned(), Some(format!("--set=not {name}"))),
        };
        cells.push(cell);
        arguments.extend(argument);
    }
    Cells { cells, arguments }
}

#[test]
fn random_rows_of_random_files_are_what_eval_says() {
    let mut seen = (0, 0);
    for seed in 0..24 {
        let kind = Kind {
            ranges: false,
            finals: seed % 3 > 0,
            weights: true,
        };
        let text = Random::new(seed, kind).text();
        let project = Project::from_text("a.assess", &text);
        let Some(a) = resolve(&project).assessment else {
            continue;
        };
        let drivers = a
            .drivers
            .iter()
            .filter(|(_, d)| d.kind() != DriverKind::Change);
        let names: Vec<String> = drivers
            .map(|(id, _)| a.drivers.name(id).to_owned())
            .collect();
        if names.is_empty() {
            continue;
        }
        let mut dice = Dice::new(seed);
        let rows: Vec<Cells> = (0..12).map(|_| random(&mut dice, &a, &names)).collect();
        let lines: Vec<String> = rows.iter().map(|r| r.cells.join(",")).collect();
        let table = format!("{},z\n{},\n", names.join(","), lines.join(",\n"));
        let folder = folder(&[("a.assess", &text), ("t.csv", &table)]);
        let file = at(&folder, "a.assess");
        let run = assess(&["batch", &file, "--table", &at(&folder, "t.csv")]);
        let found: Vec<&str> = run.out.lines().skip(1).collect();
        assert_eq!(found.len(), rows.len(), "{}", run.err);
        for (row, line) in rows.iter().zip(found) {
            let arguments: Vec<&str> = row.arguments.iter().map(String::as_str).collect();
            match (
                evaluated(&file, &arguments),
                probabilities(line, names.len() + 1, a.outcomes.len()),
            ) {
                (Some(eval), Ok(batch)) => {
                    seen.0 += 1;
                    assert!(
                        is_near(&eval, &batch),
                        "{text}\n{arguments:?}\n{eval:?}\n{batch:?}"
                    );
                }
                (None, Err(_)) => seen.1 += 1,
                (eval, batch) => panic!("{text}\n{arguments:?}: {eval:?}, but {batch:?}"),
            }
        }
    }
    assert!(seen.0 > 150 && seen.1 > 0, "{seen:?}");
}

#[test]
fn order_quotes_and_other_columns_stay() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    let table = "id;note;e\r\n1;\"a; \"\"b\"\"\n c\";true\r\n\r\n2;é;\r\n3;x\r\n4;=1;false\r\n";
    let run = assess_with(
        &["batch", &file, "--table", "-", "--prefix", "v "],
        table.as_bytes(),
        false,
    );
    assert_eq!(run.status, Status::Found);
    assert_eq!(run.err, "1 row has no verdict: see the last column\n");
    assert!(
        run.out
            .starts_with("id;note;e;v a in june;v b in june;v c by june;v leader in june;")
    );
    assert!(run.out.contains("\n1;\"a; \"\"b\"\"\n c\";true;0."));
    assert!(run.out.contains("\n2;é;;0."));
    assert!(run.out.contains("\n3;x;;;"));
    assert!(run.out.contains("the row has 2 cells, the heading 3"));
    assert!(run.out.contains("\n4;=1;false;0."));
}

#[test]
fn headings_that_mean_nothing_are_said_at_once() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    for (heading, said) in [
        ("chance of law by long", "is no event and no factor"),
        ("chance of e", "does not say by when"),
        ("chance of e in long", "write `by long`"),
        ("chance of ee by long", "did you mean `e`"),
        ("weight of f", "does not say for which outcome"),
        ("weight of f for d", "names no outcome"),
        ("prior of c by lung", "did you mean `long`"),
        ("prior of a by long", "write `in long`"),
        ("ch", "follows from its `when`"),
        ("e,e", "two columns say the same"),
        ("country", "no column is named like anything in the file"),
        ("e,a in june", "has a column `a in june` already"),
    ] {
        let run = assess_with(
            &["batch", &file, "--table", "-"],
            format!("{heading}\n1,2\n").as_bytes(),
            false,
        );
        assert_eq!(
            (run.status, run.out.as_str()),
            (Status::Failed, ""),
            "{heading}"
        );
        assert!(run.err.contains(said), "{heading}: {}", run.err);
    }
    let run = assess_with(&["batch", &file, "--table", "-"], b"\n\n", false);
    assert!(run.err.contains("its first line names the columns"));
    let long = FILE
        .replace("event e ", "event troops ")
        .replace("given e:", "given troops:");
    fs::write(&file, long).expect("a file");
    let run = assess_with(&["batch", &file, "--table", "-"], b"tropps,r\n1,1\n", false);
    assert!(run.err.contains("did you mean `troops`?"), "{}", run.err);
    let run = assess_with(
        &["batch", &file, "--table", "-", "--keep", "tropps"],
        b"tropps,r\n1,1\n",
        false,
    );
    assert_eq!(run.status, Status::Done);
}

#[test]
fn a_file_takes_its_name_when_it_is_whole() {
    let folder = folder(&[
        ("a.assess", FILE),
        ("good.csv", "e\ntrue\n"),
        ("bad.csv", "e\ntrue\n\"no end\n"),
    ]);
    let [file, good, bad, out] =
        ["a.assess", "good.csv", "bad.csv", "out.csv"].map(|n| at(&folder, n));
    let run = assess(&["batch", &file, "--table", &bad, "-o", &out]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.err.contains("line 3 is never closed"), "{}", run.err);
    assert!(!folder.path().join("out.csv").exists());
    assert_eq!(
        assess(&["batch", &file, "--table", &good, "-o", &out]).status,
        Status::Done
    );
    let whole = fs::read_to_string(&out).expect("a table");
    assert_eq!(whole.lines().count(), 2);
    // A table may take the place of itself: it is read before.
    assert_eq!(
        assess(&["batch", &file, "--table", &good, "-o", &good]).status,
        Status::Done
    );
    assert_eq!(fs::read_to_string(&good).expect("a table"), whole);
    let left = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 4, "nothing half-written is left");
    #[cfg(target_os = "linux")]
    {
        let run = assess(&[
            "batch",
            &file,
            "--table",
            &at(&folder, "a.csv"),
            "-o",
            "/dev/full",
        ]);
        assert!(run.err.contains("there is no file"), "{}", run.err);
        fs::write(at(&folder, "a.csv"), "e\n1\n").expect("a table");
        let run = assess(&[
            "batch",
            &file,
            "--table",
            &at(&folder, "a.csv"),
            "-o",
            "/dev/full",
        ]);
        assert_eq!(run.status, Status::Failed);
        assert!(
            run.err.contains("`/dev/full` cannot be written"),
            "{}",
            run.err
        );
    }
}

#[test]
fn intervals_and_contributions_are_those_of_eval() {
    let folder = folder(&[
        ("a.assess", FILE),
        ("t.csv", "e,weight of f for a\ntrue,\n,3 dB to 9 dB\n"),
    ]);
    let file = at(&folder, "a.assess");
    let run = assess(&[
        "batch",
        &file,
        "--table",
        &at(&folder, "t.csv"),
        "--intervals",
        "--explain",
    ]);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let mut lines = run.out.lines();
    let heading: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    for (line, arguments) in lines.zip([&["--set", "e"], &["--with", "f for a: 3 dB to 9 dB"]]) {
        let cells: Vec<&str> = line
            .split("\"3 dB to 9 dB\"")
            .flat_map(|p| p.split(','))
            .collect();
        let json = assess(&[
            "eval",
            &file,
            "--format",
            "json",
            arguments[0],
            arguments[1],
        ])
        .out;
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let json = &json["assessments"][0];
        let c = &json["horizons"][1]["outcomes"][2];
        let place = |name: &str| heading.iter().position(|h| *h == name).expect(name);
        let number = |name: &str| cells[place(name)].parse::<f64>().expect("a number");
        for (name, key) in [
            ("c by long", "probability"),
            ("c by long low", "low"),
            ("c by long high", "high"),
        ] {
            let wanted = c[key].as_f64().expect("a number");
            assert!((number(name) - wanted).abs() < 1e-12, "{name}");
        }
        let points = json["contributions"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|p| p["id"] == "f" && p["horizon"] == "long" && p["outcome"] == "a");
        let points = points.expect("f's")["points"].as_f64().expect("a number");
        assert!((number("points of f on a in long") - points).abs() < 1e-12);
    }
}

#[test]
fn pieces_change_nothing() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    let mut table = String::from("id,e,g,r,f,law\n");
    let mut dice = Dice::new(7);
    for n in 0..40_000 {
        let cell = |dice: &mut Dice| *dice.pick(&[&"true", &"false", &""]);
        let cells: Vec<&str> = (0..5).map(|_| cell(&mut dice)).collect();
        table.push_str(&format!("{n},{}\n", cells.join(",")));
    }
    let run = assess_with(&["batch", &file, "--table", "-"], table.as_bytes(), false);
    assert_eq!(run.status, Status::Done);
    let mut known = std::collections::HashMap::new();
    for (n, (row, line)) in table.lines().zip(run.out.lines()).enumerate().skip(1) {
        let (id, cells) = row.split_once(',').expect("cells");
        assert_eq!(id, (n - 1).to_string());
        let found = line.strip_prefix(row).expect("the row as it was");
        assert_eq!(
            *known.entry(cells.to_owned()).or_insert(found.to_owned()),
            found
        );
    }
    assert_eq!(known.len(), 243);
}

#[cfg(not(feature = "tables"))]
#[test]
fn a_build_that_reads_csv_only_says_how_to_read_more() {
    let folder = folder(&[
        ("a.assess", FILE),
        ("t.csv", "e\ntrue\n"),
        ("t.parquet", "PAR1"),
    ]);
    let file = at(&folder, "a.assess");
    let wanted = |name: &str, kind: &str| {
        format!(
            "error: `{name}` is a table in {kind}, and this build of assess reads csv only: install a release, or build with \
             `--features tables`\n"
        )
    };
    for (ending, kind) in [
        ("parquet", "Parquet"),
        ("arrow", "Arrow"),
        ("arrows", "an Arrow stream"),
    ] {
        let table = at(&folder, &format!("t.{ending}"));
        fs::write(&table, "anything").expect("a file");
        let run = assess(&["batch", &file, "--table", &table]);
        assert_eq!(
            (run.status, run.err),
            (Status::Failed, wanted(&table, kind))
        );
        let out = at(&folder, &format!("out.{ending}"));
        let run = assess(&["batch", &file, "--table", &at(&folder, "t.csv"), "-o", &out]);
        assert_eq!((run.status, run.err), (Status::Failed, wanted(&out, kind)));
        assert!(!fs::exists(&out).expect("a folder"));
    }
    let run = assess_with(&["batch", &file, "--table", "-"], b"PAR1\x15\x04", false);
    let told = wanted("standard input", "Parquet");
    assert_eq!(run.err, told.replace("`standard input`", "standard input"));
    let run = assess_with(
        &["batch", &file, "--table", "-"],
        b"PAR1,e\n1,true\n",
        false,
    );
    assert_eq!(
        run.status,
        Status::Done,
        "a heading like any other: {}",
        run.err
    );
}

#[test]
fn chances_that_no_query_adds_up_are_said() {
    let many: Vec<String> = (0..6).map(|n| format!("e{n}")).collect();
    let events = many
        .iter()
        .map(|e| format!("event {e} {{ chance: 10% by long, weight for c: weak }}\n"));
    let text = format!("{FILE}{}", events.collect::<String>());
    let folder = folder(&[("a.assess", &text)]);
    let file = at(&folder, "a.assess");
    let sql = |more: &[&str]| assess(&[&["sql", &file, "--from", "rows"], more].concat());
    for (chances, said) in [
        ("f", "`f` is no event"),
        ("x", "excludes or implies other events"),
        (
            &many.join(",")[..],
            "6 columns of chances make 64 states, and a query adds up 32",
        ),
        ("ee", "no column is named like anything"),
    ] {
        let run = sql(&["--chances", chances]);
        assert_eq!(
            (run.status, run.out.as_str()),
            (Status::Failed, ""),
            "{chances}"
        );
        assert!(run.err.contains(said), "{chances}: {}", run.err);
    }
    let run = sql(&["--columns", "f,r", "--chances", "e,g"]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert_eq!(run.out.matches("LEFT JOIN").count(), 4);
    // Patterns: of `f`, which is so or not; of `r`, `e` and `g`, which may be unknown too.
    assert_eq!(run.out.matches("\n  (").count(), 54);
}
