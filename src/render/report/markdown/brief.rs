//! The brief in Markdown.
//!
//! In: a report. Out: its brief, at the end of the page so far.

use super::Page;
use super::text::{paragraphs, source, text};
use crate::render::report::view::brief;
use crate::render::report::view::brief::Ground;
use std::fmt::Write;

impl Page<'_> {
    pub(super) fn brief(&mut self) {
        let r = self.report;
        let brief = brief::of(r);
        self.house();
        let _ = write!(self.out, "\n# {}\n", text(&r.title));
        let author = r.author.iter().map(|a| text(a));
        let facts = author.chain([format!("{} {}", self.say.get("as_of"), r.as_of_words)]);
        self.line(&facts.collect::<Vec<_>>().join(" · "));
        self.under();
        if !r.judgements.is_empty() {
            self.heading(2, self.say.get("judgements"));
            let lines = r.judgements.iter().map(|judgement| {
                let said = judgement
                    .confidence
                    .as_deref()
                    .map_or(String::new(), |c| format!(" {}", text(c)));
                format!(
                    "{} {}{said}",
                    text(&judgement.text),
                    text(&judgement.answer)
                )
            });
            let lines: Vec<String> = lines.collect();
            self.list(&lines);
        }
        if let Some(summary) = &brief.summary {
            if !summary.title.is_empty() {
                self.heading(2, &text(&summary.title));
            }
            paragraphs(&mut self.out, &summary.text, false);
            if summary.shortened {
                self.line(self.say.get("shortened"));
            }
        }
        self.heading(2, self.say.get("answer"));
        for question in &brief.questions {
            if let Some(title) = &question.title {
                self.heading(3, &text(title));
            }
            for sentence in &question.sentences {
                self.line(&text(sentence));
            }
        }
        self.picture("outcomes");
        if !brief.reasons.is_empty() {
            self.heading(2, self.say.get("brief_reasons"));
            self.out.push('\n');
            for (i, reason) in brief.reasons.iter().enumerate() {
                let effect = reason.effect.iter().map(|e| format!(": {}.", text(e)));
                let effect: String = effect.collect();
                let _ = writeln!(self.out, "{}. **{}**{effect}", i + 1, text(&reason.title));
                for item in &reason.evidence {
                    let _ = writeln!(self.out, "   - {}", ground(item));
                }
            }
        }
        if !brief.changes.is_empty() {
            self.heading(2, self.say.get("brief_changes"));
            let lines: Vec<String> = brief.changes.iter().map(|c| text(c)).collect();
            self.list(&lines);
        }
        let name = r.files.first().map_or("", |f| f.name.as_str());
        let gaps = [("version", r.method.version.as_str()), ("file", name)];
        self.line(&self.say.fill("brief_footer", &gaps));
    }
}

/// "What was seen (who says so, 1 March 2025)"
fn ground(item: &Ground) -> String {
    let from = item.source.iter().map(source);
    let from: Vec<String> = from.chain(item.dated.clone()).collect();
    match &item.text {
        Some(seen) if from.is_empty() => text(seen),
        Some(seen) => format!("{} ({})", text(seen), from.join(", ")),
        None => from.join(", "),
    }
}
