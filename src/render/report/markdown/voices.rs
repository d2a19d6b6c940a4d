//! Key judgements, and views beside each other.
//!
//! In: a report. Out: its parts in Markdown, at the end of the page so far.

use super::text::{code, line, text};
use super::{Page, chance};

impl Page<'_> {
    pub(super) fn judgements(&mut self) {
        let r = self.report;
        if r.judgements.is_empty() {
            return;
        }
        self.heading(2, self.say.get("judgements"));
        for judgement in &r.judgements {
            self.line(&format!("**{}**", text(&judgement.text)));
            let mut said = vec![text(&judgement.answer)];
            said.extend(judgement.confidence.as_deref().map(text));
            if !judgement.rests_on.is_empty() {
                let names: Vec<String> = judgement.rests_on.iter().map(|n| text(n)).collect();
                said.push(self.say.fill("rests_on", &[("names", &names.join("; "))]));
            }
            let claim = code(&format!("{}: {}", judgement.on, judgement.says));
            said.push(format!("({claim}, {})", line(self.say, judgement.place)));
            self.line(&said.join(" "));
            self.prose(&judgement.note);
        }
    }

    pub(super) fn views(&mut self) {
        let r = self.report;
        if r.voices.is_empty() {
            return;
        }
        self.heading(2, self.say.get("views"));
        self.line(self.say.get("voices_remark"));
        self.picture("views");
        for (o, outcome) in r.outcomes.iter().enumerate() {
            self.line(&format!("**{}**", text(&outcome.title)));
            let rows = r.voices.iter().map(|voice| {
                let cells = voice
                    .horizons
                    .iter()
                    .map(|at| chance(&at.outcomes[o], false));
                (text(&voice.title), cells.collect())
            });
            let rows: Vec<(String, Vec<String>)> = rows.collect();
            self.table(&rows);
        }
        self.line(&format!("**{}**", self.say.get("leader")));
        let rows = r.voices.iter().map(|voice| {
            let cells = voice.horizons.iter().map(|at| {
                let leader = at.leader.as_deref().map_or("—".to_owned(), text);
                let leader = if at.differs {
                    format!("**{leader}**")
                } else {
                    leader
                };
                match &at.confidence {
                    Some(level) => format!(
                        "{leader}; {}: {}",
                        self.say.get("confidence_in_cell"),
                        self.say.get(level)
                    ),
                    None => leader,
                }
            });
            (text(&voice.title), cells.collect())
        });
        let rows: Vec<(String, Vec<String>)> = rows.collect();
        self.table(&rows);
        for voice in &r.voices {
            let Some(place) = voice.place else { continue };
            let mut about = vec![code(&voice.id)];
            about.extend(voice.about.iter().map(|a| text(a)));
            about.push(line(self.say, place));
            self.line(&format!("{}: {}", text(&voice.title), about.join(" · ")));
            self.prose(&voice.note);
        }
    }
}
