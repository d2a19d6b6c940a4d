//! Charts made lighter where a table beside them says the same.
//!
//! In: a chart's SVG, as [`crate::chart`] writes it. Out: the same picture, named by a label in place
//! of a title, which would be the tip of all its paper; without its long description, without a tip
//! that repeats the label below it, with its grid as one path, with text of one look in one group, and
//! with attributes as HTML and the page's style allow. The table is what a screen reader is to read.

/// The classes that stand for attributes of text, which the page's style has.
const CLASSES: [(&str, &str, &str); 4] = [
    ("font-size", "11", "t"),
    ("font-weight", "700", "u"),
    ("text-anchor", "end", "e"),
    ("text-anchor", "middle", "c"),
];

/// What the page's style says of an element, and HTML of all.
const KNOWN: [(&str, &str); 3] = [
    ("svg", "font-size"),
    ("svg", "aria-labelledby"),
    ("circle", "r"),
];

/// What the page's style has for an element without a class.
const PLAIN: [(&str, &str); 2] = [("path", "f"), ("circle", "m")];

/// A chart's class, and what it is called on a page.
pub(super) const NAMES: (&str, &str) = ("assess-chart", "ac");

/// Makes a chart lighter.
pub(super) fn thin(svg: &str) -> String {
    let joined = join(&join(svg, "g"), "x");
    let mut out = String::with_capacity(joined.len());
    // Of each open group, whether its tags are kept.
    let mut groups: Vec<bool> = Vec::new();
    let mut looks = Looks::default();
    let mut rest = joined.as_str();
    while let Some((text, tag)) = rest.split_once('<') {
        out.push_str(text);
        let Some((tag, after)) = tag.split_once('>') else {
            break;
        };
        rest = after;
        match tag.split(' ').next().unwrap_or_default() {
            "svg" => {
                let (name, body) = inside(after, "title").unwrap_or_default();
                let body = inside(body, "desc").map_or(body, |d| d.1);
                write_tag(&mut out, tag, Some(name));
                rest = body;
            }
            "g" => {
                let tip = inside(after, "title");
                let repeats = tip.is_some_and(|(tip, group)| is_label(tip, group));
                // A group without a class is there for its tip alone.
                let keeps = tag != "g" || !repeats;
                if let (false, Some((_, group))) = (keeps, tip) {
                    rest = group;
                }
                groups.push(keeps);
                if keeps {
                    write_tag(&mut out, tag, None);
                }
            }
            "/g" => {
                if groups.pop().unwrap_or(true) {
                    write_tag(&mut out, tag, None);
                }
            }
            // No text lies upon another, so that they may stand in any order.
            "text" if !groups.contains(&true) => {
                let (words, after) = rest.split_once("</text>").unwrap_or_default();
                looks.add(tag, words);
                rest = after;
            }
            "/svg" => {
                looks.write(&mut out);
                write_tag(&mut out, tag, None);
            }
            _ => write_tag(&mut out, tag, None),
        }
    }
    out.push_str(rest);
    out
}

/// Text by its classes, in the order in which they came first.
#[derive(Default)]
struct Looks {
    all: Vec<(String, Vec<String>)>,
}

impl Looks {
    fn add(&mut self, tag: &str, words: &str) {
        let mut text = String::new();
        write_tag(&mut text, tag, None);
        let class = text.rfind(" class=").map_or(String::new(), |at| {
            let class = text.split_off(at);
            text.push('>');
            class
        });
        text.push_str(words);
        text.push_str("</text>");
        match self.all.iter_mut().find(|look| look.0 == class) {
            Some((_, texts)) => texts.push(text),
            None => self.all.push((class, vec![text])),
        }
    }

    fn write(&self, out: &mut String) {
        for (class, texts) in &self.all {
            let end = if class.is_empty() { "" } else { "</g>" };
            if !class.is_empty() {
                out.push_str("<g");
                out.push_str(class);
            }
            out.push_str(&texts.concat());
            out.push_str(end);
        }
    }
}

/// What stands in an element that begins here, and what follows it.
fn inside<'s>(svg: &'s str, name: &str) -> Option<(&'s str, &'s str)> {
    let (tag, after) = svg.strip_prefix('<')?.split_once('>')?;
    let is_it = tag.split(' ').next() == Some(name);
    is_it.then(|| after.split_once(&format!("</{name}>")))?
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
/// style says or goes without saying.
fn write_tag(out: &mut String, tag: &str, label: Option<&str>) {
    let (tag, end) = match tag.strip_suffix('/') {
        Some(tag) => (tag, " />"),
        None => (tag, ">"),
    };
    let (name, mut rest) = parted(tag, b' ').unwrap_or((tag, ""));
    out.push('<');
    out.push_str(name);
    let mut classes = Vec::new();
    let mut is_quoted = true;
    while let Some((attribute, value, after)) = attribute(rest) {
        rest = after;
        let known = CLASSES.iter().find(|c| (c.0, c.1) == (attribute, value));
        match (attribute, known) {
            ("class", _) if PLAIN.contains(&(name, value)) => {}
            ("class", _) if value == NAMES.0 => classes.push(NAMES.1),
            ("class", _) => classes.push(value),
            (_, Some((_, _, class))) => classes.push(class),
            // Where nothing is said it is 0.
            ("x" | "y", _) if value == "0" => {}
            (attribute, _) if KNOWN.contains(&(name, attribute)) => {}
            _ => is_quoted = write_attribute(out, attribute, value),
        }
    }
    if let Some(label) = label {
        is_quoted = write_attribute(out, "aria-label", label);
    }
    if !classes.is_empty() {
        is_quoted = write_attribute(out, "class", &classes.join(" "));
    }
    out.push_str(if is_quoted { end.trim_start() } else { end });
}

/// What stands before and behind the first of a byte. Tags are short: to search them one by one takes least.
fn parted(text: &str, by: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == by)?;
    Some((&text[..at], &text[at + 1..]))
}

/// The first attribute, its value, and what follows it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = parted(text, b'"')?;
    let (value, after) = parted(rest, b'"').unwrap_or((rest, ""));
    Some((name.trim().trim_end_matches('='), value, after))
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
    let finder = memchr::memmem::Finder::new(&between);
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = finder.find(rest.as_bytes()) {
        let after = &rest[at + between.len()..];
        out.push_str(&rest[..at]);
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
    use super::thin;

    #[test]
    fn what_a_table_says_goes() {
        let svg = "<svg xmlns=\"a\" class=\"assess-chart\" viewBox=\"0 0 9 9\" width=\"9\" role=\"img\" \
                   aria-labelledby=\"a-title a-desc\"><title id=\"a-title\">A &quot;b&quot;</title>\
                   <desc id=\"a-desc\">Long.</desc><path d=\"M1 1\" class=\"g\"/><path d=\"M2 2\" \
                   class=\"g\"/><path d=\"M3 3\" class=\"x\"/><g><title>One two</title><text x=\"0\" \
                   y=\"1\" font-size=\"11\" class=\"q h\">One</text><text x=\"1\" y=\"2\">two</text></g>\
                   <g><title>Cut short</title><text x=\"1\" y=\"3\">Cut…</text></g><g class=\"s0\">\
                   <title>Bar: 1</title><circle cx=\"1\" r=\"4.5\" class=\"o\"/>\
                   <circle cx=\"2\" r=\"4.5\" class=\"m\"/></g><text x=\"1\" font-size=\"11\" \
                   class=\"q h\">three</text></svg>";
        assert_eq!(
            thin(svg),
            "<svg xmlns=a viewBox=\"0 0 9 9\" width=9 role=img aria-label=\"A &quot;b&quot;\" class=ac><path d=\"M1 \
             1M2 2\" class=g /><path d=\"M3 3\" class=x /><g><title>Cut short</title><text x=1 \
             y=3>Cut…</text></g><g class=s0><title>Bar: 1</title><circle cx=1 class=o /><circle cx=2 \
             /></g><g class=\"t q h\"><text y=1>One</text><text x=1>three</text></g><text x=1 \
             y=2>two</text></svg>"
        );
    }
}
