//! Text blocks: their lines as they are, but for where they begin.
//!
//! In: a text block with its quotes, and the indentation of the clause around it. Out: its lines.
//! What its readers see stays the same to the letter.

/// The lines of a text block. The first goes on with the clause's line; the others are whole lines.
pub(super) fn lines(text: &str, indent: usize, further: usize) -> Vec<String> {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let closing = lines.pop().unwrap_or_default();
    let first = lines.first().copied().unwrap_or_default();
    let rest = lines.get(1..).unwrap_or_default();
    // The quotes that end the text take part where words stand before them.
    let has_words = closing != "\"\"\"" && !closing.trim_start().starts_with("\"\"\"");
    let measured = rest.iter().chain(has_words.then_some(&closing));
    let common = measured
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.bytes().take_while(|&b| is_blank(b)).count())
        .min()
        .unwrap_or(0);
    let inner = " ".repeat(indent + further);
    let moved = |line: &str| match line.trim().is_empty() {
        true => String::new(),
        false => format!("{inner}{}", &line[common..]),
    };
    let opening = match first.strip_prefix("\"\"\"") {
        Some(words) if words.trim().is_empty() => "\"\"\"",
        _ => first,
    };
    let mut out = vec![opening.to_owned()];
    out.extend(rest.iter().map(|line| moved(line)));
    out.push(match has_words {
        true => moved(closing),
        false => format!("{}\"\"\"", " ".repeat(indent)),
    });
    out
}

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}
