//! Items whose block is a list of the user's own words: a prior, a scale, strengths.
//!
//! In: their nodes. Out: [`Prior`], [`Scale`], [`Strengths`], each word once.

use super::ast::*;
use super::broken_values::Want;
use super::clauses::Clauses;
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::tree::NodeRef;
use super::words::Owner;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};

impl Lower<'_> {
    pub(super) fn prior(&mut self, node: NodeRef<'_>) -> Lowered<Prior> {
        let mut children = node.children();
        let before = children.maybe(Kind::string);
        let guard = match children.peek_kind() {
            Some(Kind::given) => {
                let given = children.one(Kind::given, "given")?;
                self.given(given).map(Guard::Given)
            }
            Some(Kind::otherwise) => {
                children.next();
                Ok(Guard::Otherwise)
            }
            _ => Ok(Guard::Plain),
        };
        let behind = children.maybe(Kind::string);
        let title = before.or(behind).map(|t| self.string(t)).transpose();
        let rows_node = children.one(Kind::rows, "the prior's rows")?;
        let mut rows: Vec<PriorRow> = Vec::new();
        let mut broken = Vec::new();
        let mut confidence = None;
        let clauses = self.rows(rows_node, Owner::Prior, |lower, row, key, values| {
            // `confidence: high` is written as a row is; an outcome of that name has a chance.
            if let Some(level) = lower.confidence_row(key, values) {
                confidence = Some(level);
                return;
            }
            if lower.counted_otherwise(key, values) {
                broken.push("counts in".to_owned());
                return;
            }
            let lowered = lower.prior_row(row, key, values);
            match lower.settle(lowered) {
                None => broken.push(lower.word(key).node),
                Some(row) => match rows.iter().find(|r| r.outcome.node == row.outcome.node) {
                    Some(first) => {
                        let key = row.outcome.node.clone();
                        lower.duplicate(&key, row.outcome.span, first.outcome.span);
                    }
                    None => rows.push(row),
                },
            }
        });
        broken.extend(clauses.broken);
        Ok(Prior {
            span: self.span(node),
            keyword: self.keyword(node, "prior".len()),
            guard: guard?,
            head: self.head(node, before.or(behind).unwrap_or(rows_node)),
            title: title?,
            rows,
            counts_in: clauses.counts_in,
            confidence,
            evidence: clauses.evidence,
            prose: clauses.prose,
            broken,
        })
    }

    /// The level of `confidence: high` in a prior.
    fn confidence_row(&self, key: NodeRef<'_>, values: NodeRef<'_>) -> Option<Spanned<Confidence>> {
        if self.read(key) != "confidence" {
            return None;
        }
        let node = match self.read(values) {
            "low" => Confidence::Low,
            "moderate" => Confidence::Moderate,
            "high" => Confidence::High,
            _ => return None,
        };
        let span = self.span(values);
        Some(Spanned { node, span })
    }

    fn prior_row(
        &mut self,
        row: NodeRef<'_>,
        key: NodeRef<'_>,
        values: NodeRef<'_>,
    ) -> Lowered<PriorRow> {
        let outcome = self.row_name(key, "an outcome", "exit: 2% by short");
        let mut children = values.children();
        let rest = children
            .maybe(Kind::value)
            .filter(|v| self.read(*v) == "rest" && children.peek().is_none());
        let called = values
            .children()
            .peek()
            .filter(|v| self.means_rest(*v, values));
        if let Some(called) = called {
            let (span, said) = (self.span(called), self.read(called));
            self.note(
                Diagnostic::new(
                    &rules::UNKNOWN_WORD,
                    span,
                    format!("`{said}` is written `rest`"),
                )
                .label("what the other outcomes leave")
                .help("write `rest`")
                .fix(Fix::safe("write `rest`", span, "rest")),
            );
        }
        let value = match rest.or(called) {
            Some(rest) => Ok(PriorValue::Rest(self.span(rest))),
            None => self
                .by_time(values, Want::Chance, |l, v| l.chance(v))
                .map(PriorValue::Chances),
        };
        let (outcome, value) = (outcome?, value?);
        if let PriorValue::Chances(chances) = &value {
            self.rates_stand_alone(chances)?;
        }
        Ok(PriorRow {
            span: self.span(row),
            outcome,
            value,
        })
    }

    /// Whether all that a row says is what the others leave, in another word.
    fn means_rest(&self, value: NodeRef<'_>, values: NodeRef<'_>) -> bool {
        const WORDS: [&str; 12] = [
            "the rest",
            "remainder",
            "the remainder",
            "remaining",
            "residual",
            "balance",
            "the balance",
            "else",
            "everything else",
            "all else",
            "other",
            "what is left",
        ];
        let said = self.text[values.range()].trim();
        let is_term = value.kind() == Kind::value && value.range() == values.range();
        // A scale of the file's own may have such a word.
        is_term
            && WORDS.contains(&said.to_lowercase().as_str())
            && !self.text.contains(&format!("{said}:"))
    }

    /// The rows of a prior, a scale or strengths, each given to `read` with its key and values; the
    /// other clauses of the block.
    fn rows(
        &mut self,
        node: NodeRef<'_>,
        owner: Owner,
        mut read: impl FnMut(&mut Self, NodeRef<'_>, NodeRef<'_>, NodeRef<'_>),
    ) -> Clauses {
        let mut clauses = Clauses::default();
        for child in node.children() {
            if self.is_full() {
                break;
            }
            if child.kind() != Kind::row {
                self.one_clause(child, owner, &mut clauses);
                continue;
            }
            let mut parts = child.children();
            let pair = parts
                .any("a word")
                .and_then(|key| Ok((key, parts.one(Kind::values, "values")?)));
            if let Some((key, values)) = self.settle(pair.map_err(Into::into)) {
                read(self, child, key, values);
            }
        }
        clauses
    }

    pub(super) fn scale(&mut self, node: NodeRef<'_>) -> Lowered<Scale> {
        let mut children = node.children();
        let name = children.one(Kind::option, "a name")?;
        let rows_node = children.one(Kind::rows, "words")?;
        let (words, broken, prose) = self.words(rows_node, Owner::Scale, |lower, values| {
            let value = lower.one_value(values, "a band", "`5% to 20%`")?;
            lower.band(value)
        });
        Ok(Scale {
            span: self.span(node),
            name: self.word(name),
            words,
            broken,
            prose,
        })
    }

    pub(super) fn strengths(&mut self, node: NodeRef<'_>) -> Lowered<Strengths> {
        let mut children = node.children();
        let name = children.maybe(Kind::option).map(|n| self.word(n));
        let rows_node = children.one(Kind::rows, "words")?;
        let (words, broken, prose) = self.words(rows_node, Owner::Strengths, |lower, values| {
            let example = "`8:1`, `9 dB` or `4:1 to 16:1`";
            let value = lower.one_value(values, "a strength", example)?;
            lower.stated_strength(value)
        });
        Ok(Strengths {
            span: self.span(node),
            name,
            words,
            broken,
            prose,
        })
    }

    /// The words of a scale or strengths with what `meaning` reads of each, the words for which it
    /// reads nothing, and the block's prose.
    fn words<T>(
        &mut self,
        node: NodeRef<'_>,
        owner: Owner,
        meaning: impl Fn(&mut Self, NodeRef<'_>) -> Lowered<T>,
    ) -> (Vec<(Name, T)>, Vec<String>, ProseClauses) {
        let (mut words, mut broken) = (Vec::new(), Vec::new());
        let clauses = self.rows(node, owner, |lower, _, key, values| {
            let word = lower.row_word(key, &words);
            let meaning = meaning(lower, values);
            match (lower.settle(word), lower.settle(meaning)) {
                (Some(word), Some(meaning)) => words.push((word, meaning)),
                (Some(word), None) => broken.push(word.node),
                (None, _) => {}
            }
        });
        broken.extend(clauses.broken);
        (words, broken, clauses.prose)
    }

    /// A strength in numbers, as a word's meaning must be.
    fn stated_strength(&mut self, value: NodeRef<'_>) -> Lowered<Spanned<Strength>> {
        let strength = self.strength(value)?;
        if let Strength::Word(word)
        | Strength::Words(WordRange {
            low: Name { node: word, .. },
            ..
        }) = &strength.node
        {
            return self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    strength.span,
                    format!("`{word}` is a word"),
                )
                .label("a word is explained by a ratio or decibans")
                .help("write `8:1`, `9 dB` or a range such as `4:1 to 16:1`"),
            );
        }
        Ok(strength)
    }
}
