//! A file is untrusted: whatever stands in it, the page shows it as text.

use super::attributes;
use crate::cli::assess_with;
use assess::cli::Status;

/// What would be markup, a script, an attribute's end, a template, and what turns the text around.
const EVIL: &str = "</title></style></script><script>alert(1)</script><img src=x onerror=alert(2)>\
                    ' onmouseover='alert(3) {{ 7*7 }} {% raw %} &lt; \u{202e}gnirts\u{202c} \u{0}";

/// A file with it in every field that takes text.
pub(super) fn file() -> String {
    // What steers is refused in some places; there the rest stands alone.
    let evil = EVIL.replace('\u{0}', "");
    // In prose a brace is written twice.
    let prose = evil.replace('{', "{{");
    format!(
        r#"# {evil}
assessment "{evil}" {{
  author: "{evil}"
  as of: 2025-03-01
  tags: exit_tag
  context: "{prose}"
  resolves: "{prose}"
  note: "{prose}"
}}
horizon short "{evil}": 0 to 6 months
horizon long "{evil}": 6 to 18 months
outcome stay "{evil}" {{ resolves: "{prose}", note: "{prose}" }}
final outcome exit "{evil}" {{ resolves: "{prose}" }}
prior "{evil}" {{
  exit: 5% by short, 15% to 30% by long
  stay: rest
  source: "javascript:alert(4)"
  note: "{prose}"
}}
event fall "{evil}" {{
  resolves: "{prose}"
  chance: 20% by short, 40% by long
  weight for exit: moderate
  evidence "{evil}" {{ source: "{evil}", rated: B2, dated: 2025-02-01, note: "{prose}" }}
  evidence "plain" {{ source: "JaVaScRiPt:alert(5)", rated: B3 }}
  evidence "plain too" {{ source: "data:text/html,<script>alert(6)</script>", rated: B3 }}
  evidence "web" {{ source: "https://example.org/a?b=c&d=<script>", rated: B3 }}
  evidence "odd web" {{ source: "https://example.org/ onmouseover=alert(7)", rated: B3 }}
  evidence "web too" {{ source: "https://example.org/a?b=c&d=e", rated: B3 }}
  note: "{prose}"
}}
factor wall "{evil}" {{ weight against exit: weak, source: "{evil}", note: "{prose}" }}
event never "{evil}"
change turn "{evil}" {{ when: fall, weight for exit: weak, note: "{prose}" }}
assumption law "{evil}" {{ confidence: low, weight for exit if wrong: weak, note: "{prose}" }}
scenario rupture "{evil}" {{ set: fall, note: "{prose}" }}
bet "{evil}" {{ on: exit by long, price: 20%, note: "{prose}" }}
expect exit by long: at most 1%
section "{evil}": "{prose} {{exit by long: likely}} {prose}"
section "Second": """
  First paragraph {{exit by short}}.

  {prose}
"""
"#
    )
}

/// The page of the hostile file.
pub(super) fn page() -> String {
    let run = assess_with(
        &["report", "-", "--stdin-name", "<b>evil&\".assess"],
        file().as_bytes(),
        false,
    );
    assert_eq!(run.status, Status::Done, "{}", run.err);
    run.out
}

#[test]
fn text_stays_text() {
    let page = page();
    let tags: Vec<&str> = page.split('<').skip(1).collect();
    let begins = |name: &str| tags.iter().filter(|t| t.starts_with(name)).count();
    // Our own and no other.
    assert_eq!((begins("script>"), begins("/script>")), (1, 1));
    assert_eq!((begins("style>"), begins("title>")), (1, begins("/title>")));
    assert_eq!((begins("img"), begins("b>evil")), (0, 0));
    for tag in &tags {
        let tag = tag.split('>').next().unwrap_or_default();
        let unquoted: String = tag.split('"').step_by(2).collect();
        assert!(!unquoted.contains("onmouseover"), "{tag}");
        assert!(!unquoted.contains('{'), "{tag}");
    }
    for (tag, link) in attributes(&page, "href") {
        let is_ours = link.starts_with('#');
        let is_web = link == "https://example.org/a?b=c&amp;d=e" && tag.contains("rel=noreferrer")
            || link.starts_with("https://example.org/a?b=c&amp;d=&lt;script&gt;");
        assert!(is_ours || is_web, "{tag}");
    }
    assert!(page.contains("javascript:alert(4)"), "it is shown as text");
    assert!(!page.contains('\u{202e}') && !page.contains('\u{202c}'));
    assert!(page.contains("⟨U+202E⟩gnirts⟨U+202C⟩"));
    // No template reads what a file says.
    assert!(page.contains("{{ 7*7 }} {% raw %}") && !page.contains(" 49 "));
}
