//! From a WebAssembly module to a module with its JavaScript and types.
//!
//! In: the module that cargo built, a target (`web`, `nodejs` or `bundler`), a folder. Out: the files in
//! that folder. The command `wasm-bindgen` does the same; it brings a web server and TLS along.

use std::error::Error;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [module, target, folder] = &arguments[..] else {
        return Err("usage: assess-wasm-bind MODULE web|nodejs|bundler FOLDER".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name("assess")
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    match target.as_str() {
        "web" => bindgen.web(true)?,
        "nodejs" => bindgen.nodejs(true)?,
        "bundler" => bindgen.bundler(true)?,
        other => return Err(format!("`{other}` is no target").into()),
    };
    bindgen.generate(folder)?;
    Ok(())
}
