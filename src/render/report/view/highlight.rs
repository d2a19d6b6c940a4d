//! The files, with what each piece of their text is.
//!
//! In: texts and their trees. Out: tokens that are the whole text, in order. Nothing is lost where a
//! tree is missing: the text is then plain.

use super::model::{File, Sort, Token};
use crate::limits;
use crate::syntax::tree::Tree;
use crate::syntax::{Kind, Parsed};
use crate::text::source::SourceMap;

pub(crate) fn files(sources: &SourceMap, parsed: &[Parsed]) -> Vec<File> {
    let each = sources.iter().zip(parsed).map(|((_, source), parsed)| {
        let text = &source.text;
        let is_shown = text.len() <= limits::REPORT_SOURCE_BYTES;
        File {
            name: source.name.clone(),
            text: is_shown.then(|| text.clone()),
            tokens: match is_shown {
                true => tokens(text, &parsed.tree),
                false => Vec::new(),
            },
        }
    });
    each.collect()
}

/// What a node's own text is; none where its children say it, or its keyword.
fn sort(kind: Kind) -> Option<Sort> {
    Some(match kind {
        Kind::comment => Sort::Comment,
        Kind::string | Kind::prose => Sort::Text,
        Kind::placeholder => Sort::Placeholder,
        Kind::number | Kind::percent | Kind::ratio | Kind::date | Kind::unit => Sort::Number,
        Kind::term => Sort::Word,
        Kind::name | Kind::option => Sort::Name,
        _ => return None,
    })
}

fn tokens(text: &str, tree: &Tree) -> Vec<Token> {
    let mut sorts = vec![None; text.len()];
    // Within a placeholder nothing else is told apart.
    let mut closed = 0;
    for node in tree.iter() {
        let range = node.range();
        let Some(sort) = sort(node.kind()).filter(|_| range.start >= closed) else {
            continue;
        };
        if sort == Sort::Placeholder {
            closed = range.end;
        }
        if let Some(part) = sorts.get_mut(range) {
            part.fill(Some(sort));
        }
    }
    let mut tokens: Vec<Token> = Vec::new();
    for (at, c) in text.char_indices() {
        let sort = match sorts[at] {
            Some(sort) => sort,
            None if tree.is_empty() => Sort::Plain,
            // What no node says is a keyword or a sign.
            None if c.is_ascii_lowercase() => Sort::Keyword,
            None => Sort::Plain,
        };
        let end = at + c.len_utf8();
        match tokens.last_mut() {
            Some(last) if last.sort == sort => last.end = end,
            _ => tokens.push(Token { end, sort }),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::source::FileId;

    #[test]
    fn every_byte_is_told_what_it_is() {
        let text = "event a \"A {b}\" { # why\n  chance: very likely by long, 95% by 2030-01\n  \
                    note: \"so {exit by long: unlikely} é\"\n}\n";
        let parsed = crate::syntax::parse(FileId(0), text);
        let mut start = 0;
        let pieces: Vec<(Sort, &str)> = tokens(text, &parsed.tree)
            .into_iter()
            .map(|t| (t.sort, &text[std::mem::replace(&mut start, t.end)..t.end]))
            .filter(|p| p.0 != Sort::Plain)
            .collect();
        assert_eq!(start, text.len());
        assert_eq!(
            pieces,
            [
                (Sort::Keyword, "event"),
                (Sort::Name, "a"),
                (Sort::Text, "\"A {b}\""),
                (Sort::Comment, "# why"),
                (Sort::Keyword, "chance"),
                (Sort::Word, "very likely"),
                (Sort::Keyword, "by"),
                (Sort::Name, "long"),
                (Sort::Number, "95%"),
                (Sort::Keyword, "by"),
                (Sort::Number, "2030-01"),
                (Sort::Keyword, "note"),
                (Sort::Text, "\"so "),
                (Sort::Placeholder, "{exit by long: unlikely}"),
                (Sort::Text, " é\""),
            ]
        );
    }

    #[test]
    fn a_text_without_a_tree_is_plain() {
        let found = tokens("half { é", &Tree::default());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].end, found[0].sort), (9, Sort::Plain));
    }
}
