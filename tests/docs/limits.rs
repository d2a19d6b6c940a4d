//! The table of limits, from the constants of `src/limits.rs` and what is said above them.
//!
//! In: the source. Out: the table that `docs/language.md` shows between its markers.

/// Where the table begins in the page.
pub(crate) const BEGIN: &str = "<!-- limits: from src/limits.rs -->\n";
/// Where it ends.
pub(crate) const END: &str = "<!-- end of limits -->\n";

/// The table of every public number.
pub(crate) fn table(source: &str) -> String {
    let mut out = String::from("\n| limit | |\n|---|---|\n");
    let mut said = String::new();
    for line in source.lines() {
        if let Some(text) = line.strip_prefix("///") {
            said.push_str(text);
        } else if let Some(rest) = line.strip_prefix("pub const ") {
            let value = rest
                .split_once(" = ")
                .and_then(|(_, v)| v.strip_suffix(';'));
            let value = value.unwrap_or_else(|| panic!("`{line}` is not `pub const X: T = N;`"));
            let said = said
                .trim()
                .trim_end_matches('.')
                .replace("[`", "`")
                .replace("`]", "`");
            out.push_str(&format!("| {said} | {} |\n", number(value)));
        }
        if !line.starts_with("///") {
            said.clear();
        }
    }
    out.push('\n');
    out
}

/// `64 << 20` and `10_000` with commas between thousands.
fn number(value: &str) -> String {
    let plain = |v: &str| v.trim().replace('_', "").parse::<u64>().expect("a number");
    let number = match value.split_once("<<") {
        Some((base, shift)) => plain(base) << plain(shift),
        None => plain(value),
    };
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
