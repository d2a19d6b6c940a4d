//! Charts made lighter where a table beside them says the same.
//!
//! In: a chart's SVG, as [`crate::chart`] writes it. Out: the same picture without its long
//! description, without a label's tip that repeats the label, with its grid as one path, and with
//! attributes as HTML and the page's style allow. The chart keeps its title; the table is what a
//! screen reader is to read.

/// Which tips stay.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tips {
    /// Those of marks, whose numbers are not all printed.
    Marks,
    /// None: every number is printed beside its bar.
    None,
}

/// The classes that stand for attributes of text, which the page's style has.
const CLASSES: [(&str, &str, &str); 4] = [
    ("font-size", "11", "t"),
    ("font-weight", "700", "u"),
    ("text-anchor", "end", "e"),
    ("text-anchor", "middle", "c"),
];

/// Makes a chart lighter.
pub(super) fn thin(svg: &str, tips: Tips) -> String {
    let joined = join(&join(svg, "g"), "x");
    let mut out = String::with_capacity(joined.len());
    // Of each open group, whether its tags are kept.
    let mut groups = Vec::new();
    let mut is_titled = false;
    let mut rest = joined.as_str();
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        let Some((tag, after)) = tag.split_once('>') else {
            break;
        };
        rest = after;
        match tag.split(' ').next().unwrap_or_default() {
            "desc" => rest = after.split_once("</desc>").map_or("", |r| r.1),
            "title" if is_titled && tips == Tips::None => {
                rest = after.split_once("</title>").map_or("", |r| r.1);
            }
            "g" => {
                let tip = after.strip_prefix("<title>");
                let tip = tip.and_then(|t| t.split_once("</title>"));
                let repeats = tip.is_some_and(|(tip, group)| is_label(tip, group));
                // A group without a class is there for its tip alone.
                let keeps = tag != "g" || tips == Tips::Marks && !repeats;
                if let (false, Some((_, group))) = (keeps, tip) {
                    rest = group;
                }
                groups.push(keeps);
                if keeps {
                    write_tag(&mut out, tag);
                }
            }
            "/g" => {
                if groups.pop().unwrap_or(true) {
                    write_tag(&mut out, tag);
                }
            }
            name => {
                is_titled |= name == "/title";
                write_tag(&mut out, tag);
            }
        }
    }
    out.push_str(rest);
    out
}

/// Whether a group begins with the words of its tip, on one line or several.
fn is_label(tip: &str, group: &str) -> bool {
    let group = group.split_once("</g>").map_or(group, |g| g.0);
    let lines = group
        .split("</text>")
        .filter_map(|line| line.rsplit_once('>'));
    let lines: Vec<&str> = lines.map(|line| line.1).collect();
    group.starts_with("<text") && lines.join(" ") == tip
}

/// Writes a tag as HTML has it: without quotes where none are needed, and without what the page's
/// style says.
fn write_tag(out: &mut String, tag: &str) {
    let (tag, end) = match tag.strip_suffix('/') {
        Some(tag) => (tag, " />"),
        None => (tag, ">"),
    };
    let mut parts = tag.split('"');
    let first = parts.next().unwrap_or_default();
    let (name, mut key) = first.split_once(' ').unwrap_or((first, ""));
    out.push('<');
    out.push_str(name);
    let mut classes = Vec::new();
    let mut is_quoted = true;
    while let Some(value) = parts.next() {
        let attribute = key.trim().trim_end_matches('=');
        let known = CLASSES.iter().find(|c| (c.0, c.1) == (attribute, value));
        match (attribute, known) {
            ("class", _) => classes.push(value),
            (_, Some((_, _, class))) => classes.push(class),
            // HTML knows the name space; the title alone names the chart.
            ("xmlns", _) => {}
            ("aria-labelledby", _) => {
                let title = value.split(' ').next().unwrap_or_default();
                is_quoted = write_attribute(out, attribute, title);
            }
            _ => is_quoted = write_attribute(out, attribute, value),
        }
        key = parts.next().unwrap_or_default();
    }
    if !classes.is_empty() {
        is_quoted = write_attribute(out, "class", &classes.join(" "));
    }
    out.push_str(if is_quoted { end.trim_start() } else { end });
}

/// Writes an attribute; whether its value is in quotes.
fn write_attribute(out: &mut String, name: &str, value: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let is_quoted = value.is_empty() || !value.bytes().all(is_plain);
    let quote = if is_quoted { "\"" } else { "" };
    for part in [" ", name, "=", quote, value, quote] {
        out.push_str(part);
    }
    is_quoted
}

/// Draws lines of a class that follow each other as one.
fn join(svg: &str, class: &str) -> String {
    let end = format!("\" class=\"{class}\"/>");
    let between = format!("{end}<path d=\"");
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once(&between) {
        out.push_str(before);
        let follows = after
            .find('"')
            .is_some_and(|at| after[at..].starts_with(&end));
        if !follows {
            out.push_str(&between);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{Tips, thin};

    const HEAD: &str = "<svg xmlns=\"a\" role=\"img\" aria-labelledby=\"a-title a-desc\"><title \
                        id=\"a-title\">A</title>";

    #[test]
    fn what_a_table_says_goes() {
        let svg = format!(
            "{HEAD}<desc id=\"a-desc\">Long.</desc><path d=\"M1 1\" class=\"g\"/><path d=\"M2 2\" \
             class=\"g\"/><path d=\"M3 3\" class=\"x\"/><g><title>One two</title><text \
             x=\"1\" font-size=\"11\" class=\"q h\">One</text><text x=\"1\">two</text></g><g><title>Cut \
             short</title><text x=\"1\">Cut…</text></g><g class=\"s0\"><title>Bar: 1</title><circle \
             r=\"4.5\" class=\"f\"/></g></svg>"
        );
        let head = "<svg role=img aria-labelledby=a-title><title id=a-title>A</title><path d=\"M1 \
                    1M2 2\" class=g /><path d=\"M3 3\" class=x /><text x=1 class=\"t q h\">One</text>\
                    <text x=1>two</text>";
        assert_eq!(
            thin(&svg, Tips::Marks),
            format!(
                "{head}<g><title>Cut short</title><text x=1>Cut…</text></g><g class=s0><title>Bar: \
                 1</title><circle r=4.5 class=f /></g></svg>"
            )
        );
        assert_eq!(
            thin(&svg, Tips::None),
            format!("{head}<text x=1>Cut…</text><g class=s0><circle r=4.5 class=f /></g></svg>")
        );
    }
}
