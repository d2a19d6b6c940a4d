//! The track record: figures against plain loops and other libraries.

mod advance;
mod answers;
mod credit;
mod folder;
mod habits;
mod libraries;
mod loops;
mod past;
mod several;
mod stream;
