//! The table of limits, from the constants of `src/limits.rs` and what is said above them.
//!
//! In: the source. Out: the table that `docs/language.md` shows between its markers.

use std::collections::BTreeMap;

/// Where the table begins in the page.
pub(crate) const BEGIN: &str = "<!-- limits: from src/limits.rs -->\n";
/// Where it ends.
pub(crate) const END: &str = "<!-- end of limits -->\n";

/// The table of every public number.
pub(crate) fn table(source: &str) -> String {
    let mut out = String::from("\n| limit | |\n|---|---|\n");
    let mut said = String::new();
    let mut known = BTreeMap::new();
    for line in source.lines() {
        if let Some(text) = line.strip_prefix("///") {
            said.push_str(text);
        } else if let Some(rest) = line.strip_prefix("pub const ") {
            let (name, value) = rest.split_once(": ").expect("a type");
            let value = value
                .split_once(" = ")
                .and_then(|(_, v)| v.strip_suffix(';'));
            let value = value.unwrap_or_else(|| panic!("`{line}` is not `pub const X: T = N;`"));
            let value = number(value, &known);
            known.insert(name.to_string(), value);
            let said = said
                .trim()
                .trim_end_matches('.')
                .replace("[`", "`")
                .replace("`]", "`");
            out.push_str(&format!("| {said} | {} |\n", grouped(value)));
        }
        if !line.starts_with("///") {
            said.clear();
        }
    }
    out.push('\n');
    out
}

/// `64 << 20`, `10_000` and `1 << CELL_BITS`.
fn number(value: &str, known: &BTreeMap<String, u64>) -> u64 {
    let plain = |v: &str| match known.get(v.trim()) {
        Some(number) => *number,
        None => v.trim().replace('_', "").parse().expect("a number"),
    };
    match value.split_once("<<") {
        Some((base, shift)) => plain(base) << plain(shift),
        None => plain(value),
    }
}

/// A number with commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
