//! IPCC: the likelihood scale of the Intergovernmental Panel on Climate Change.
//!
//! Source: Mastrandrea et al., "Guidance Note for Lead Authors of the IPCC Fifth Assessment Report
//! on Consistent Treatment of Uncertainties", 2010, table 1. Its terms contain one another: what is
//! very likely is likely too. As input a term means the part that no narrower term covers.

use super::{Scale, Term, term};

/// The scale `ipcc`.
pub(super) fn scale() -> Scale {
    let core = |name: &str, means: (f64, f64), band: (f64, f64)| Term {
        means,
        ..term(&[name], band.0, band.1, 0.001)
    };
    let more = |name: &str, low, high| Term {
        core: false,
        ..term(&[name], low, high, 0.001)
    };
    Scale {
        name: "ipcc".into(),
        nested: true,
        terms: vec![
            core("exceptionally unlikely", (0.0, 0.01), (0.0, 0.01)),
            more("extremely unlikely", 0.0, 0.05),
            core("very unlikely", (0.0, 0.1), (0.01, 0.1)),
            core("unlikely", (0.0, 0.33), (0.1, 0.33)),
            core("about as likely as not", (0.33, 0.66), (0.33, 0.66)),
            more("more likely than not", 0.5, 1.0),
            core("likely", (0.66, 1.0), (0.66, 0.9)),
            core("very likely", (0.9, 1.0), (0.9, 0.99)),
            more("extremely likely", 0.95, 1.0),
            core("virtually certain", (0.99, 1.0), (0.99, 1.0)),
        ],
    }
}
