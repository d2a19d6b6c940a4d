//! A fragment of a file made whole, so that an example need not repeat what it is not about.
//!
//! In: items as an example or a page shows them. Out: a file: the items first, then what they lack
//! of a question, horizons, outcomes, a prior and a change. No name of the frame is used but where it is.

const ASSESSMENT: &str = r#"
assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2025-03-01
  resolves: "`exit` when notice is given; the others as judged at each horizon's end"
}
"#;

const HORIZONS: &str = r#"
horizon short  "Short term":  0 to 6 months
horizon medium "Medium term": 6 to 18 months
horizon long   "Long term":   18 to 36 months
"#;

const OUTCOMES: &str = r#"
outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
"#;

/// Holds with any horizons: a rate says by when itself, and the shares are the same in each.
const PRIOR: &str = r#"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815: 12 of 40 were weakened"
  exit: 2% per year
  weakening: 30%
  commitment: rest
}
"#;

/// What would change the verdict, by the name of an outcome.
const CHANGE: &str = r#"
event upheaval "An upheaval that nobody foresees" {
  resolves: "Called so by two of the three agencies"
}
change reversal "All bets are off" {
  when: upheaval
  weight against OUTCOME: moderate
}
"#;

/// A whole file of a fragment: what it lacks is added after it, so that its lines keep their
/// numbers.
pub fn frame(fragment: &str) -> String {
    let has = |keyword: &str| {
        fragment.lines().any(|line| {
            line.strip_prefix(keyword)
                .is_some_and(|rest| rest.starts_with([' ', ':', '{']))
        })
    };
    let outcomes = has("outcome") || has("final outcome");
    // A whole file may lack a change on purpose.
    let whole_file = outcomes && has("assessment") && has("horizon") && has("prior");
    let mut lines = fragment.lines();
    let first = lines.find_map(|line| line.strip_prefix("outcome ")?.split_whitespace().next());
    let change = CHANGE.replace("OUTCOME", first.unwrap_or("commitment"));
    let mut whole = fragment.trim_end().to_owned();
    whole.push('\n');
    for (missing, part) in [
        (!has("assessment"), ASSESSMENT),
        (!has("horizon"), HORIZONS),
        (!outcomes, OUTCOMES),
        (!outcomes && !has("prior"), PRIOR),
        (!whole_file && !has("change"), change.as_str()),
    ] {
        if missing {
            whole.push_str(part);
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::frame;

    #[test]
    fn adds_what_is_missing_and_nothing_else() {
        let whole = frame("factor a {}");
        for part in [
            "assessment",
            "horizon long",
            "outcome commitment",
            "prior",
            "change",
        ] {
            assert_eq!(whole.matches(&format!("\n{part}")).count(), 1, "{whole}");
        }
        let whole = frame("outcome a\noutcome b\nhorizon only: 1 year\n# prior\n");
        assert!(
            !whole.contains("prior \"") && !whole.contains("short"),
            "{whole}"
        );
        assert!(whole.starts_with("outcome a\n"));
        let whole = frame("prior {\n  commitment: rest\n}");
        assert_eq!(whole.matches("\nprior").count() + 1, 1, "{whole}");
        assert!(whole.contains("final outcome exit"));
    }
}
