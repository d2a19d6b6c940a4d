//! Links within a page whose end was left out.
//!
//! In: a finished page. Out: the same without them: their text stays, but for those that name a line
//! of the file or lead from one, which say nothing elsewhere.

use std::collections::BTreeSet;

/// The page without links that lead nowhere in it.
pub(super) fn without_dead_links(page: &str) -> String {
    let ids = ids(page);
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("<a ") {
        out.push_str(before);
        let (tag, body) = after.split_once('>').unwrap_or((after, ""));
        let end = tag
            .split("href=")
            .nth(1)
            .map(|value| value.trim_start_matches('"'));
        let end = end.and_then(|value| value.strip_prefix('#'));
        let end = end.map(|value| value.split(['"', ' ']).next().unwrap_or_default());
        match end {
            Some(end) if !ids.contains(&decoded(end)) => {
                let (text, after) = body.split_once("</a>").unwrap_or((body, ""));
                let is_line =
                    end.starts_with(['L', 'F']) && end.ends_with(|c: char| c.is_ascii_digit());
                if !is_line && text != "↑" {
                    out.push_str(text);
                }
                rest = after;
            }
            _ => {
                out.push_str("<a ");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Every id of a page.
fn ids(page: &str) -> BTreeSet<String> {
    let tags = page.split('<').filter_map(|tag| tag.split('>').next());
    let each = tags.filter_map(|tag| {
        let value = tag.split(" id=").nth(1)?.trim_start_matches('"');
        Some(value.split(['"', ' ']).next()?.to_owned())
    });
    each.collect()
}

/// A fragment as the id that it means.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).filter(|_| *first == b'%');
        let code = code.and_then(|c| u8::from_str_radix(std::str::from_utf8(c).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::without_dead_links;

    #[test]
    fn only_links_that_lead_somewhere_stay() {
        let page = "<p id=a>1 <a href=#a>a</a> <a class=q href=#q-1>64%</a> <a href=\"#x-%C3%A9\">é</a> \
                    <a href=#L12>12</a>. <a href=\"https://b.c/#d\">e</a><i id=\"x-é\">";
        assert_eq!(
            without_dead_links(page),
            "<p id=a>1 <a href=#a>a</a> 64% <a href=\"#x-%C3%A9\">é</a> . \
             <a href=\"https://b.c/#d\">e</a><i id=\"x-é\">"
        );
    }
}
