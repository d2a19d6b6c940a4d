//! Addresses in Markdown: a link leads to what the file says, whatever signs stand in it.

use crate::cli::assess;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::fs;

/// Every one of them ends with its file's line.
const ADDRESSES: [&str; 9] = [
    "https://stats.example.org/ports_1990_2024.csv",
    "https://example.org/a#sec_2",
    "https://example.org/~desk/x~y~z",
    "https://example.org/a|b",
    "https://example.org/Port_(city)",
    "https://example.org/x*y*z",
    "https://example.org/?a[]=1&b[0]=2&lang=en",
    "https://example.org/d_(e)_[f]#g_h",
    "https://example.org/é_ü",
];

/// A file in which each stands alone as a source, in a sentence, in a title and in a table.
fn file(address: &str) -> String {
    format!(
        r#"assessment "Will it open, as {address} says?" {{
  as of: 2025-03-01
  resolves: "The notice at {address}."
  note: "See {address}, and (again) ({address})."
}}
horizon near "Near": 0 to 6 months
outcome shut "Shut"
final outcome open "Open"
prior {{ open: 5% by near, shut: rest, source: "{address}" }}
factor crews "Crews, {address}, are back" {{
  weight for open: moderate
  evidence "Roster" {{ source: "{address}", rated: B2, dated: 2025-02-01 }}
  evidence "Paper" {{ source: "Daily News, {address}", rated: C3, dated: 2025-02-01 }}
}}
bet "On {address}" {{ on: open by near, price: 10% }}
section "Text": """
  It is at {address}; see ({address}).
"""
"#
    )
}

/// Where the links of a page lead.
fn links(page: &str) -> Vec<String> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(page, options);
    let links = events.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    links.filter(|url| !url.starts_with('#')).collect()
}

#[test]
fn each_link_leads_where_the_file_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("port.assess");
    for address in ADDRESSES {
        fs::write(&path, file(address)).expect("a file");
        for (command, least) in [("eval", 2), ("explain", 4), ("flip", 1), ("report", 8)] {
            let path = path.to_str().expect("a path");
            let run = assess(&[command, path, "--format", "markdown"]);
            assert_eq!(run.err, "", "{command} {address}");
            let found = links(&run.out);
            assert!(found.len() >= least, "{command}: {found:?}\n{}", run.out);
            for url in found {
                assert_eq!(url, address, "{command}");
            }
        }
    }
}
