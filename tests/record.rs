//! The track record: figures against plain loops and other libraries.

mod advance;
mod answers;
mod credit;
mod folder;
mod habits;
mod libraries;
mod loops;
mod numbers;
mod page;
mod past;
mod published;
mod recalibrated;
mod several;
mod stream;
mod weights;
