//! Reports are in their language throughout: numbers, places, ratings, pools, tipping points.

use crate::cli::{assess, at, folder};

const FILE: &str = r#"assessment "Where from?" {
  as of: 2025-03-01
  lang: LANG
  resolves: "R"
}
horizon short "H1": 0 to 6 months
horizon long  "H2": 6 to 24 months
outcome open "O1"
final outcome lab "O2"
prior { lab: 5% by short, 12% by long, open: rest }
event leak "E1" {
  resolves: "R"
  chance: 10% by short, 25% by long
  weight for lab: strong
  evidence "T" { source: "S", rated: B2 }
}
factor tone "F1" { weight for lab: weak, move growth: -0.4, evidence "T" { source: "S", rated: C3 } }
impacts { limited, severe }
quantity growth "G" { unit: "%", is: 2.9 (1.8 to 3.9), cuts: 3.8 }
event rare "E2" { resolves: "R", chance: 0.02% by long, impact: severe }
view fbi "V1" { leak: 20% by short, 50% by long }
pool both "P1" { of: own, fbi, weights: 2, 1, extremise: 1.5 }
section "S": "{median of growth in short}"
expect lab by long: above lab by short
expect lab by short: at most 90%
"#;

#[test]
fn nothing_is_left_in_english() {
    for (lang, both) in [
        ("de", "Beide Erwartungen treffen zu."),
        ("fr", "Les deux attentes sont remplies."),
        ("es", "Las dos expectativas se cumplen."),
    ] {
        let folder = folder(&[("a.assess", &FILE.replace("LANG", lang))]);
        let path = at(&folder, "a.assess");
        let run = assess(&["report", &path, "--format", "markdown"]);
        let page: Vec<&str> = run
            .out
            .lines()
            // What rules say, and the version, are not the page's.
            .filter(|l| !l.starts_with("- `") && !l.contains("`assess`"))
            .collect();
        assert!(page.contains(&both), "{lang}: {}", run.out);
        for line in page {
            let mut window = line.as_bytes().windows(3);
            let pointed =
                window.any(|w| w[0].is_ascii_digit() && w[1] == b'.' && w[2].is_ascii_digit());
            assert!(!pointed, "{lang}: {line}");
            for english in [
                " to ",
                "(line ",
                ", line ",
                "weight",
                "prior:",
                "reliable",
                "probably true",
                "For a move",
                "extremised",
            ] {
                assert!(!line.contains(english), "{lang}: {line}");
            }
        }
    }
}

#[test]
fn a_file_without_horizons_has_its_now_in_its_language() {
    let text = "assessment \"?\" { as of: 2025-03-01, lang: de }\noutcome a\noutcome b\nprior { a: 30%, b: rest }\n";
    let folder = folder(&[("a.assess", text)]);
    let page = assess(&["report", &at(&folder, "a.assess"), "--format", "markdown"]).out;
    assert!(page.contains("Jetzt") && !page.contains("Now"), "{page}");
}
