//! All integration tests in one binary; modules mirror `src/`.

mod chart;
mod cli;
mod corpus;
mod docs;
mod flip;
mod format;
mod found;
mod fuzz;
mod infer;
mod laws;
mod lint_a;
mod lint_b;
mod lint_c;
mod lintcore;
mod numbers;
mod prose;
mod reference;
mod rename;
mod render;
mod report;
mod resolve;
mod revision;
mod rules;
mod snapshot;
mod syntax;
mod tidy;
