//! Where in a text a cursor stands, by braces and quotes alone: this works in the most broken of files.
//!
//! In: a text and a byte. Out: a [`Place`]: the items around it, and what stands before it in its
//! clause. It goes by the shape of the text, so that a clause which it does not know is none the less one.

use super::Range;

/// What a byte stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    /// Items and clauses.
    Code,
    /// A comment.
    Comment,
    /// A text in quotes.
    Text,
    /// A placeholder of prose.
    Placeholder,
}

/// Where a cursor stands.
#[derive(Debug)]
pub(crate) struct Place<'t> {
    pub(crate) within: Within,
    /// What stands before each open brace, from the outermost: `event drift "Drift"`.
    pub(crate) owners: Vec<&'t str>,
    /// Where each of these braces stands.
    pub(crate) braces: Vec<usize>,
    /// From the start of the clause, comment, text or placeholder to the cursor.
    pub(crate) before: &'t str,
    /// The word around the cursor.
    pub(crate) word: Range,
}

/// Whether a character may stand in a name.
pub(crate) fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The word around a byte; empty where there is none.
pub(crate) fn word_at(text: &str, offset: usize) -> Range {
    let before = text[..offset].chars().rev().take_while(|c| is_of_name(*c));
    let start = offset - before.map(char::len_utf8).sum::<usize>();
    let after = text[offset..].chars().take_while(|c| is_of_name(*c));
    start..offset + after.map(char::len_utf8).sum::<usize>()
}

impl<'t> Place<'t> {
    /// Where a byte stands.
    pub(crate) fn of(text: &'t str, offset: usize) -> Place<'t> {
        let offset = text.floor_char_boundary(offset);
        let mut owners: Vec<&str> = Vec::new();
        let mut braces = Vec::new();
        let mut within = Within::Code;
        // Where the clause, comment or text began, and the clause around a comment or text.
        let mut start = 0;
        let mut at = 0;
        let bytes = text.as_bytes();
        while at < offset {
            match bytes[at] {
                b'#' => {
                    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
                    if offset <= end {
                        (within, start) = (Within::Comment, at);
                        break;
                    }
                    at = end;
                    continue;
                }
                b'"' => {
                    let quotes = if text[at..].starts_with("\"\"\"") {
                        "\"\"\""
                    } else {
                        "\""
                    };
                    let from = at + quotes.len();
                    let body = text.get(from..).unwrap_or_default();
                    let line = match quotes.len() {
                        1 => body.find('\n').unwrap_or(body.len()),
                        _ => body.len(),
                    };
                    let length = body[..line].find(quotes);
                    let end = from + length.unwrap_or(line);
                    if offset < from || offset <= end {
                        let shown = text.get(from..offset).unwrap_or_default();
                        let open = shown.rfind('{').filter(|&o| !shown[o..].contains('}'));
                        (within, start) = match open {
                            Some(open) => (Within::Placeholder, from + open + 1),
                            None => (Within::Text, start),
                        };
                        break;
                    }
                    at = end + length.map_or(0, |_| quotes.len());
                    continue;
                }
                b'{' => {
                    owners.push(text[start..at].trim());
                    braces.push(at);
                    start = at + 1;
                }
                b'}' => {
                    owners.pop();
                    braces.pop();
                    start = at + 1;
                }
                b'\n' if !continues(text[start..at].trim_end(), &text[at..]) => start = at + 1,
                b',' if begins_clause(&text[at + 1..]) => start = at + 1,
                // No list is of texts: the word that is being typed is a key to be.
                b',' if text[start..at].ends_with('"') => start = at + 1,
                _ => {}
            }
            at += 1;
        }
        Place {
            within,
            owners,
            braces,
            before: text.get(start..offset).unwrap_or_default(),
            word: word_at(text, offset),
        }
    }

    /// The keyword of the innermost item or piece of evidence around the cursor.
    pub(crate) fn owner(&self) -> Option<&'t str> {
        self.owners.last().map(|head| keyword(head))
    }
}

/// The first word of an item's head; of `final outcome`, the second.
pub(crate) fn keyword(head: &str) -> &str {
    let mut words = head
        .split(|c: char| !is_of_name(c))
        .filter(|w| !w.is_empty());
    match words.next() {
        Some("final") => "outcome",
        word => word.unwrap_or_default(),
    }
}

/// Whether a clause goes on in the next line.
fn continues(before: &str, after: &str) -> bool {
    let ends = |word: &str| {
        before
            .strip_suffix(word)
            .is_some_and(|rest| rest.ends_with([' ', '\t', '(', '\n']))
    };
    let next = after.trim_start();
    let begins = |word: &str| {
        next.strip_prefix(word)
            .is_some_and(|rest| !rest.starts_with(is_of_name))
    };
    before.ends_with(',') && !begins_clause(after)
        || ends("and")
        || ends("or")
        || ends("not")
        || before.ends_with('(')
        || begins("and")
        || begins("or")
        || (next.starts_with('{') && !before.is_empty())
}

/// Whether text behind a comma begins a clause: words and a colon, and not a number.
fn begins_clause(after: &str) -> bool {
    let rest = after.trim_start();
    if rest.starts_with("evidence ") || rest.starts_with("evidence\"") || rest.starts_with('}') {
        return true;
    }
    let key = rest
        .split([':', ',', '\n', '}', '{', '#'])
        .next()
        .unwrap_or_default();
    let ends_in_colon = rest[key.len()..].starts_with(':');
    let of_words = |c: char| is_of_name(c) || matches!(c, ' ' | '\t' | '-' | '\'' | '"');
    let is_word = key.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '"'));
    ends_in_colon && is_word && key.chars().all(of_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> (Within, Option<&str>, String) {
        let at = text.find('¦').expect("a cursor");
        let whole: &'static str = Box::leak(text.replacen('¦', "", 1).into_boxed_str());
        let place = Place::of(whole, at);
        (place.within, place.owner(), place.before.trim().to_owned())
    }

    #[test]
    fn a_cursor_knows_its_item_and_its_clause() {
        let code = |owner, before: &str| (Within::Code, owner, before.to_owned());
        assert_eq!(place("outcome a\n¦"), code(None, ""));
        assert_eq!(
            place("event a \"{\" {\n  chance: 5% by ¦"),
            code(Some("event"), "chance: 5% by")
        );
        assert_eq!(
            place("event a { chance: 5%, note: \"x\", wei¦"),
            code(Some("event"), "wei")
        );
        assert_eq!(
            place("event a { chance: 5% by b, 6% by ¦c"),
            code(Some("event"), "chance: 5% by b, 6% by")
        );
        assert_eq!(
            place("final outcome a { note: \"\"\"\n}\"\"\"\n  ¦"),
            code(Some("outcome"), "")
        );
        assert_eq!(
            place("factor a {\n  evidence \"b\" { ra¦"),
            code(Some("evidence"), "ra")
        );
        assert_eq!(place("event a {\n}\nch¦"), code(None, "ch"));
        assert_eq!(
            place("change a {\n when: b and\n   ¦"),
            code(Some("change"), "when: b and")
        );
        assert_eq!(place("a # allow(¦").0, Within::Comment);
        assert_eq!(place("a \"b ¦\"").0, Within::Text);
        assert_eq!(
            place("note: \"so {exit by ¦"),
            (Within::Placeholder, None, "exit by".to_owned())
        );
    }

    #[test]
    fn no_text_and_no_byte_is_too_odd() {
        for text in [
            "",
            "\"",
            "\"\"\"",
            "}}}",
            "{{{",
            "#",
            "é\"é{é",
            "a,\n,",
            "\"\"",
            "\r\n",
        ] {
            for at in 0..text.len() + 2 {
                let _ = Place::of(text, at);
            }
        }
    }
}
