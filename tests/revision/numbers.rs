//! Files with quantities, values, impacts and triggers: each edit is told by itself, from what to what.

use super::{hold_to_the_sum, moved, told};

const OLD: &str = r#"assessment "Will it?" { as of: 2025-03-01 }
horizon short: 0 to 6 months
horizon long: 6 to 18 months
impacts { low, high }
risk { likely and high: "grave" }
outcome stay { value: 1 USD }
final outcome exit { value: 5 USD, impact: low }
prior { exit: 5% by short, 10% by long, stay: rest }
event strike { chance: 20% by long, impact: low, weight for exit: strong }
event crew {
  chance once strike: 40% within 3 months
  chance otherwise: 2% by long
  weight for exit: weak
  move cost: -10%
}
quantity cost { unit: "USD", is: 200 (120 to 340), cuts: 150 }
"#;

#[test]
fn each_edit_is_told_by_itself() {
    let edits = [
        ("5% by short", "8% by short"),
        (
            "once strike: 40% within 3 months",
            "once strike: 55% within 1 month",
        ),
        (
            "is: 200 (120 to 340), cuts: 150",
            "in short: 210 (120 to 340), in long: 200 (120 to 340), cuts: 160",
        ),
        ("move cost: -10%", "move cost: -20% to -5%"),
        ("value: 5 USD", "value: 6 USD"),
        ("by long, impact: low", "by long, impact: high"),
    ];
    let new = edits.iter().fold(OLD.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    let found = moved(OLD, &new);
    hold_to_the_sum(&found);
    insta::assert_snapshot!(told(&found));
}
