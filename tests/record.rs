//! The track record: figures against plain loops and other libraries.

mod advance;
mod answers;
mod credit;
mod folder;
mod libraries;
mod loops;
mod past;
mod stream;
