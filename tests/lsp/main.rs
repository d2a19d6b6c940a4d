//! The language server, driven over its streams by a client of our own.
//!
//! Run with `cargo test --features lsp --test lsp`.

mod client;
mod edits;
mod odd;
mod session;
