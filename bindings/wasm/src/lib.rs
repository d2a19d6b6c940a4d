//! The library for JavaScript: texts in memory, results as the JSON that the command line prints.
//!
//! In: files by name and text, and what is asked, as JSON. Out: JSON, texts, the bytes of a report. What is
//! wrong is thrown as an `Error` with `kind` and `findings`. Nothing is read and nothing is written.

use assess::workspace::{self, Asking, Error, Reporting, to_json};
use js_sys::Reflect;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

/// Files that can be asked.
#[wasm_bindgen]
pub struct Workspace {
    files: workspace::Workspace,
}

/// What is thrown, with the findings as `check --format json` prints them.
fn thrown(error: &Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.to_string());
    let put = |key: &str, text: &str| {
        // A new object takes any property.
        let _ = Reflect::set(&thrown, &key.into(), &text.into());
    };
    put("kind", error.kind().as_str());
    put("findings", &to_json(error.findings()));
    thrown.into()
}

fn refused(message: &str) -> JsValue {
    js_sys::Error::new(message).into()
}

/// What is asked, from JSON; nothing is asked by nothing.
fn read<T: DeserializeOwned + Default>(text: Option<String>) -> Result<T, JsValue> {
    match text {
        None => Ok(T::default()),
        Some(text) => serde_json::from_str(&text).map_err(|error| refused(&error.to_string())),
    }
}

fn no_format(format: &str) -> JsValue {
    refused(&format!("there is no format `{format}`"))
}

/// How wide a text is unless told otherwise.
const WIDTH: usize = 80;

#[wasm_bindgen]
impl Workspace {
    /// No files.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Workspace {
        Workspace {
            files: workspace::Workspace::in_memory(),
        }
    }

    /// Puts a text in place of a file.
    pub fn open(&mut self, path: &str, text: &str) -> Result<(), JsValue> {
        self.files.open(path, text).map_err(|e| thrown(&e))
    }

    /// Takes a file away; whether it was there.
    pub fn close(&mut self, path: &str) -> bool {
        self.files.close(path)
    }

    /// `assess check`: as JSON, or in another of its formats.
    pub fn check(
        &self,
        path: &str,
        format: Option<String>,
        width: Option<usize>,
    ) -> Result<String, JsValue> {
        let found = self.files.check(path).map_err(|e| thrown(&e))?;
        match format.as_deref().unwrap_or("json") {
            "json" => Ok(to_json(&found)),
            other => found
                .text(other, width.unwrap_or(WIDTH))
                .ok_or_else(|| no_format(other)),
        }
    }

    /// `assess eval`: as JSON, or in another of its formats; what is asked as JSON.
    pub fn evaluate(
        &self,
        path: &str,
        asking: Option<String>,
        format: Option<String>,
        width: Option<usize>,
    ) -> Result<String, JsValue> {
        let asking: Asking = read(asking)?;
        let found = self.files.evaluate(path, &asking).map_err(|e| thrown(&e))?;
        match format.as_deref().unwrap_or("json") {
            "json" => Ok(to_json(&found)),
            other => found
                .text(other, width.unwrap_or(WIDTH))
                .ok_or_else(|| no_format(other)),
        }
    }

    /// `assess explain` likewise.
    pub fn explain(
        &self,
        path: &str,
        asking: Option<String>,
        format: Option<String>,
        width: Option<usize>,
    ) -> Result<String, JsValue> {
        let asking: Asking = read(asking)?;
        let found = self.files.explain(path, &asking).map_err(|e| thrown(&e))?;
        match format.as_deref().unwrap_or("json") {
            "json" => Ok(to_json(&found)),
            other => found
                .text(other, width.unwrap_or(WIDTH))
                .ok_or_else(|| no_format(other)),
        }
    }

    /// `assess flip` likewise; `until` is an expectation.
    pub fn flip(
        &self,
        path: &str,
        asking: Option<String>,
        until: Option<String>,
        format: Option<String>,
        width: Option<usize>,
    ) -> Result<String, JsValue> {
        let asking: Asking = read(asking)?;
        let found = self.files.flip(path, &asking, until.as_deref());
        let found = found.map_err(|e| thrown(&e))?;
        match format.as_deref().unwrap_or("json") {
            "json" => Ok(to_json(&found)),
            other => found
                .text(other, width.unwrap_or(WIDTH))
                .ok_or_else(|| no_format(other)),
        }
    }

    /// The chance of a query, `exit by long given ceasefire`; nothing where its condition cannot hold.
    pub fn ask(&self, path: &str, query: &str) -> Result<Option<f64>, JsValue> {
        self.files.ask(path, query).map_err(|e| thrown(&e))
    }

    /// `assess fmt`: the text in the one layout.
    pub fn format(&self, path: &str) -> Result<String, JsValue> {
        self.files.format(path).map_err(|e| thrown(&e))
    }

    /// `assess report`: the bytes of a file; `wanted` as JSON.
    pub fn report(&self, path: &str, wanted: Option<String>) -> Result<Vec<u8>, JsValue> {
        let wanted: Reporting = read(wanted)?;
        self.files.report(path, &wanted).map_err(|e| thrown(&e))
    }
}

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
