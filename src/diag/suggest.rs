//! "Did you mean": the nearest of the words that may stand somewhere.
//!
//! In: what was written and what may be written. Out: the likeliest meant words, nearest first.

/// The candidates near enough to `written` to be meant, nearest first, at most three.
///
/// Distance is Damerau-Levenshtein over letters in lower case (optimal string alignment); near
/// enough is at most a third of the longer word's letters, at least one.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let low = written.to_lowercase();
    let mut near: Vec<(usize, usize, &str)> = candidates
        .into_iter()
        .enumerate()
        .filter_map(|(order, candidate)| {
            let limit = (candidate.chars().count().max(low.chars().count()) / 3).max(1);
            let distance = strsim::osa_distance(&low, &candidate.to_lowercase());
            (distance <= limit).then_some((distance, order, candidate))
        })
        .collect();
    near.sort_unstable();
    near.dedup_by_key(|n| n.2);
    near.truncate(3);
    near.into_iter().map(|n| n.2).collect()
}

/// The one word of a closed list that was surely meant: no other is near, a letter or two are wrong,
/// and it is not the other with something before it, as `improbable` is to `probable`.
pub fn surely<'a>(written: &str, near: &[&'a str]) -> Option<&'a str> {
    let [only] = near else { return None };
    let (low, word) = (written.to_lowercase(), only.to_lowercase());
    let letters = low.chars().count().max(word.chars().count());
    let slips = strsim::osa_distance(&low, &word);
    let negated = slips > 1 && (low.ends_with(&word) || word.ends_with(&low));
    (slips <= (letters / 5).max(1) && !negated).then_some(only)
}

/// "did you mean `a`, `b` or `c`?", or nothing where nothing is near.
pub fn did_you_mean(near: &[&str]) -> Option<String> {
    (!near.is_empty()).then(|| format!("did you mean {}?", list(near, "or")))
}

/// "`a`, `b` or `c`", with the given last conjunction.
pub fn list<S: AsRef<str>>(words: &[S], conjunction: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|w| format!("`{}`", w.as_ref())).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}
