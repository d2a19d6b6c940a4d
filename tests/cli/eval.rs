//! `assess eval`.
