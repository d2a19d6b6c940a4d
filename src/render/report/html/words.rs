//! The phrases of a language as templates see them.
//!
//! In: a language. Out: a value whose attributes are its phrases, made once for all pages of a run.

use crate::phrases::Phrases;
use crate::text::lang::Lang;
use minijinja::Value;
use minijinja::value::Object;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Phrases by their keys.
#[derive(Debug)]
struct Words(BTreeMap<&'static str, Value>);

impl Object for Words {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.get(key).cloned()
    }
}

/// Those of a language.
pub(super) fn of(lang: Lang) -> Value {
    static ALL: [OnceLock<Value>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];
    let place = Lang::ALL.iter().position(|l| *l == lang);
    let value = ALL[place.unwrap_or_default()].get_or_init(|| {
        let all = Phrases::of(lang).all();
        let words = all.map(|(key, text)| (key, Value::from(text)));
        Value::from_object(Words(words.collect()))
    });
    value.clone()
}
