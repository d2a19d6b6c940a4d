//! The page's content security policy: nothing is loaded, and only our own style and script run.
//!
//! In: style, script and figures. Out: the policy's text.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The policy of a page with this style, this script and these figures, which may have styles.
pub(super) fn policy<'a>(
    style: &str,
    script: &str,
    figures: impl Iterator<Item = &'a str>,
) -> String {
    let mut styles = BTreeSet::from([hash(style)]);
    for figure in figures {
        let own = figure.split("<style>").skip(1);
        let own = own.filter_map(|rest| rest.split_once("</style>"));
        styles.extend(own.map(|(style, _)| hash(style)));
    }
    let styles: Vec<String> = styles.into_iter().collect();
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        styles.join(" "),
        hash(script)
    )
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    format!("'sha256-{}'", data_encoding::BASE64.encode(&digest))
}
