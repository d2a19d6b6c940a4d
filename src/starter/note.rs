//! A note's paragraphs, as sections that wait to be encoded.
//!
//! In: plain text or Markdown. Out: one [`Passage`] for each paragraph, under the heading that it
//! stands below. Nothing of the text is lost but blanks, and quotes that would end a block.

/// One paragraph of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The heading above it, or its first words; numbered, so that no two are alike.
    pub(crate) title: String,
    /// Its lines, as prose of the language: braces doubled, no three quotes in a row.
    pub(crate) lines: Vec<String>,
}

/// How many words of a paragraph without a heading are its title.
const TITLE_WORDS: usize = 6;
/// The longest title in characters.
const TITLE_LENGTH: usize = 70;

/// The paragraphs of a note: what stands between blank lines. A Markdown heading (`# Summary`, or
/// a line with `===` or `---` under it) is the title of the paragraphs below it.
pub fn passages(note: &str) -> Vec<Passage> {
    let note = note.trim_start_matches('\u{feff}');
    let mut found = Vec::new();
    let mut heading: Option<String> = None;
    let mut paragraph: Vec<&str> = Vec::new();
    let lines: Vec<&str> = note.lines().map(str::trim_end).collect();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        let underlined = paragraph.is_empty() && lines.get(at).is_some_and(|l| is_rule(l));
        let title = match line.strip_prefix('#') {
            Some(rest) => Some(rest.trim_start_matches('#').trim()),
            None if underlined && !line.trim().is_empty() => {
                at += 1;
                Some(line.trim())
            }
            None => None,
        };
        if title.is_none() && !line.trim().is_empty() {
            paragraph.push(line);
            continue;
        }
        finish(&mut paragraph, heading.as_deref(), &mut found);
        if let Some(title) = title.filter(|t| !t.is_empty()) {
            heading = Some(title.to_owned());
        }
    }
    finish(&mut paragraph, heading.as_deref(), &mut found);
    found
}

/// A line of `===` or `---` alone.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'))
}

fn finish(paragraph: &mut Vec<&str>, heading: Option<&str>, found: &mut Vec<Passage>) {
    let lines = std::mem::take(paragraph);
    if lines.is_empty() {
        return;
    }
    let indent = lines.iter().map(|l| l.len() - l.trim_start().len()).min();
    let own = lines.join(" ");
    let words: Vec<&str> = own.split_whitespace().take(TITLE_WORDS).collect();
    let title = heading.map_or_else(|| words.join(" "), str::to_owned);
    found.push(Passage {
        title: format!("{}. {}", found.len() + 1, as_title(&title)),
        lines: lines
            .iter()
            .map(|l| as_prose(l.get(indent.unwrap_or(0)..).unwrap_or(l)))
            .collect(),
    });
}

/// A text as the inside of a string: quotes that would end it become typographic ones.
pub(super) fn as_text(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace('"', "”")
}

/// The same, as much of it as a title is long.
pub(super) fn as_title(text: &str) -> String {
    let plain = as_text(text);
    let short: String = plain.chars().take(TITLE_LENGTH).collect();
    let cut = short.len() < plain.len();
    let short = short
        .trim_end_matches(['.', ',', ':', ';'])
        .trim_end()
        .to_owned();
    if cut { format!("{short} …") } else { short }
}

/// A line as prose: every brace is one, and no quotes end the block.
fn as_prose(line: &str) -> String {
    let line = line.replace('{', "{{").replace("\"\"\"", "”””");
    // Three quotes must not arise with those that close the block.
    line.replace('\t', "    ")
}
