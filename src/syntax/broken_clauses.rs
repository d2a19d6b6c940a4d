//! Clauses that could not be read, or stand in the wrong block.
//!
//! In: `broken_clause` nodes, nested items, clauses that their block has not. Out: one diagnostic each
//! that says which clause was meant or what may stand there, and the clause as meant where one repair
//! makes it readable.

use super::clauses::Clauses;
use super::grammar::Kind;
use super::lower::Lower;
use super::patch::Patch;
use super::recover::{Repair, first_token, meant, short, split_words};
use super::tree::NodeRef;
use super::words::{self, CLAUSES, Clause, Owner};
use std::ops::Range;

/// Other names for clauses, in other tools and in plain speech.
pub(super) const MEANT: [(&str, &str); 28] = [
    ("probability", "chance"),
    ("prob", "chance"),
    ("odds", "chance"),
    ("credence", "chance"),
    ("date", "as of"),
    ("date", "dated"),
    ("rating", "rated"),
    ("grade", "rated"),
    ("reliability", "rated"),
    ("condition", "when"),
    ("if", "when"),
    ("description", "note"),
    ("comment", "note"),
    ("remark", "note"),
    ("notes", "note"),
    ("criteria", "resolves"),
    ("resolution", "resolves"),
    ("background", "context"),
    ("analyst", "author"),
    ("authors", "author"),
    ("keywords", "tags"),
    ("classification", "marking"),
    ("tlp", "marking"),
    ("language", "lang"),
    ("strength", "weight"),
    ("impact", "weight"),
    ("discount", "count"),
    ("sets", "set"),
];

impl Lower<'_> {
    /// What stands in a block and is no clause.
    pub(super) fn broken_clause(&mut self, node: NodeRef<'_>, owner: Owner, into: &mut Clauses) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let comma = text.len() - text.trim_start_matches([',', ' ']).len();
        if comma > 0 && comma < text.len() {
            let diagnostic = self
                .syntax(range.start..range.start + 1, "this comma separates nothing")
                .label("nothing stands before it");
            self.note(diagnostic);
            let entry = match owner {
                Owner::Prior | Owner::Scale | Owner::Strengths => Kind::only_row,
                _ => Kind::only_clause,
            };
            self.again(range.start + comma..range.end, &[], entry, |inner, node| {
                if node.kind() == Kind::row {
                    // Rows are read with their block; this one is left out, and so not missed.
                    let key = node.children().peek().map(|k| inner.read(k).to_owned());
                    into.broken.extend(key);
                } else {
                    inner.one_clause(node, owner, into);
                }
                Some(())
            });
            return;
        }
        let word = first_token(text).trim_end_matches('%');
        let key = key_of(text);
        let in_rows = matches!(owner, Owner::Prior | Owner::Scale | Owner::Strengths);
        let exact = CLAUSES.iter().find(|c| {
            c.key == key
                || c.key == word
                || (c.key == "as of" && text.starts_with("as "))
                || (c.key == "counts in" && text.starts_with("counts in"))
        });
        let repairs = match exact {
            Some(clause) if !in_rows || clause.owners.contains(&owner) => {
                self.head_repairs(range.clone(), clause)
            }
            None if !in_rows => self.key_repairs(range.clone(), key, word, owner),
            _ => Vec::new(),
        };
        let entry = if in_rows {
            Kind::only_row
        } else {
            Kind::only_clause
        };
        let filled = self.first_repair(range.clone(), entry, repairs, |inner, node| {
            let whole = !matches!(
                node.kind(),
                Kind::broken_clause | Kind::nested | Kind::missing_brace
            ) && !words::clause_of(node.kind()).is_some_and(|_| inner.head_only(node));
            whole.then(|| inner.one_clause(node, owner, into))
        });
        if filled.is_some() {
            return;
        }
        if in_rows {
            let first = if key.is_empty() { word } else { key };
            let row = self.broken_row(range, exact, owner);
            into.broken.push(row.unwrap_or_else(|| first.to_owned()));
            return;
        }
        match exact {
            Some(clause) if clause.owners.contains(&owner) => {
                self.bad_head(range, clause);
                into.broken.push(clause.key.to_owned());
            }
            Some(clause) => {
                let key = self.place(range.start..range.start + key_len(text, clause));
                self.misplaced(clause, key, owner);
            }
            None => self.unknown_clause(range, key, owner),
        }
    }

    /// Whether a clause was read only because everything behind its key counts as broken.
    fn head_only(&self, node: NodeRef<'_>) -> bool {
        self.child(node, Kind::broken_rest)
            .is_some_and(|rest| rest.range().is_empty())
    }

    /// What may be wrong with the head of a clause whose key is right.
    fn head_repairs(&self, range: Range<usize>, clause: &Clause) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let at = |from: usize, to: usize| range.start + from..range.start + to;
        let mut repairs = Vec::new();
        let mut parts = split_words(text.split('\n').next().unwrap_or_default()).skip(1);
        let second = parts.next();
        if clause.kind == Kind::weight
            && let Some((i, word)) = second
        {
            let direction = match word.trim_end_matches(':') {
                "towards" | "toward" | "to" | "favouring" | "pro" | "of" | "on" | "fro" => {
                    Some("for")
                }
                "contra" | "con" | "versus" | "vs" | "agianst" => Some("against"),
                other => meant(other, ["against"]),
            };
            match direction {
                    Some(direction) => repairs.push(
                        Repair::new(
                            vec![Patch::new(at(i, i + word.len()), direction)],
                            self.syntax(at(i, i + word.len()), format!("a weight is not `{word}` an outcome"))
                                .label("`for` or `against` belongs here")
                                .help(format!("write `weight {direction} …`")),
                        )
                        .fix(format!("write `{direction}`"))
                        .only_if(!matches!(word, "of" | "on")),
                    ),
                    None if matches!(word, "for:" | "against:") => {
                        let at_end = at(i + word.len() - 1, i + word.len() - 1);
                        repairs.push(Repair::new(
                            vec![Patch::new(at_end, " nothing")],
                            self.syntax(at(0, i + word.len() - 1), "this weight names no outcome")
                                .label("an outcome's name belongs behind this")
                                .help("write `weight for exit: strong`"),
                        ));
                    }
                    None if !matches!(word, "for" | "against") => repairs.push(Repair::new(
                        vec![Patch::new(at(i, i), "for ")],
                        self.syntax(at(0, i + word.trim_end_matches(':').len()), "this weight does not say which way it pushes")
                            .label("`for` or `against` is missing")
                            .help(format!(
                                "write `weight for {0}: …` for what makes it likelier, `weight against {0}: …` for what makes it less likely",
                                word.trim_end_matches(':')
                            )),
                    )),
                    None => {}
                }
        }
        if clause.kind == Kind::weight
            && let Some(colon) = text.find(':')
        {
            for (wrong, right, said) in [
                (" &", ",", "the members of a list stand between commas"),
                (" +", ",", "the members of a list stand between commas"),
                ("if false", "if wrong", "an assumption says `if wrong`"),
                ("if not", "if wrong", "an assumption says `if wrong`"),
                ("if untrue", "if wrong", "an assumption says `if wrong`"),
            ] {
                if let Some(i) = text[..colon].find(wrong) {
                    repairs.push(
                        Repair::new(
                            vec![Patch::new(at(i, i + wrong.len()), right)],
                            self.syntax(
                                at(i + wrong.len() - wrong.trim_start().len(), i + wrong.len()),
                                said,
                            )
                            .label(format!("`{right}` belongs here"))
                            .help(format!(
                                "write `{}`",
                                text[..=colon].replacen(wrong, right, 1)
                            )),
                        )
                        .fix(format!("write `{right}`")),
                    );
                }
            }
        }
        if matches!(clause.kind, Kind::chance | Kind::holds) {
            if let (Some((i, "given")), Some(colon)) = (second, text.find(':')) {
                let start = i + "given".len();
                let start = start + text[start..].len() - text[start..].trim_start().len();
                if start < colon {
                    let end = text[..colon].trim_end().len();
                    repairs.extend(self.condition_repairs(at(start, end), true));
                }
            }
            if let Some((i, word)) = second {
                let bare = word.trim_end_matches(':');
                let guard = match bare {
                    "after" | "since" | "when" | "if" | "following"
                        if text.contains(" within ") =>
                    {
                        Some("once")
                    }
                    "if" | "when" | "under" | "with" | "after" | "assuming" => Some("given"),
                    "else" | "default" | "unless" | "elsewise" => Some("otherwise"),
                    other => meant(other, ["given", "otherwise"]).filter(|w| *w != other),
                };
                if let Some(guard) = guard {
                    repairs.push(
                        Repair::new(
                            vec![Patch::new(at(i, i + bare.len()), guard)],
                            self.syntax(
                                at(i, i + bare.len()),
                                format!("`{bare}` is written `{guard}`"),
                            )
                            .label(format!("`{guard}` belongs here"))
                            .help(match guard {
                                "once" => "a row is `chance once EVENT: 40% within 3 months`",
                                _ => {
                                    "a row is `chance given CONDITION: …` or `chance otherwise: …`"
                                }
                            }),
                        )
                        .fix(format!("write `{guard}`")),
                    );
                }
            }
            // `chance by short: 15%`
            if let Some((i, by @ ("by" | "in"))) = second
                && let Some(colon) = text.find(':').filter(|colon| i < *colon)
            {
                let time = text[i..colon].trim();
                let value = text[colon + 1..].trim();
                repairs.push(
                    Repair::new(
                        vec![Patch::new(
                            at(i.saturating_sub(1), text.len()),
                            format!(": {value} {time}"),
                        )],
                        self.syntax(
                            at(i, i + time.len()),
                            format!("`{by}` stands behind the value, not before the colon"),
                        )
                        .label("this belongs behind the value")
                        .help(format!("write `{}: {value} {time}`", clause.key)),
                    )
                    .fix("put it behind the value"),
                );
            }
        }
        if clause.kind == Kind::evidence {
            let colon = text["evidence".len()..].trim_start();
            if let Some(rest) = colon.strip_prefix(':') {
                let start = text.len() - colon.len();
                repairs.push(
                    Repair::new(
                        vec![Patch::new(
                            at("evidence".len(), text.len() - rest.trim_start().len()),
                            " ",
                        )],
                        self.syntax(at(start, start + 1), "`evidence` takes no colon")
                            .label("the text of the evidence stands here")
                            .help(
                                "write `evidence \"what was seen\" { source: \"…\", rated: B2 }`",
                            ),
                    )
                    .fix("leave the colon out"),
                );
            }
            repairs.extend(self.evidence_text(range.clone()));
        }
        repairs.extend(self.colon_repairs(range, clause.key.len(), clause.key, "a clause"));
        repairs
    }

    /// `evidence Declines to sign { … }`: the text stands without quotes.
    fn evidence_text(&self, range: Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let rest = &text["evidence".len()..];
        let start = text.len() - rest.trim_start_matches([' ', ':', '\t']).len();
        let end = start
            + text[start..]
                .split('{')
                .next()
                .unwrap_or_default()
                .trim_end()
                .len();
        if end <= start || text[start..end].contains('"') {
            return None;
        }
        let inner = range.start + start..range.start + end;
        let said = short(&text[start..end]);
        Some(
            Repair::new(
                vec![
                    Patch::new(inner.start..inner.start, "\""),
                    Patch::new(inner.end..inner.end, "\""),
                ],
                self.syntax(inner, "the text of this evidence stands without quotes")
                    .label("a text stands in quotes")
                    .help(format!("write `evidence \"{said}\"`")),
            )
            .fix("put it in quotes"),
        )
    }

    /// A colon that is missing behind one of the first words.
    pub(super) fn colon_repairs(
        &self,
        range: Range<usize>,
        from: usize,
        key: &str,
        what: &str,
    ) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let line = text.split('\n').next().unwrap_or_default();
        split_words(line)
            .map(|(i, word)| (i, i + word.len()))
            .filter(|(_, end)| *end >= from)
            // Behind `chance` in `chance otherwise` no colon is missing, but a value.
            .filter(|(_, end)| !begins_guard(&line[*end..]))
            .take(8)
            .map(|(_, end)| {
                let place = range.start + end..range.start + end;
                Repair::new(
                    vec![Patch::new(place.clone(), ":")],
                    self.syntax(
                        place,
                        format!("a colon is missing after `{}`", short(&line[..end])),
                    )
                    .label("`:` belongs here")
                    .help(format!(
                        "a colon stands between `{key}` and what {what} says"
                    )),
                )
                .fix("write the colon")
                .strict()
            })
            .collect()
    }

    /// A clause whose key is right and whose head cannot be read.
    fn bad_head(&mut self, range: Range<usize>, clause: &Clause) {
        let text = &self.text[range.clone()];
        if let Some((head, _)) = text.split_once(':') {
            let condition = head[key_len(head, clause)..].trim_start();
            if let Some(condition) = condition.strip_prefix("given ") {
                let start = range.start + head.len() - condition.len();
                let end = start + condition.trim_end().len();
                let reported = self.bad_condition::<()>(start..end);
                self.settle(reported);
                return;
            }
        }
        let diagnostic = self
            .syntax(
                range.start
                    ..range.start + text.split('\n').next().unwrap_or_default().trim_end().len(),
                format!("this `{}` cannot be read", clause.key),
            )
            .label("the clause is not written like this")
            .help(format!("write it like `{}`", clause.example));
        self.note(diagnostic);
    }

    /// A row of a prior, a scale or strengths that cannot be read; its key, where only a colon is
    /// missing.
    fn broken_row(
        &mut self,
        range: Range<usize>,
        clause: Option<&Clause>,
        owner: Owner,
    ) -> Option<String> {
        let text = &self.text[range.clone()];
        if let Some(clause) = clause.filter(|c| !c.owners.contains(&owner)) {
            let key = self.place(range.start..range.start + key_len(text, clause));
            self.misplaced(clause, key, owner);
            return None;
        }
        let (example, what) = match owner {
            Owner::Prior => (
                "exit: 2% by short, 6% by medium",
                "an outcome and its chances",
            ),
            Owner::Scale => ("unlikely: 20% to 45%", "a word and its band"),
            _ => ("strong: 8:1", "a word and its ratio"),
        };
        if !text.contains(':') {
            let repairs = self.colon_repairs(range.clone(), 0, first_token(text), "the row");
            let entry = Kind::only_row;
            let read = |inner: &mut Lower<'_>, node: NodeRef<'_>| {
                let values = inner.child(node, Kind::values)?;
                let whole = values.children().all(|n| n.kind() != Kind::broken_value);
                let key = node.children().peek()?;
                (node.kind() == Kind::row && whole).then(|| inner.word(key).node)
            };
            if let Some(key) = self.first_repair(range.clone(), entry, repairs, read) {
                return Some(key);
            }
        }
        let key = key_of(text);
        if words::is_reserved(key) {
            let span = self.place(range.start..range.start + key.len());
            if let Some(diagnostic) = super::lower::bad_name(key, span) {
                self.note(diagnostic);
                return None;
            }
        }
        let line = text.split('\n').next().unwrap_or_default().trim_end();
        let diagnostic = self
            .syntax(
                range.start..range.start + line.len(),
                format!("`{}` is not {what}", short(line)),
            )
            .label(format!("{what} belong here"))
            .help(format!("write `{example}`"));
        self.note(diagnostic);
        None
    }
}

/// How much of a clause is its key: `as of` may be cut short.
fn key_len(text: &str, clause: &Clause) -> usize {
    match text.starts_with(clause.key) {
        true => clause.key.len(),
        false => first_token(text).len(),
    }
}

/// What stands before the first colon of a line, if it looks like a key.
fn key_of(text: &str) -> &str {
    let line = text.split('\n').next().unwrap_or_default();
    match line.split_once(':') {
        Some((key, _)) if !key.contains(['"', '{']) => key.trim_end(),
        _ => "",
    }
}

/// Whether the words that say when a row holds follow.
fn begins_guard(rest: &str) -> bool {
    let mut words = rest.split_ascii_whitespace();
    matches!(words.next(), Some("otherwise" | "given" | "once"))
}
