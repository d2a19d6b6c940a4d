//! Tests of reading prose.
