//! The phrases of a report in each of its languages.
//!
//! In: a file of phrases for each language, read once. Out: text with its gaps filled, dates and
//! numbers as the language writes them. Words of a scale and all that an author wrote stay as they are.

use crate::syntax::ast::Dated;
use crate::text::lang::Lang;
use indexmap::IndexMap;
use jiff::civil::Date;
use memchr::memmem;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The file of a language.
fn file(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("en.toml"),
        Lang::De => include_str!("de.toml"),
        Lang::Fr => include_str!("fr.toml"),
        Lang::Es => include_str!("es.toml"),
    }
}

/// The phrases of one language, read when the first of them is asked for.
pub struct Phrases {
    lang: Lang,
    texts: OnceLock<Texts>,
    /// How many were looked up before all were read.
    asked: AtomicUsize,
}

/// So few phrases are sooner found in the file than all are read.
const FEW: usize = 16;

type Texts = IndexMap<&'static str, Cow<'static, str>>;

/// Those of each language.
static ALL: [Phrases; Lang::ALL.len()] = {
    let mut all = [const {
        Phrases {
            lang: Lang::En,
            texts: OnceLock::new(),
            asked: AtomicUsize::new(0),
        }
    }; Lang::ALL.len()];
    let mut place = 0;
    while place < all.len() {
        all[place].lang = Lang::ALL[place];
        place += 1;
    }
    all
};

impl fmt::Debug for Phrases {
    /// Whatever of it was read already.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Phrases").field(&self.lang).finish()
    }
}

impl Serialize for Phrases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.texts().serialize(serializer)
    }
}

impl Phrases {
    /// Those of a language.
    pub fn of(lang: Lang) -> &'static Phrases {
        ALL.iter().find(|all| all.lang == lang).unwrap_or(&ALL[0])
    }

    fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| Phrases::read(self.lang))
    }

    /// A phrase looked up in the file; none where it has escapes.
    fn found(&self, key: &str) -> Option<&'static str> {
        let file = file(self.lang);
        let line = format!("\n{key} = \"");
        let at = memmem::find(file.as_bytes(), line.as_bytes())? + line.len();
        let text = file[at..].lines().next()?.strip_suffix('"')?;
        (!text.contains('\\')).then_some(text)
    }

    /// The files have one line `key = "text"` a phrase, which is read without more of TOML: a verdict is
    /// not to wait for its words.
    fn read(lang: Lang) -> Texts {
        let lines = file(lang).lines();
        let pairs = lines.filter_map(|line| {
            // By single bytes, for which nothing has to be prepared line by line.
            let (key, text) = line.split_once('"')?;
            Some((key.strip_suffix(" = ")?, unescaped(text.strip_suffix('"')?)))
        });
        pairs.collect()
    }

    /// A phrase; its own key where there is none, which the tests rule out.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        if self.texts.get().is_none()
            && self.asked.fetch_add(1, Ordering::Relaxed) < FEW
            && let Some(text) = self.found(key)
        {
            return text;
        }
        self.texts().get(key).map_or(key, |text| text)
    }

    /// The file of a language, which says whether its phrases are others.
    #[cfg(feature = "html")]
    pub(crate) fn written(lang: Lang) -> &'static str {
        file(lang)
    }

    /// Every phrase by its key.
    #[cfg(feature = "html")]
    pub(crate) fn all(&'static self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.texts().iter().map(|(key, text)| (*key, &**text))
    }

    /// A phrase with its gaps filled.
    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        fill(self.get(key), gaps)
    }

    /// A phrase for one of something, or for several, in which `{n}` is how many.
    pub fn count(&self, key: &str, n: usize) -> String {
        match n {
            1 => self.get(&format!("{key}_one")).to_owned(),
            n => self.fill(key, &[("n", &n.to_string())]),
        }
    }

    /// A title in quotation marks.
    pub fn quote(&self, title: &str) -> String {
        self.fill("quote", &[("title", title)])
    }

    /// "a, b and c".
    pub fn list(&self, parts: &[String]) -> String {
        match parts {
            [one] => one.clone(),
            [all @ .., last] => format!("{} {} {last}", all.join(", "), self.get("and")),
            [] => String::new(),
        }
    }

    /// A day or month in words, no more precise than it was stated: "September 2025".
    pub fn dated(&self, dated: Dated) -> String {
        if !dated.is_month() {
            return self.date(dated.last());
        }
        let (month, year) = (dated.last().month(), dated.last().year().to_string());
        let gaps = [("month", self.month(month)), ("year", year.as_str())];
        self.fill("month_year", &gaps)
    }

    fn month(&self, month: i8) -> &str {
        let place = usize::try_from(month - 1).unwrap_or_default();
        self.get("months").split(' ').nth(place).unwrap_or_default()
    }

    /// A day in words: "1 September 2025".
    pub fn date(&self, day: Date) -> String {
        let (number, year) = (day.day().to_string(), day.year().to_string());
        let gaps = [
            ("day", number.as_str()),
            ("month", self.month(day.month())),
            ("year", &year),
        ];
        self.fill("date", &gaps)
    }

    /// A number that was printed in English, as the language writes it: "0,5 %", "knapp über 55 %".
    pub fn number(&self, text: &str) -> String {
        let (mark, percent) = (self.get("decimal_mark"), self.get("percent"));
        if (mark, percent) == (".", "%") {
            return text.to_owned();
        }
        let mut text = text.to_owned();
        for (english, key) in [
            ("just over", "just_over"),
            ("just under", "just_under"),
            ("above the scale", "above_scale"),
            ("below the scale", "below_scale"),
        ] {
            if text.contains(english) {
                text = text.replace(english, self.get(key));
            }
        }
        let mut out = String::with_capacity(text.len() + 4);
        let mut chars = text.chars().peekable();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            let is_between =
                before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
            match c {
                '.' if is_between => out.push_str(mark),
                '%' if before.is_ascii_digit() => out.push_str(percent),
                c => out.push(c),
            }
            before = c;
        }
        out
    }

    /// Sentences that were put together in English, one by one; what no phrase `told_…` says stays as
    /// it is.
    pub fn told(&self, english: &str) -> String {
        let own = Phrases::of(Lang::En);
        if std::ptr::eq(self, own) {
            return english.to_owned();
        }
        if let Some(told) = self.told_as(own, english) {
            return told;
        }
        let mut sentences = Vec::new();
        let mut rest = english;
        while let Some(end) = sentence_end(rest) {
            sentences.push(&rest[..end]);
            rest = &rest[end + 1..];
        }
        sentences.push(rest);
        let each = sentences.iter().map(|one| match self.told_as(own, one) {
            Some(told) => told,
            None => (*one).to_owned(),
        });
        each.collect::<Vec<String>>().join(" ")
    }

    /// What fills a gap: numbers, and the few words that stand between names.
    fn gap(&self, english: &str) -> String {
        let mut text = english.to_owned();
        for (before, key, behind) in [
            ("` ", "and", " `"),
            ("` ", "of", " `"),
            ("", "the_prior_of", " `"),
            (" ", "for", " `"),
            (" ", "for_the_prior", ""),
            (" ", "to", " "),
        ] {
            let said = Phrases::of(Lang::En).get(key);
            let said = format!("{before}{said}{behind}");
            text = text.replace(&said, &format!("{before}{}{behind}", self.get(key)));
        }
        self.points(&text)
    }

    /// The phrases that say whole sentences.
    fn sentences(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = self.texts().iter().map(|(key, text)| (*key, &**text));
        all.filter(|(key, _)| key.starts_with("told_"))
    }

    /// One sentence, by the phrase that says most of it.
    fn told_as(&self, own: &Phrases, english: &str) -> Option<String> {
        let all = own.sentences().filter_map(|(key, text)| {
            let gaps = matched(text, english)?;
            let said: usize = gaps.iter().map(|gap| gap.1.len()).sum();
            Some((said, key, gaps))
        });
        let (_, key, gaps) = all.min_by_key(|found| (found.0, found.1))?;
        let gaps = gaps.into_iter().map(|(gap, text)| (gap, self.gap(text)));
        let gaps: Vec<(&str, String)> = gaps.collect();
        let gaps: Vec<(&str, &str)> = gaps.iter().map(|(gap, text)| (*gap, &**text)).collect();
        Some(self.fill(key, &gaps))
    }

    /// "29 points", printed in English.
    pub fn points(&self, text: &str) -> String {
        match text.strip_suffix(" points") {
            Some(number) => self.fill("points", &[("n", &self.number(number))]),
            None => match text.strip_suffix(" point") {
                Some(number) => self.fill("points_one", &[("n", &self.number(number))]),
                None => self.number(text),
            },
        }
    }
}

/// Where the first of several sentences ends: at a full stop with a capital letter behind it.
fn sentence_end(text: &str) -> Option<usize> {
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let mut ends = ends.filter(|end| text[end + 1..].starts_with(char::is_uppercase));
    ends.next()
}

/// What fills the gaps of a phrase, if a text is made by it.
fn matched<'p, 't>(phrase: &'p str, text: &'t str) -> Option<Vec<(&'p str, &'t str)>> {
    let (before, mut open) = phrase.split_once('{').unwrap_or((phrase, ""));
    let mut rest = text.strip_prefix(before)?;
    let mut gaps = Vec::new();
    while let Some((gap, after)) = open.split_once('}') {
        let (literal, next) = after.split_once('{').unwrap_or((after, ""));
        let end = match (literal.is_empty(), next.is_empty()) {
            (true, _) => rest.len(),
            (false, true) => rest.len() - literal.len().min(rest.len()),
            (false, false) => rest.find(literal)?,
        };
        gaps.push((gap, rest.get(..end)?));
        rest = rest.get(end..)?.strip_prefix(literal)?;
        open = next;
    }
    rest.is_empty().then_some(gaps)
}

/// A text with what stands in braces filled in. What is filled in is not looked into.
pub(crate) fn fill(text: &str, gaps: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let gap = after.split_once('}').and_then(|(name, after)| {
            let value = gaps.iter().find(|gap| gap.0 == name)?.1;
            Some((value, after))
        });
        match gap {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// A text of TOML with its escapes, `\u00A0` alone, written out.
fn unescaped(text: &'static str) -> Cow<'static, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split("\\u");
    let first = parts.next().unwrap_or_default();
    let mut out = Cow::Borrowed(first);
    for part in parts {
        let (code, rest) = part.split_at_checked(4).unwrap_or((part, ""));
        let code = u32::from_str_radix(code, 16).ok();
        out.to_mut().extend(code.and_then(char::from_u32));
        out.to_mut().push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    #[test]
    fn the_files_are_read_as_toml_reads_them() {
        for lang in Lang::ALL {
            let table = DeTable::parse(file(lang)).expect("TOML").into_inner();
            let texts = Phrases::of(lang).texts();
            assert_eq!(table.len(), texts.len(), "{lang:?}");
            for (key, value) in table {
                let text = value.get_ref().as_str();
                assert_eq!(
                    texts.get(key.get_ref().as_ref()).map(|t| &**t),
                    text,
                    "{key:?}"
                );
                let found = Phrases::of(lang).found(key.get_ref());
                let plain = texts[key.get_ref().as_ref()].as_ref();
                let escaped = matches!(texts[key.get_ref().as_ref()], Cow::Owned(_));
                assert_eq!(found, (!escaped).then_some(plain), "{key:?}");
            }
        }
    }

    /// The gaps of a phrase, in alphabetical order.
    fn gaps(text: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('}')?.0))
            .collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn each_language_has_the_same_phrases_with_the_same_gaps() {
        let english = Phrases::of(Lang::En).texts();
        assert!(english.len() > 100);
        for lang in Lang::ALL {
            let texts = Phrases::of(lang).texts();
            let lines = file(lang).lines().filter(|l| l.contains(" = "));
            assert_eq!(lines.count(), texts.len(), "{lang:?}");
            assert!(texts.keys().eq(english.keys()), "{lang:?}");
            for (key, text) in texts {
                assert_eq!(gaps(text), gaps(&english[key]), "{lang:?} {key}");
                let same = ["decimal_mark", "percent", "date", "and", "quote"];
                let gaps: usize = gaps(text).iter().map(|gap| gap.len() + 2).sum();
                let may_be = lang == Lang::En || same.contains(key) || text.len() - gaps < 16;
                assert!(
                    may_be || *text != english[key],
                    "{lang:?}: {key} is English"
                );
            }
            assert_eq!(texts["months"].split(' ').count(), 12, "{lang:?}");
            assert_eq!(Lang::find(lang.code()), Some(lang));
        }
    }

    #[test]
    fn numbers_and_dates_are_the_language_s() {
        let day = jiff::civil::date(2025, 3, 1);
        for (lang, date, number) in [
            (Lang::En, "1 March 2025", "0.5–12%"),
            (Lang::De, "1. März 2025", "0,5–12\u{a0}%"),
            (Lang::Fr, "1 mars 2025", "0,5–12\u{202f}%"),
            (Lang::Es, "1 de marzo de 2025", "0,5–12\u{a0}%"),
        ] {
            let phrases = Phrases::of(lang);
            assert_eq!(phrases.date(day), date);
            assert_eq!(phrases.number("0.5–12%"), number);
        }
        assert_eq!(Phrases::of(Lang::De).points("1 point"), "1 Prozentpunkt");
    }

    #[test]
    fn every_sentence_is_found_by_what_stands_between_its_gaps() {
        let own = Phrases::of(Lang::En);
        for (key, text) in own.sentences() {
            let names: Vec<String> = (0..9).map(|i| format!("`n{i}`")).collect();
            let pairs = gaps(text).into_iter().zip(names.iter().map(String::as_str));
            let pairs: Vec<(&str, &str)> = pairs.collect();
            let english = fill(text, &pairs);
            assert_eq!(own.told(&english), english);
            for lang in [Lang::De, Lang::Fr, Lang::Es] {
                let phrases = Phrases::of(lang);
                assert_eq!(phrases.told(&english), phrases.fill(key, &pairs), "{key}");
            }
        }
        let german = Phrases::of(Lang::De);
        assert_eq!(
            german
                .told("the prior of `exit` is interpolated for `a` and `b`, at a constant hazard"),
            "Ausgangswert von `exit`: zwischen den Angaben ergänzt für `a` und `b`, mit gleichbleibender Rate"
        );
        assert_eq!(
            german.told("Nobody says so. Nor this."),
            "Nobody says so. Nor this."
        );
    }

    #[test]
    fn what_is_filled_in_is_not_looked_into() {
        assert_eq!(
            fill("{a}-{b}-{c}", &[("a", "{b}"), ("b", "x")]),
            "{b}-x-{c}"
        );
    }
}
