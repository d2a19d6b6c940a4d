//! Values of which there are only a few: levels of confidence and Admiralty ratings.
//!
//! In: `option` nodes. Out: the level or rating, or which ones there are.

use super::ast::{Confidence, Rating, Spanned};
use super::lower::{Lower, Lowered};
use super::tree::NodeRef;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::text::lang::Lang;
use crate::text::source::Span;

/// Whether a text is a rating, as `B2`.
pub(super) fn is_rating(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'F', b'1'..=b'6'])
}

impl Lower<'_> {
    pub(super) fn confidence(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Confidence>> {
        let text = self.read(node);
        let span = self.span(node);
        let node = match text {
            "low" => Confidence::Low,
            "moderate" => Confidence::Moderate,
            "high" => Confidence::High,
            _ => {
                return self.unknown_option(
                    span,
                    text,
                    "a level of confidence",
                    &["low", "moderate", "high"],
                );
            }
        };
        Ok(Spanned { node, span })
    }

    /// `lang: de`
    pub(super) fn lang(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Lang>> {
        let (text, span) = (self.read(node), self.span(node));
        match Lang::find(text) {
            Some(node) => Ok(Spanned { node, span }),
            None => {
                let codes: Vec<&str> = Lang::ALL.iter().map(|l| l.code()).collect();
                self.unknown_option(span, text, "a language of reports", &codes)
            }
        }
    }

    pub(super) fn rating(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Rating>> {
        let text = self.read(node);
        let span = self.span(node);
        if let [source @ b'A'..=b'F', digit @ b'1'..=b'6'] = text.as_bytes() {
            return Ok(Spanned {
                node: Rating {
                    source: char::from(*source),
                    information: digit - b'0',
                },
                span,
            });
        }
        let upper = text.to_uppercase();
        let mut diagnostic = Diagnostic::new(
            &rules::UNKNOWN_OPTION,
            span,
            format!("`{text}` is no Admiralty rating"),
        )
        .label("a letter from A to F, then a digit from 1 to 6")
        .help("the letter rates the source (`A` reliable … `E` unreliable, `F` cannot be judged), the digit the information (`1` confirmed … `5` improbable, `6` cannot be judged)");
        let letters: String = upper.chars().filter(|c| c.is_alphanumeric()).collect();
        let swapped: String = letters.chars().rev().collect();
        for reading in [letters.as_str(), swapped.as_str()] {
            if is_rating(reading) && reading != text {
                diagnostic = diagnostic.help(format!("write `{reading}`")).fix(Fix::safe(
                    format!("write `{reading}`"),
                    span,
                    reading,
                ));
                break;
            }
        }
        self.report(diagnostic)
    }

    /// Reports a word that is not one of the few that may stand there.
    pub(super) fn unknown_option<T>(
        &mut self,
        span: Span,
        text: &str,
        noun: &str,
        options: &[&str],
    ) -> Lowered<T> {
        let mut near = suggest::nearest(text, options.iter().copied());
        // How analysts say it, too far for a slip of the keys.
        let medium = near.is_empty() && text.eq_ignore_ascii_case("medium");
        if medium {
            near.extend(options.iter().filter(|o| **o == "moderate"));
        }
        let all = suggest::list(options, "or");
        let mut diagnostic = Diagnostic::new(
            &rules::UNKNOWN_OPTION,
            span,
            format!("`{text}` is not {noun}"),
        )
        .label(format!("one of {all} belongs here"));
        if let Some(help) = suggest::did_you_mean(&near) {
            diagnostic = diagnostic.help(help);
        }
        if let [only] = near.as_slice() {
            let sure = medium || suggest::surely(text, &near).is_some();
            diagnostic = diagnostic.fix(Fix {
                safe: sure,
                ..Fix::risky(format!("write `{only}`"), span, *only)
            });
        }
        self.report(diagnostic)
    }
}
