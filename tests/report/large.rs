//! A large assessment, made up: 50 drivers with weights, 30 events, 8 outcomes, 6 horizons.

use crate::cli::assess_with;
use assess::cli::Status;
use std::fmt::Write;
use std::sync::OnceLock;

const WORDS: [&str; 12] = [
    "The northern harbour",
    "A second inspection",
    "Parliament’s committee",
    "The regulator",
    "A supplier abroad",
    "The union’s ballot",
    "An early winter",
    "The insurer",
    "The rival consortium",
    "A court in the capital",
    "The main investor",
    "Public opinion",
];
const VERBS: [&str; 7] = [
    "delays the works",
    "withdraws its offer",
    "asks for new documents",
    "supports the second route",
    "publishes its forecast",
    "raises the price of steel by a tenth within a single quarter",
    "is sold",
];
const STRENGTHS: [&str; 4] = ["slight", "weak", "moderate", "1:1 to 3:1"];
const RATINGS: [&str; 5] = ["A2", "B2", "B3", "C3", "F6"];

fn title(i: usize) -> String {
    format!(
        "{} {}",
        WORDS[i * 5 % WORDS.len()],
        VERBS[i * 3 % VERBS.len()]
    )
}

/// Its text.
pub(super) fn file() -> String {
    let mut out = String::from(
        "assessment \"Which of eight routes will the new crossing take by the end of the decade?\" {\n  \
         author: \"The planning group\"\n  as of: 2025-03-01\n  resolves: \"The signed contract.\"\n}\n",
    );
    let horizons = [
        ("h1", 3),
        ("h2", 6),
        ("h3", 12),
        ("h4", 24),
        ("h5", 36),
        ("h6", 60),
    ];
    for (name, months) in horizons {
        let _ = writeln!(
            out,
            "horizon {name} \"Within {months} months\": {months} months"
        );
    }
    for o in 0..8 {
        let last = if o >= 6 { "final " } else { "" };
        let _ = writeln!(
            out,
            "{last}outcome route{o} \"Route {o}: {}\"",
            title(o + 40)
        );
    }
    out += "prior \"Crossings of the last thirty years\" {\n  source: \"Register of crossings\"\n";
    for o in 0..5 {
        let _ = writeln!(out, "  route{o}: {}%", 8 + 3 * o);
    }
    out += "  route6: 1% by h1, 2% by h2, 4% by h3, 8% by h4, 10% by h5, 12% by h6\n  route7: 1% by h1, 12% by h6\n  \
            route5: rest\n}\n";
    for i in 0..42 {
        let _ = writeln!(
            out,
            "factor f{i} \"{}\" {{\n  weight {} route{}: {}\n  evidence \"Seen: {}\" {{ source: \"Report {i}\", rated: {}, dated: \
             2025-01-{:02} }}\n}}",
            title(i),
            if i % 3 == 0 { "against" } else { "for" },
            i % 8,
            STRENGTHS[i % STRENGTHS.len()],
            title(i + 7),
            RATINGS[i % RATINGS.len()],
            1 + i % 28,
        );
    }
    for i in 0..30 {
        let weight = match i {
            0..4 => format!("\n  weight for route{}: {}", 7 - i, STRENGTHS[i % 3]),
            _ => String::new(),
        };
        let low = 1 + 2 * i;
        let _ = writeln!(
            out,
            "event e{i} \"{}\" {{\n  resolves: \"A notice in the gazette.\"\n  chance: {low}% by h2, {}% by h6{weight}\n}}",
            title(i + 50),
            low + 12,
        );
    }
    for i in 0..4 {
        let _ = writeln!(
            out,
            "change c{i} \"If: {}\" {{ when: e{} or e{}, weight for route{i}: moderate }}",
            title(i + 90),
            i,
            (i + 1) % 4
        );
    }
    for i in 0..4 {
        let _ = writeln!(
            out,
            "scenario s{i} \"Scenario: {}\" {{ set: e{i}, not e{} }}",
            title(i + 20),
            i + 4
        );
    }
    out += "section \"Summary\": \"Route 5 is {route5 in h6}.\"\n";
    out
}

/// Its page, made once.
pub(super) fn page() -> &'static str {
    static PAGE: OnceLock<String> = OnceLock::new();
    PAGE.get_or_init(make)
}

fn make() -> String {
    let run = assess_with(
        &["report", "-", "--draws=101", "--stdin-name=large.assess"],
        file().as_bytes(),
        false,
    );
    assert_eq!(run.status, Status::Done, "{}", run.err);
    run.out
}

#[test]
#[ignore = "slow; .ci/run runs it"]
fn a_large_page_has_everything_and_stays_small() {
    let page = page();
    for i in 0..42 {
        assert!(page.contains(&format!("id=\"x-f{i}\"")), "f{i}");
    }
    assert!(page.len() < 700_000, "{}", page.len());
}
