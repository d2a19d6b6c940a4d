//! Items that could not be read, and text that belongs to no item.
//!
//! In: `broken_item` and `stray` nodes. Out: one diagnostic each, and the item as meant where one
//! repair makes it readable, so that its name is known and its clauses are checked.

use super::ast::{Item, Name};
use super::grammar::Kind;
use super::lower::Lower;
use super::patch::Patch;
use super::recover::{Repair, first_token, short, split_words};
use super::tree::NodeRef;
use super::words::{self, ITEMS};
use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use std::ops::Range;

/// Other names for items, in plain speech.
const MEANT: [(&str, &str); 29] = [
    ("hypothesis", "outcome"),
    ("option", "outcome"),
    ("result", "outcome"),
    ("driver", "factor"),
    ("reason", "factor"),
    ("indicator", "event"),
    ("trigger", "event"),
    ("period", "horizon"),
    ("timeframe", "horizon"),
    ("term", "horizon"),
    ("question", "assessment"),
    ("title", "assessment"),
    ("import", "use"),
    ("include", "use"),
    ("assume", "assumption"),
    ("wager", "bet"),
    ("variable", "quantity"),
    ("distribution", "quantity"),
    ("nested", "implies"),
    ("chain", "implies"),
    ("chained", "implies"),
    ("entails", "implies"),
    ("levels", "implies"),
    ("thresholds", "implies"),
    ("dissent", "view"),
    ("opinion", "view"),
    ("voice", "view"),
    ("judgment", "judgement"),
    ("finding", "judgement"),
];

impl Lower<'_> {
    /// What begins a line outside every block and is no item.
    pub(super) fn broken_item(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let word = first_token(text).trim_end_matches(':');
        let repairs = if ITEMS.contains(&word) {
            self.item_repairs(range.clone(), word)
        } else {
            self.keyword_repairs(range.clone(), word)
        };
        // What a repair had to invent a name for is checked, and then left out.
        let nameless = repairs.iter().any(|r| r.invented);
        let before = self.out.ast.items.len();
        let read = |inner: &mut Lower<'_>, node: NodeRef<'_>| {
            (node.kind() != Kind::broken_item).then(|| inner.item(node))
        };
        if self
            .first_repair(range.clone(), Kind::only_item, repairs, read)
            .is_some()
        {
            if nameless {
                // Uses of the name that was proposed are no mistakes of their own.
                let lost = self.out.ast.items.drain(before..);
                let names: Vec<_> = lost.filter_map(|item| name_of(&item)).collect();
                self.out.ast.broken.extend(names);
                if let Some(kind) = item_kind(word) {
                    self.lost_kind(kind);
                }
            }
            return;
        }
        let kind = item_kind(word);
        if kind.is_none() {
            // A keyword that is both misspelt and misused: explained by the keyword as meant.
            let misspelt = self.keyword_repairs(range.clone(), word);
            let known = |inner: &mut Lower<'_>, node: NodeRef<'_>| {
                let word = first_token(&inner.text[node.range()]);
                (node.kind() == Kind::broken_item && ITEMS.contains(&word))
                    .then(|| inner.broken_item(node))
            };
            if word.len() > 2
                && self
                    .first_repair(range.clone(), Kind::only_item, misspelt, known)
                    .is_some()
            {
                return;
            }
        }
        self.remember(range.clone(), word);
        self.unknown_item(range, word);
    }

    /// Keeps the name and kind of an item that cannot be read, so that its uses are no mistakes.
    fn remember(&mut self, range: Range<usize>, word: &str) {
        let text = &self.text[range.clone()];
        let is_final = word == "final";
        if let Some(kind) = item_kind(word) {
            self.lost_kind(kind);
        }
        let named = split_words(text).nth(1 + usize::from(is_final && text.contains(" outcome ")));
        if let Some((at, name)) = named {
            let name = name.trim_end_matches(':');
            if !name.is_empty() && name.chars().all(|c| c == '_' || c.is_alphanumeric()) {
                let span = self.place(range.start + at..range.start + at + name.len());
                self.out.ast.broken.push(super::ast::Spanned {
                    node: name.to_owned(),
                    span,
                });
            }
        }
    }

    /// What may be wrong with an item whose keyword is right.
    fn item_repairs(&self, range: Range<usize>, word: &str) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let line = text.split('\n').next().unwrap_or_default();
        let at = |from: usize, to: usize| range.start + from..range.start + to;
        let mut repairs = Vec::new();
        if word == "final"
            && let Some((i, name)) = split_words(line).nth(1)
        {
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(i, i), "outcome ")],
                    self.syntax(at(0, i + name.len()), "`final` stands before `outcome`")
                        .label("`outcome` is missing behind `final`")
                        .help(format!("write `final outcome {name}`")),
                )
                .fix("write `outcome`"),
            );
        }
        // `question "Will it happen?" { as of: … }` asks what the file is about.
        if word == "question"
            && line[word.len()..].trim_start().starts_with('"')
            && text.contains("as of")
        {
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(0, word.len()), "assessment")],
                    self.syntax(at(0, word.len()), "what the file asks is its `assessment`")
                        .label("`assessment` belongs here")
                        .help("write `assessment \"…\" { as of: 2025-03-01 }`; a `question` of its own has a name"),
                )
                .fix("write `assessment`"),
            );
        }
        // `prior if a { … }`
        if word == "prior"
            && let Some((i, guard)) = split_words(line).nth(1)
        {
            let meant = match guard {
                "if" | "when" | "under" | "with" | "assuming" => Some("given"),
                "else" | "default" | "unless" => Some("otherwise"),
                _ => None,
            };
            if let Some(meant) = meant {
                repairs.push(
                    Repair::new(
                        vec![Patch::new(at(i, i + guard.len()), meant)],
                        self.syntax(
                            at(i, i + guard.len()),
                            format!("`{guard}` is written `{meant}`"),
                        )
                        .label(format!("`{meant}` belongs here"))
                        .help("a row is `prior given CONDITION { … }` or `prior otherwise { … }`"),
                    )
                    .fix(format!("write `{meant}`")),
                );
            }
        }
        let titled = matches!(word, "assessment" | "bet" | "section" | "use" | "judgement");
        let named = matches!(
            word,
            "event"
                | "factor"
                | "change"
                | "assumption"
                | "scenario"
                | "outcome"
                | "horizon"
                | "question"
                | "condition"
                | "view"
                | "pool"
                | "quantity"
                | "final"
        );
        let head_end = match word {
            "horizon" | "condition" | "section" | "use" => line.find(':').unwrap_or(line.len()),
            _ => line.find('{').unwrap_or(line.len()),
        };
        let head = line[..head_end].trim_end();
        let after_keyword = match word {
            "final" if head.starts_with("final outcome") => "final outcome".len(),
            _ => word.len().min(head.len()),
        };
        let rest_at = head.len() - head[after_keyword..].trim_start().len();
        let rest = &head[rest_at..];
        if matches!(word, "outcome" | "final") {
            repairs.extend(self.decided_repair(&range, (rest_at, rest)));
        }
        if word == "implies" {
            repairs.extend(self.chain_repair(&range));
        }
        if named {
            self.name_repairs(range.clone(), word, rest_at, rest, &mut repairs);
        }
        if matches!(word, "assessment" | "bet" | "judgement") && rest.is_empty() {
            repairs.push(Repair::new(
                vec![Patch::new(at(word.len(), word.len()), " \"\"")],
                self.syntax(at(0, word.len()), format!("this {word} has no title"))
                    .label("a title in quotes belongs behind this")
                    .help(
                        words::item_example(word)
                            .map_or_else(String::new, |e| format!("write it like `{e}`")),
                    ),
            ));
        }
        if titled && !rest.is_empty() && !rest.contains('"') {
            let mut quoted = self.quote(at(rest_at, rest_at + rest.len()), rest);
            if word == "use" {
                quoted.diagnostic.message = "this path stands without quotes".to_owned();
                quoted.diagnostic.primary.message = "a path stands in quotes".into();
            }
            repairs.push(quoted);
        } else if let (true, Some(quote)) = (titled, rest.find('"'))
            && quote > 0
        {
            let name = rest[..quote].trim();
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(rest_at, rest_at + quote), "")],
                    self.syntax(
                        at(rest_at, rest_at + name.len()),
                        format!("`{word}` takes no name"),
                    )
                    .label("its title belongs here")
                    .help(format!("write `{word} \"…\"`")),
                )
                .fix("leave the name out"),
            );
        }
        if word == "prior" && !rest.is_empty() && !rest.contains('"') {
            repairs.push(self.quote(at(rest_at, rest_at + rest.len()), rest));
        }
        // A colon before a block or a title.
        if let Some(colon) = head.find(':').filter(|_| {
            !matches!(
                word,
                "horizon" | "condition" | "implies" | "section" | "use"
            )
        }) {
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(colon, colon + 1), "")],
                    self.syntax(
                        at(colon, colon + 1),
                        format!("`{word}` takes no colon here"),
                    )
                    .label("nothing belongs here"),
                )
                .fix("leave the colon out"),
            );
        }
        if word == "expect" {
            repairs.extend(self.sign_repairs(range.clone()));
            // `expect exit by end of long: …`
            if let Some(colon) = line.rfind(':').filter(|colon| *colon > word.len()) {
                repairs.extend(self.query_repairs(at(word.len(), colon)));
            }
        }
        if matches!(
            word,
            "horizon"
                | "condition"
                | "implies"
                | "section"
                | "use"
                | "exclusive"
                | "overlap"
                | "resolved"
                | "expect"
        ) {
            repairs.extend(self.colon_repairs(range.clone(), word.len(), word, "the item"));
        }
        // `overlap money, press: 60%`
        if word == "overlap"
            && let Some((names, share)) = line[word.len()..].split_once(':')
            && share.trim().starts_with(|c: char| c.is_ascii_digit())
        {
            let meant = format!("overlap {}: {}", share.trim(), names.trim());
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(0, line.trim_end().len()), meant.as_str())],
                    self.syntax(
                        at(0, line.trim_end().len()),
                        "an overlap says how much before it says of what",
                    )
                    .label("the percentage belongs before the names")
                    .help(format!("write `{meant}`")),
                )
                .fix(format!("write `{}`", short(&meant))),
            );
        }
        if word == "overlap" {
            repairs.push(Repair::new(
                vec![Patch::new(at(word.len(), word.len()), " 50%")],
                self.syntax(at(0, word.len()), "this overlap does not say how much")
                    .label("a percentage belongs behind it")
                    .help("write `overlap 60%: russia, rhetoric`"),
            ));
        }
        // Whatever stands between the name and the block.
        if named && !rest.is_empty() {
            let name = first_token(rest);
            let junk = rest_at + name.len();
            if junk < head.len() {
                repairs.push(Repair::new(
                    vec![Patch::new(at(junk, head.len()), "")],
                    self.syntax(
                        at(
                            junk + head[junk..].len() - head[junk..].trim_start().len(),
                            head.len(),
                        ),
                        format!(
                            "`{}` cannot stand behind the name of this item",
                            short(head[junk..].trim())
                        ),
                    )
                    .label("a title in quotes belongs here, or nothing")
                    .help(format!("write `{word} {name} \"…\"`")),
                ));
            }
        }
        repairs
    }

    /// Names that are missing or no names, and titles without quotes.
    fn name_repairs(
        &self,
        range: Range<usize>,
        word: &str,
        rest_at: usize,
        rest: &str,
        repairs: &mut Vec<Repair>,
    ) {
        let at = |from: usize, to: usize| range.start + from..range.start + to;
        let mut words = split_words(rest);
        let Some((_, name)) = words.next() else {
            let end = at(word.len(), word.len());
            repairs.push(
                Repair::new(
                    vec![Patch::new(end, " nameless")],
                    self.syntax(at(0, word.len()), format!("this {word} has no name"))
                        .label("a name belongs behind this")
                        .help(
                            words::item_example(word)
                                .map_or_else(String::new, |e| format!("write it like `{e}`")),
                        ),
                )
                .invented(),
            );
            return;
        };
        let title_at = rest.find('"');
        if title_at == Some(0) {
            let title = rest.trim_matches('"');
            let name = slug(title);
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(rest_at, rest_at), format!("{name} "))],
                    self.syntax(at(0, word.len()), format!("this {word} has no name"))
                        .label("a name belongs behind this, before the title")
                        .help(format!(
                            "write `{word} {name} \"{}\"`: the name is what other clauses refer to",
                            short(title)
                        )),
                )
                .invented(),
            );
            return;
        }
        // `factor eu-cuts "…"`, `factor eu cuts "…"`
        if let Some(quote) = title_at {
            let written = rest[..quote].trim_end().trim_end_matches(':').trim_end();
            let one_word: String = written
                .split(|c: char| !(c == '_' || c.is_alphanumeric()))
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("_");
            if one_word != written && !one_word.is_empty() {
                repairs.push(Repair::new(
                    vec![Patch::new(
                        at(rest_at, rest_at + written.len()),
                        one_word.as_str(),
                    )],
                    self.syntax(
                        at(rest_at, rest_at + written.len()),
                        format!("`{}` is not a name", short(written)),
                    )
                    .label("a name is one word of letters, digits and `_`")
                    .help(format!("write `{one_word}`, here and wherever it is used")),
                ));
            }
        } else if let Some((title, _)) = words.next() {
            let title_text = &rest[title..];
            if name.chars().all(|c| c == '_' || c.is_alphanumeric()) {
                repairs.push(self.quote(at(rest_at + title, rest_at + rest.len()), title_text));
            }
        }
        let bare = name.trim_end_matches(':');
        let one_word = bare.replace(|c: char| !(c == '_' || c.is_alphanumeric()), "_");
        if one_word != bare && title_at.is_none() {
            let place = at(rest_at, rest_at + bare.len());
            let renamed = Repair::new(
                vec![Patch::new(place.clone(), one_word.as_str())],
                self.syntax(place, format!("`{}` is not a name", short(bare)))
                    .label("a name is one word of letters, digits and `_`")
                    .help(format!("write `{one_word}`, here and wherever it is used")),
            );
            repairs.push(match split_words(rest).nth(1) {
                None => renamed,
                Some((title, _)) => renamed
                    .and(self.quote(at(rest_at + title, rest_at + rest.len()), &rest[title..])),
            });
        }
    }

    fn quote(&self, range: Range<usize>, title: &str) -> Repair {
        Repair::new(
            vec![
                Patch::new(range.start..range.start, "\""),
                Patch::new(range.end..range.end, "\""),
            ],
            self.syntax(range, "this title stands without quotes")
                .label("a title stands in quotes")
                .help(format!("write `\"{}\"`", short(title))),
        )
        .fix("put it in quotes")
    }

    /// A first word that is near to an item's keyword, or is called otherwise.
    fn keyword_repairs(&self, range: Range<usize>, word: &str) -> Vec<Repair> {
        if word.is_empty() || word.len() > 30 {
            return Vec::new();
        }
        let near = suggest::nearest(word, ITEMS);
        let alias = MEANT.iter().find(|(from, _)| *from == word.to_lowercase());
        let place = range.start..range.start + word.len();
        let span = self.place(place.clone());
        let said = |help: String| {
            let help = match alias {
                Some((_, "implies")) => format!(
                    "{help}; the strongest event stands first, and each implies the next: \
                     `implies: m7, m67, m6`"
                ),
                _ => help,
            };
            Diagnostic::new(
                &rules::UNKNOWN_CLAUSE,
                span,
                format!("no item is called `{word}`"),
            )
            .label("an item's keyword belongs here")
            .help(help)
        };
        let mut repairs: Vec<Repair> = near
            .iter()
            .map(|to| {
                let help = suggest::did_you_mean(&near).unwrap_or_default();
                Repair::new(vec![Patch::new(place.clone(), *to)], said(help))
                    .fix(format!("write `{to}`"))
                    .only_if(suggest::surely(word, &near).is_some())
            })
            .collect();
        repairs.extend(self.chain_repair(&range));
        if let (true, Some((_, to))) = (near.is_empty(), alias) {
            repairs.push(Repair::new(
                vec![Patch::new(place, *to)],
                said(format!("this is called `{to}`")),
            ));
        }
        repairs
    }

    fn unknown_item(&mut self, range: Range<usize>, word: &str) {
        let text = &self.text[range.clone()];
        let line = text.split('\n').next().unwrap_or_default().trim_end();
        let whole = range.start..range.start + line.len();
        let diagnostic = match words::item_example(word) {
            Some(example) => self
                .syntax(whole, format!("this `{word}` cannot be read"))
                .label("the item is not written like this")
                .help(format!("write it like `{example}`")),
            None if text.starts_with('{') => self
                .syntax(
                    range.start..range.start + 1,
                    "this block belongs to no item",
                )
                .label("an item's keyword and name belong before it")
                .help("write, for example, `event drift \"Major members drift\" { … }`"),
            None => self
                .syntax(whole, format!("`{}` is not an item", short(line)))
                .label("an item's keyword belongs at the beginning")
                .help(format!(
                    "the items are {}; a remark begins with `#`",
                    suggest::list(
                        &ITEMS.map(|w| if w == "final" { "final outcome" } else { w }),
                        "and"
                    )
                )),
        };
        self.note(diagnostic);
    }
}

/// The name that an item declares.
fn name_of(item: &Item) -> Option<Name> {
    match item {
        Item::Horizon(h) => Some(h.name.clone()),
        Item::Outcome(o) => Some(o.name.clone()),
        Item::Scenario(s) => Some(s.name.clone()),
        Item::Driver(d) => Some(d.name.clone()),
        Item::Question(q) => Some(q.name.clone()),
        Item::Condition(c) => Some(c.name.clone()),
        Item::View(v) => Some(v.name.clone()),
        Item::Pool(p) => Some(p.name.clone()),
        Item::Quantity(q) => Some(q.name.clone()),
        _ => None,
    }
}

/// The kind of node that a keyword begins.
fn item_kind(word: &str) -> Option<Kind> {
    Some(match word {
        "assessment" => Kind::assessment,
        "horizon" => Kind::horizon,
        "outcome" | "final" => Kind::outcome,
        "prior" => Kind::prior,
        "event" => Kind::event,
        "factor" => Kind::factor,
        "change" => Kind::change,
        "assumption" => Kind::assumption,
        "scenario" => Kind::scenario,
        "bet" => Kind::bet,
        "expect" => Kind::expect,
        "section" => Kind::section,
        "use" => Kind::use_item,
        "exclusive" => Kind::exclusive,
        "overlap" => Kind::overlap,
        "scale" => Kind::scale,
        "strengths" => Kind::strengths,
        "resolved" => Kind::resolved,
        "question" => Kind::question,
        "condition" => Kind::condition,
        "implies" => Kind::implies,
        "view" => Kind::view,
        "pool" => Kind::pool,
        "judgement" => Kind::judgement,
        "quantity" => Kind::quantity,
        "impacts" => Kind::impacts,
        "risk" => Kind::risk,
        _ => return None,
    })
}

/// A name made of a title's first long words.
fn slug(title: &str) -> String {
    let word = title
        .split(|c: char| !c.is_alphanumeric())
        .find(|w| w.len() > 3 && w.starts_with(|c: char| c.is_ascii_alphabetic()))
        .unwrap_or("name");
    word.to_lowercase()
}
