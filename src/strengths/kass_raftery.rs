//! Kass and Raftery's grades of Bayes factors.
//!
//! Source: Robert E. Kass and Adrian E. Raftery, "Bayes Factors", Journal of the American
//! Statistical Association 90, 1995, section 3.2. The last grade is open there; 1000 ends it here.

use super::{Strengths, between};

/// The table `kass-raftery`.
pub(super) fn table() -> Strengths {
    Strengths {
        name: "kass-raftery".into(),
        words: vec![
            between("weak", 1.0, 3.0),
            between("positive", 3.0, 20.0),
            between("strong", 20.0, 150.0),
            between("very strong", 150.0, 1000.0),
        ],
    }
}
