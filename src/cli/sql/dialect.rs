//! How databases write names, numbers and text.
//!
//! In: a name, a number, a text. Out: the same in a dialect of SQL.

/// A dialect of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Dialect {
    /// DuckDB
    Duckdb,
    /// Apache Spark and Databricks
    Spark,
    /// PostgreSQL
    Postgres,
}

impl Dialect {
    /// A name as the dialect quotes it.
    pub(super) fn name(self, name: &str) -> String {
        match self {
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
            Dialect::Duckdb | Dialect::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A number that the dialect takes for a double, and for the same one.
    pub(super) fn number(self, x: f64) -> String {
        match self {
            Dialect::Spark => format!("{x:e}D"),
            Dialect::Duckdb => format!("{x:e}"),
            Dialect::Postgres => format!("{x:e}::float8"),
        }
    }

    pub(super) fn text(self, text: &str) -> String {
        match self {
            // A backslash begins an escape there.
            Dialect::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Dialect::Duckdb | Dialect::Postgres => format!("'{}'", text.replace('\'', "''")),
        }
    }

    /// An expression as a double.
    pub(super) fn double(self, expression: &str) -> String {
        match self {
            Dialect::Postgres => format!("CAST({expression} AS float8)"),
            Dialect::Duckdb | Dialect::Spark => format!("CAST({expression} AS DOUBLE)"),
        }
    }
}
