//! `assess batch` of tables as other programs write them, and of what is no table.

use super::batch::FILE;
use super::{assess, assess_with, at, folder};
use assess::cli::Status;
use std::fs;

#[test]
fn headings_in_other_letters_are_said() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    let batch =
        |table: &str| assess_with(&["batch", &file, "--table", "-"], table.as_bytes(), false);
    // Beside a column that means something, they would be passed through in silence.
    for (heading, meant) in [
        ("SOMETHING NEW", "Something, new"),
        ("something_new", "Something, new"),
        ("LAW", "law"),
        ("Chance of e by long", "chance of e by long"),
        ("chance_of_e_by_june", "chance of e by june"),
        ("chance.of.r", "chance of r"),
        ("Weight of F for A in long", "weight of f for a in long"),
        ("weight_of_ch_against_b", "weight of ch against b"),
        ("Prior_of_c_by_long", "prior of c by long"),
    ] {
        let run = batch(&format!("r,\"{heading}\"\n1,0.5\n"));
        assert_eq!(
            (run.status, run.out.as_str()),
            (Status::Failed, ""),
            "{heading}"
        );
        assert_eq!(
            run.err,
            format!(
                "error: the column `{heading}` names nothing in the file; did you mean `{meant}`? (`--keep \
                 \"{heading}\"` passes it through)\n"
            )
        );
    }
    let run = batch("r,priority,chance of rain,weight\n1,2,3,4\n");
    assert!(
        run.err
            .contains("`chance of rain` names no event or factor"),
        "{}",
        run.err
    );
    let run = assess(&[
        "sql",
        &file,
        "--from",
        "rows",
        "--columns",
        "Something, new",
        "--columns",
        "law,f",
    ]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert!(run.out.contains("t.\"Something, new\""), "{}", run.out);
    let run = assess(&["sql", &file, "--from", "rows", "--columns", "LAW,F"]);
    assert_eq!(
        run.err,
        "error: the column `LAW` names nothing in the file; did you mean `law`?\n\
         error: the column `F` names nothing in the file; did you mean `f`?\n"
    );
}

#[test]
fn truth_and_nothing_are_read_as_other_programs_write_them() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    let verdict = |cell: &str| {
        let table = format!("note,r,law\n,{cell},\n");
        let run = assess_with(&["batch", &file, "--table", "-"], table.as_bytes(), false);
        assert_eq!(run.status, Status::Done, "{cell}: {}", run.out);
        run.out
            .lines()
            .nth(1)
            .map(|line| line.replacen(cell, "", 1))
    };
    for (same, cells) in [
        ("true", ["TRUE", "t", "Yes", "y", "1", " true "].as_slice()),
        ("false", &["False", "f", "NO", "n", "0"]),
        (
            "",
            &["NA", "N/A", "#N/A", "NULL", "\\N", "<NA>", "nan", "None"],
        ),
    ] {
        for cell in cells {
            assert_eq!(verdict(cell), verdict(same), "{cell}");
        }
    }
}

#[test]
fn a_row_says_all_that_is_wrong_with_it() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    let table = "e,law,chance of r,f\n1.5,?,120%,\n";
    let run = assess_with(&["batch", &file, "--table", "-"], table.as_bytes(), false);
    let wanted = "\"`e`: `1.5` is neither true, false nor a chance such as 0.3 or 30%; `law`: `?` is neither true nor \
                  false; `chance of r`: `120%` is no chance; write 0.3 or 30%\"\n";
    assert!(run.out.ends_with(wanted), "{}", run.out);
    // Words of the language likewise.
    let table = "e,law,chance of r\nmaybe,,often\n";
    let run = assess_with(&["batch", &file, "--table", "-"], table.as_bytes(), false);
    assert!(
        run.out.contains("`e`: `maybe` is neither true")
            && run.out.contains("; `chance of r`: `often"),
        "{}",
        run.out
    );
}

#[test]
fn what_is_no_csv_is_told_from_it() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    for (bytes, said) in [
        (
            &b"\x1f\x8b\x08\0\0\0\0\0"[..],
            "compressed with gzip: unpack it on the way, `gzip -dc TABLE | assess batch FILE",
        ),
        (b"\x28\xb5\x2f\xfd\x04\x00", "compressed with zstd"),
        (b"PK\x03\x04\x14\0\x06\0", "is a spreadsheet or an archive"),
        (
            b"{\"e\": true}\n",
            "is JSON, and no table that `batch` reads",
        ),
        (b"[\n {\"e\": 1}]", "is JSON"),
        (b"SQLite format 3\0", "is a database"),
        (b"<!DOCTYPE html>", "is a web page"),
        (
            b"e,f\rtrue,\rfalse,\r",
            "its lines end in a carriage return alone",
        ),
        (b"\xff\xfee\0,\0", "it is text in UTF-16"),
        (
            b"na\xefve,e\n1,true\n",
            "the heading `na\u{fffd}ve` is no text in UTF-8",
        ),
    ] {
        let run = assess_with(&["batch", &file, "--table", "-"], bytes, false);
        assert_eq!(
            (run.status, run.out.as_str()),
            (Status::Failed, ""),
            "{said}"
        );
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    let table = at(&folder, "t.csv");
    fs::write(&table, "e\ntrue\n").expect("a file");
    for (name, said) in [
        ("out.csv.gz", "is the name of a file that gzip made"),
        (
            "out.xlsx",
            "is the name of a spreadsheet or an archive, which `batch` does not write",
        ),
        ("out.JSONL", "is the name of JSON"),
    ] {
        let out = at(&folder, name);
        let run = assess(&["batch", &file, "--table", &table, "-o", &out]);
        assert_eq!(run.status, Status::Failed, "{name}");
        assert!(run.err.contains(said), "{said}: {}", run.err);
        assert!(!fs::exists(&out).expect("a folder"));
    }
}

#[test]
fn marks_and_separators_come_out_as_they_came() {
    let folder = folder(&[("a.assess", FILE)]);
    let file = at(&folder, "a.assess");
    let table = "\u{feff}id|e\n1|true\n";
    let run = assess_with(&["batch", &file, "--table", "-"], table.as_bytes(), false);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    assert!(
        run.out.starts_with("\u{feff}id|e|a in june|"),
        "{}",
        run.out
    );
    assert!(run.out.contains("\n1|true|0."), "{}", run.out);
}
