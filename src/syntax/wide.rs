//! Ranges with a level or a centre, and ranges between words.
//!
//! In: `wide` nodes. Out: chances and strengths whose ends, level and centre agree with each other.
//! `20% to 40%` alone is none of these.

use super::ast::{Chance, Name, Spanned, Strength, Wide, WordRange};
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::tree::NodeRef;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::text::source::Span;

/// The level of a range that states none.
const LEVEL: f64 = 0.9;
/// The levels that may be stated.
const LEVELS: std::ops::RangeInclusive<f64> = 0.5..=0.99;

/// What a `wide` node is made of.
enum Parts<'t> {
    Words(Name, Name),
    Range(NodeRef<'t>),
    Centred(NodeRef<'t>, NodeRef<'t>),
}

impl Lower<'_> {
    /// `17% to 25% at 70%`, `9% (5% to 20%)`, `unlikely to likely`
    pub(super) fn wide_chance(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Chance>> {
        let span = self.span(node);
        let (parts, level, yearly) = self.wide_parts(node)?;
        let (centre, range) = match parts {
            Parts::Words(low, high) => {
                return Ok(Spanned {
                    node: Chance::Words(WordRange { low, high, level }),
                    span,
                });
            }
            Parts::Range(range) => (None, range),
            Parts::Centred(centre, range) => (Some(self.chance(centre)?), range),
        };
        let ends = self.chance(range)?;
        let (low, high, by_year) = match ends.node {
            Chance::Range(low, high) => (low, high, yearly),
            Chance::PerYearRange(low, high) => (low, high, true),
            _ => return self.no_range(ends.span, centre.is_some(), "5% to 20%"),
        };
        let centre = match centre {
            None => None,
            Some(stated) => match stated.node {
                Chance::Share(share) | Chance::PerYear(share) => {
                    self.between(share, low, high, stated.span, ends.span)?;
                    Some(share)
                }
                _ => return self.no_centre(stated.span, "9% (5% to 20%)"),
            },
        };
        let wide = Wide {
            centre,
            low,
            high,
            level,
        };
        let node = match by_year {
            true => Chance::PerYearWide(wide),
            false => Chance::Wide(wide),
        };
        Ok(Spanned { node, span })
    }

    /// `2:1 to 6:1 at 70%`, `3:1 (2:1 to 6:1)`, `weak to strong`
    pub(super) fn wide_strength(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Strength>> {
        let span = self.span(node);
        let (parts, level, _) = self.wide_parts(node)?;
        let (centre, range) = match parts {
            Parts::Words(low, high) => {
                return Ok(Spanned {
                    node: Strength::Words(WordRange { low, high, level }),
                    span,
                });
            }
            Parts::Range(range) => (None, range),
            Parts::Centred(centre, range) => (Some(self.strength(centre)?), range),
        };
        let ends = self.strength(range)?;
        let Strength::Range(low, high) = ends.node else {
            return self.no_range(ends.span, centre.is_some(), "2:1 to 6:1");
        };
        let centre = match centre {
            None => None,
            Some(stated) => match stated.node {
                Strength::Log(log) => {
                    self.between(log, low, high, stated.span, ends.span)?;
                    Some(log)
                }
                _ => return self.no_centre(stated.span, "3:1 (2:1 to 6:1)"),
            },
        };
        Ok(Spanned {
            node: Strength::Wide(Wide {
                centre,
                low,
                high,
                level,
            }),
            span,
        })
    }

    /// Reports a range with a level or a centre where one plain number belongs.
    pub(super) fn no_wide<T>(&mut self, node: NodeRef<'_>, wanted: &str) -> Lowered<T> {
        let span = self.span(node);
        let text = self.read(node);
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                span,
                format!("`{text}` is a range with a level or a centre"),
            )
            .label(format!("{wanted} belongs here"))
            .help("ranges with a level or a centre are for chances and strengths"),
        )
    }

    /// The parts, the level, and whether `per year` stands behind.
    fn wide_parts<'t>(&mut self, node: NodeRef<'t>) -> Lowered<(Parts<'t>, f64, bool)> {
        let mut children = node.children();
        let terms = children.many(Kind::term);
        let parts = match terms[..] {
            [low, high] => Parts::Words(self.word(low), self.word(high)),
            _ => {
                let first = children.one(Kind::value, "a range")?;
                match children.maybe(Kind::value) {
                    Some(range) => Parts::Centred(first, range),
                    None => Parts::Range(first),
                }
            }
        };
        let level = match children.maybe(Kind::level) {
            Some(level) => self.level(level)?,
            None => LEVEL,
        };
        let per = children.maybe(Kind::per);
        children.finish("the end of a range")?;
        if let Some(per) = per {
            let unit = per.children().one(Kind::unit, "a unit")?;
            let word = self.read(unit);
            if !matches!(word, "year" | "years") {
                let span = self.span(per);
                return self.report(
                    Diagnostic::new(
                        &rules::UNKNOWN_OPTION,
                        span,
                        format!("a rate counts years, not `{word}`"),
                    )
                    .label("per which year?")
                    .help("write it as `2% (1% to 4%) per year`"),
                );
            }
        }
        Ok((parts, level, per.is_some()))
    }

    fn level(&mut self, node: NodeRef<'_>) -> Lowered<f64> {
        let number = node.children().one(Kind::number, "a level")?;
        let level = self.number(number)? / 100.0;
        if LEVELS.contains(&level) {
            return Ok(level);
        }
        let span = self.span(node);
        let text = self.read(node);
        self.report(
            Diagnostic::new(
                &rules::IMPOSSIBLE_NUMBER,
                span,
                format!("`{text}` is no level for a range"),
            )
            .label("a level is between 50% and 99%")
            .help("it says in how many of 100 cases the number lies within the range: `17% to 25% at 70%`; without it, in 90"),
        )
    }

    fn no_range<T>(&mut self, span: Span, centred: bool, example: &str) -> Lowered<T> {
        let (message, help) = match centred {
            true => (
                "a range belongs between the parentheses",
                format!(
                    "write both ends: `({example})`; how sure a range is stands behind it: `{example} at 80%`"
                ),
            ),
            false => (
                "a level belongs behind a range",
                format!("write both ends: `{example} at 80%`"),
            ),
        };
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, span, message)
                .label("this is no range")
                .help(help),
        )
    }

    fn no_centre<T>(&mut self, span: Span, example: &str) -> Lowered<T> {
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, span, "a range's centre is one number")
                .label("this is no single number")
                .help(format!("write it as `{example}`: the centre is the median")),
        )
    }

    fn between(&mut self, centre: f64, low: f64, high: f64, at: Span, ends: Span) -> Lowered<()> {
        if low < centre && centre < high {
            return Ok(());
        }
        self.report(
            Diagnostic::new(
                &rules::IMPOSSIBLE_NUMBER,
                at,
                "the centre does not lie within its range",
            )
            .label("as likely too low as too high")
            .other(ends, "the range")
            .help("half of the cases lie on each side of the centre: it stands between the ends"),
        )
    }
}
