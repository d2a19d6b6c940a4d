//! The page "Track record".

use crate::cli::{assess, is_as_its_schema_says};
use assess::cli::Status;
use std::fs;
use std::path::Path;

/// Two settled files with hostile names, and a third that is open.
fn write(folder: &Path) {
    for (i, day) in ["2025-02-01", "2025-05-01"].into_iter().enumerate() {
        let text = format!(
            "assessment \"<b>Q{i}</b>?\" {{\n  author: \"<script>alert({i})</script>\"\n  as of: 2025-01-01\n}}\n\
             horizon short: 2025-01-01 to 2025-06-30\nevent talk {{ chance: {}% by short }}\n\
             resolved: talk on {day}\n",
            40 + 40 * i
        );
        fs::write(folder.join(format!("q{i}.assess")), text).expect("a file");
    }
    let open = "assessment \"Open?\" { as of: 2025-01-01 }\nhorizon short: 2025-01-01 to 2025-06-30\n\
                outcome a\noutcome b\n";
    fs::write(folder.join("open.assess"), open).expect("a file");
}

#[test]
fn the_page_says_what_the_text_says() {
    let folder = tempfile::TempDir::new().expect("a folder");
    write(folder.path());
    let path = folder.path().to_str().expect("UTF-8");
    let page = assess(&["score", path, "--format=html"]);
    assert_eq!(page.status, Status::Done, "{}", page.err);
    let page = page.out;
    // Settled in the first quarter with 40% and in the second with 80%.
    for part in [
        "<h1>Track record</h1>",
        "2 cases in 3 files",
        "<th scope=row>2025 Q1<td>1<td>0.3600<td>—",
        "<th scope=row>2025 Q2<td>1<td>0.0400<td>—",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(
        page.matches("<svg").count(),
        4,
        "two charts, wide and narrow"
    );
    assert!(
        !page.contains("<script>alert") && !page.contains("<b>Q"),
        "{page}"
    );
    assert!(page.contains("Content-Security-Policy"));
    let json = assess(&["score", path, "--format=json"]);
    is_as_its_schema_says("score", &serde_json::from_str(&json.out).expect("JSON"));
}

#[test]
fn nothing_settled_is_said() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    fs::write(
        &path,
        "assessment \"?\" { as of: 2025-01-01 }\nhorizon h: 0 to 2 months\noutcome a\noutcome b\n",
    )
    .expect("a file");
    let page = assess(&["score", path.to_str().expect("UTF-8"), "--format=html"]);
    assert!(page.out.contains("Nothing is settled yet"), "{}", page.out);
    let text = assess(&["score", path.to_str().expect("UTF-8")]);
    assert!(text.out.contains("Nothing is settled yet"), "{}", text.out);
}

#[test]
fn a_site_has_it_where_the_record_is_set() {
    let folder = tempfile::TempDir::new().expect("a folder");
    for i in 0..2 {
        let text = format!(
            "assessment \"Q{i}?\" {{ as of: 2025-01-01 }}\nhorizon short: 2025-01-01 to 2025-06-30\n\
             outcome a\noutcome b\nprior {{\n  a: 30%\n  b: rest\n}}\nresolved: a in short on 2025-07-01\n"
        );
        fs::write(folder.path().join(format!("q{i}.assess")), text).expect("a file");
    }
    let (path, site) = (folder.path(), folder.path().join("site"));
    let (from, to) = (path.to_str().expect("UTF-8"), site.to_str().expect("UTF-8"));
    let run = || {
        let run = assess(&["report", from, "-o", to, "--draws=41"]);
        assert_eq!(run.status, Status::Done, "{}", run.err);
        fs::read_to_string(site.join("index.html")).expect("an index")
    };
    assert!(!run().contains("track-record.html"));
    fs::write(path.join("assess.toml"), "[score]\nhistory = \".\"\n").expect("a file");
    assert!(run().contains("<a href=\"track-record.html\">Track record</a>"));
    let page = fs::read_to_string(site.join("track-record.html")).expect("a page");
    assert!(
        page.contains("2 cases in 2 files") && page.contains("href=\"index.html\""),
        "{page}"
    );
    assert_eq!(
        run().matches("track-record").count(),
        1,
        "a second run is the same"
    );
    // It goes where the setting goes.
    fs::remove_file(path.join("assess.toml")).expect("a file");
    assert!(!run().contains("track-record.html"));
    assert!(!site.join("track-record.html").exists());
}

#[test]
fn the_page_speaks_the_language_that_is_asked_for() {
    let folder = tempfile::TempDir::new().expect("a folder");
    write(folder.path());
    let path = folder.path().to_str().expect("UTF-8");
    for (lang, title, cases) in [
        ("de", "Erfolgsbilanz", "2 Fälle in 3 Dateien"),
        ("fr", "Bilan des prévisions", "2 cas dans 3 fichiers"),
        ("es", "Historial de aciertos", "2 casos en 3 archivos"),
    ] {
        let page = assess(&["score", path, "--format=html", "--lang", lang]).out;
        let says = |text: &str| page.contains(text);
        assert!(says(&format!("<h1>{title}</h1>")) && says(cases), "{page}");
        assert!(
            says(&format!("lang={lang}")) || says(&format!("lang=\"{lang}\"")),
            "{page}"
        );
        assert!(
            says("0,3600"),
            "numbers as the language writes them: {page}"
        );
        for english in ["came true", "chances", "Over time", "interval<", "settled"] {
            assert!(!says(english), "{lang}: {english}");
        }
    }
    // What is printed for terminals and programs stays English.
    let text = assess(&["score", path, "--lang=de"]).out;
    assert!(text.contains("Calibration"), "{text}");
}
