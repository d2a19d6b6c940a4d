//! Tokens as text: which of them a blank parts, and where a long line is broken.
//!
//! In: the tokens of a clause. Out: one line, or as many as comments, texts and the width ask for.

use super::tokens::{Sort, Token};
use super::{INDENT, WIDTH, rows::Row, text_block};
use unicode_width::UnicodeWidthStr;

/// The tokens on one line; none where a comment or a text block is among them.
pub(super) fn flat(tokens: &[Token]) -> Option<String> {
    let tall = |token: &Token| token.sort == Sort::Comment || token.is_tall();
    (!tokens.iter().any(tall)).then(|| joined(tokens))
}

/// The columns of a line.
pub(super) fn width(indent: usize, line: &str) -> usize {
    indent + line.width()
}

/// The lines of a clause: as much on each as fits, those behind the first further in.
pub(super) fn broken(tokens: &[Token], indent: usize, rows: &mut Vec<Row>) {
    let mut filler = Filler {
        indent,
        rows,
        current: None,
        line: String::new(),
        is_tall: false,
        last: None,
    };
    let mut rest = tokens;
    while !rest.is_empty() {
        let (chunk, behind) = rest.split_at(chunk(rest));
        filler.add(chunk);
        rest = behind;
    }
    filler.flush();
}

/// How many tokens stand together on one line.
fn chunk(tokens: &[Token]) -> usize {
    for (i, pair) in tokens.windows(2).enumerate() {
        let [token, next] = pair else { continue };
        let text_below = next.sort == Sort::Text && next.newlines > 0;
        let breaks = token.may_break_after || next.may_break_before || text_below;
        if breaks || token.sort == Sort::Comment || next.sort == Sort::Comment {
            return i + 1;
        }
    }
    tokens.len()
}

struct Filler<'a> {
    indent: usize,
    rows: &'a mut Vec<Row>,
    /// The indentation of the line that is being filled.
    current: Option<usize>,
    line: String,
    /// Whether the line ends a text block, and its indentation is in it.
    is_tall: bool,
    /// The token before.
    last: Option<&'a Token>,
}

impl<'a> Filler<'a> {
    fn add(&mut self, chunk: &'a [Token]) {
        let Some(first) = chunk.first() else { return };
        if first.sort == Sort::Comment {
            self.comment(first);
            return;
        }
        let words = joined(chunk);
        let gap = self.last.is_some_and(|last| parted(last, first));
        if let Some(indent) = self.current
            && !self.is_tall
        {
            let head = words.split('\n').next().unwrap_or_default();
            let whole = width(indent, &self.line) + usize::from(gap) + width(0, head);
            if whole > WIDTH {
                self.flush();
            }
        }
        match self.current {
            None => {
                let further = if self.is_first() { 0 } else { INDENT };
                self.current = Some(self.indent + further);
            }
            Some(_) if gap => self.line.push(' '),
            Some(_) => {}
        }
        if first.is_tall() || chunk.iter().any(Token::is_tall) {
            self.tall(&words);
        } else {
            self.line.push_str(&words);
        }
        self.last = chunk.last();
    }

    fn is_first(&self) -> bool {
        self.last.is_none()
    }

    /// A text block: the first line ends the current one, the last begins another.
    fn tall(&mut self, words: &str) {
        let indent = self.current.unwrap_or(self.indent);
        let start = words.find("\"\"\"").unwrap_or(0);
        let end = words.rfind("\"\"\"").map_or(words.len(), |at| at + 3);
        self.line.push_str(&words[..start]);
        let mut lines = text_block::lines(&words[start..end], indent, INDENT).into_iter();
        self.line.push_str(&lines.next().unwrap_or_default());
        let mut before = std::mem::take(&mut self.line);
        let mut before_indent = if self.is_tall { 0 } else { indent };
        for line in lines {
            self.rows.push(Row::part_of_text(before_indent, before));
            before = line;
            before_indent = 0;
        }
        before.push_str(&words[end..]);
        self.line = before;
        self.is_tall = true;
        self.current = Some(indent);
    }

    fn comment(&mut self, comment: &Token) {
        let behind = self.current.is_some() && !comment.is_own_line();
        if behind {
            self.flush();
            if let Some(row) = self.rows.last_mut() {
                row.comment = Some(comment.text.clone());
            }
        } else {
            self.flush();
            self.rows.push(Row::comment(
                self.indent + INDENT,
                comment.text.clone(),
                false,
            ));
        }
    }

    fn flush(&mut self) {
        if let Some(indent) = self.current.take() {
            let line = std::mem::take(&mut self.line);
            self.rows.push(match std::mem::take(&mut self.is_tall) {
                true => Row::part_of_text(0, line),
                false => Row::line(indent, line),
            });
        }
    }
}

fn joined(tokens: &[Token]) -> String {
    let mut out = String::new();
    let mut last: Option<&Token> = None;
    for token in tokens {
        if last.is_some_and(|last| parted(last, token)) {
            out.push(' ');
        }
        out.push_str(&token.text);
        last = Some(token);
    }
    out
}

/// Whether a blank parts two tokens.
fn parted(left: &Token, right: &Token) -> bool {
    let closes = matches!(right.sort, Sort::Closing | Sort::Comma | Sort::Ratio);
    let opens = matches!(left.sort, Sort::Opening | Sort::Ratio);
    !closes && !opens
}
