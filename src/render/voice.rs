//! In whose words an engine's sentence is said: names and English on a terminal, titles and the
//! report's language on a page.

use crate::phrases::Phrases;
use crate::text::lang::Lang;
use crate::text::round;

/// How sentences name things, and in which language they are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Voice {
    /// The language.
    pub(crate) say: &'static Phrases,
    titles: bool,
}

impl Voice {
    /// Of a page: titles in quotation marks.
    pub(crate) fn page(say: &'static Phrases) -> Voice {
        Voice { say, titles: true }
    }

    /// Of a terminal, beside the file: names.
    pub(crate) fn terminal() -> Voice {
        Voice {
            say: Phrases::of(Lang::En),
            titles: false,
        }
    }

    /// Whether titles stand for names.
    pub(crate) fn on_page(self) -> bool {
        self.titles
    }

    /// A thing that has a name and a title.
    pub(crate) fn thing(self, name: &str, title: &str) -> String {
        match self.titles {
            true => self.say.quote(title),
            false => name.to_owned(),
        }
    }

    /// The same where a terminal marks it as code.
    pub(crate) fn coded(self, name: &str, title: &str) -> String {
        match self.titles {
            true => self.say.quote(title),
            false => format!("`{name}`"),
        }
    }

    /// A share, rounded.
    pub(crate) fn percent(self, share: f64) -> String {
        self.say.number(&round::percent(share))
    }
}
