//! A number's clause as a page says it, with titles for names.
//!
//! In: an assessment and a parameter. Out: "Congress objects: weight against Full exit".

use crate::infer::flip::parameter::{Kind, Parameter};
use crate::phrases::Phrases;
use crate::resolve::assessment::Assessment;

/// A number's clause with titles for names.
pub(crate) fn titled(a: &Assessment, parameter: &Parameter, say: &Phrases) -> String {
    let driver = |name: &str| a.drivers.id(name).map(|d| a.drivers[d].title.clone());
    let outcome = |name: &str| a.outcomes.id(name).map(|o| a.outcomes[o].title.clone());
    let label = &parameter.label;
    let (first, rest) = label.split_once(' ').unwrap_or((label, ""));
    // What a clause is, in the words of the page.
    let word = |word: &str| match word {
        "prior" => say.get("tip_prior").to_owned(),
        "overlap" => say.get("tip_overlap").to_owned(),
        "weight for " => say.get("tip_weight_for").to_owned(),
        "weight against " => say.get("tip_weight_against").to_owned(),
        "count " => say.get("tip_count").to_owned(),
        "move" => say.get("tip_move").to_owned(),
        "chance" => say.get("tip_chance").to_owned(),
        "holds" => say.get("tip_holds").to_owned(),
        other => other.to_owned(),
    };
    match parameter.kind {
        Kind::Prior => outcome(rest).map(|title| format!("{}: {title}", word(first))),
        Kind::Overlap => {
            let titles: Option<Vec<String>> = rest.split(", ").map(driver).collect();
            titles.map(|titles| format!("{}: {}", word(first), titles.join(", ")))
        }
        Kind::Weight | Kind::Likelihood | Kind::Count => {
            let at = [" for ", " against "]
                .iter()
                .find_map(|way| Some(rest.find(way)? + way.len()));
            let at = at
                .or_else(|| Some(rest.rfind(' ')? + 1))
                .unwrap_or_default();
            let (words, names) = rest.split_at(at);
            let titled = |name: &str| outcome(name).or_else(|| driver(name));
            let titles: Option<Vec<String>> = names.split(", ").map(titled).collect();
            let names = match titles.as_deref() {
                None => names.to_owned(),
                Some([one]) => one.clone(),
                // Titles have commas of their own.
                Some(all) => {
                    let all: Vec<String> = all.iter().map(|one| say.quote(one)).collect();
                    say.list(&all)
                }
            };
            let words = word(words);
            driver(first).map(|title| format!("{title}: {words}{names}"))
        }
        Kind::Move => {
            let quantity =
                |name: &str| a.quantities.id(name).map(|q| a.quantities[q].title.clone());
            let moved = rest
                .rsplit_once(' ')
                .and_then(|(words, name)| Some(format!("{} {}", word(words), quantity(name)?)));
            driver(first)
                .zip(moved)
                .map(|(title, moved)| format!("{title}: {moved}"))
        }
        // A condition is shown as it is written, here as elsewhere.
        _ => driver(first).map(|title| format!("{title}: {}", word(rest))),
    }
    .unwrap_or_else(|| label.clone())
}
