//! The track record: figures against plain loops and other libraries.

mod libraries;
mod loops;
