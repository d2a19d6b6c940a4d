//! Through whom a source was heard.
//!
//! In: a source as cited. Out: what stands behind `through`, `via`, `citing`, `as reported in` and the like.

/// Words behind which a channel stands.
const WORDS: &[&str] = &[
    " through ", " via ", " citing ", " as reported in ", " as reported by ", " as cited in ", " as cited by ",
    " as quoted in ", " as quoted by ", " as described in ", " as told to ", " as relayed by ", " quoted in ",
    " quoted by ", " reported by ",
];

/// The channel of a source, as written, without the article and a final full stop.
pub(crate) fn of(source: &str) -> Option<&str> {
    let low = source.to_lowercase();
    if low.len() != source.len() {
        return None;
    }
    let ends = WORDS.iter().filter_map(|word| Some(low.rfind(word)? + word.len()));
    let at = ends.max()?;
    let mut channel = source.get(at..)?.trim().trim_end_matches(['.', ')', ' ']);
    for article in ["the ", "The ", "a ", "an "] {
        channel = channel.strip_prefix(article).unwrap_or(channel);
    }
    // "Figures through 2024", "through March": up to then.
    let date = channel.starts_with(|c: char| c.is_ascii_digit()) || MONTHS.iter().any(|m| channel.starts_with(m));
    (!date && !channel.is_empty()).then_some(channel)
}

/// What begins a date.
const MONTHS: &[&str] = &[
    "January", "February", "March", "April", "May ", "June", "July", "August", "September", "October", "November",
    "December", "spring", "summer", "autumn", "winter", "Q1", "Q2", "Q3", "Q4", "end", "mid",
];

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn channels_are_told_from_dates() {
        for (source, channel) in [
            ("A minister, through the agency", Some("agency")),
            ("A general via Reuters.", Some("Reuters")),
            ("The bulletin, citing an aide", Some("aide")),
            ("United Nations, as reported in the note", Some("note")),
            ("Labour statistics through 2024", None),
            ("Polls through March", None),
            ("The Viadrina university", None),
        ] {
            assert_eq!(of(source), channel, "{source}");
        }
    }
}
