//! Tests of `infer`.

mod agreement;
mod limits;
pub mod oracle;
mod queries;
pub mod random;
pub mod read;
mod spread;
