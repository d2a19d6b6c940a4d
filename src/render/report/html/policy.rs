//! The page's content security policy: nothing is loaded, and only our own style and script run.
//!
//! In: style and script. Out: the policy's text.

use crate::render::base64;
use hmac_sha256::Hash;

/// The policy of a page with this style and this script, and with what else it needs: a logo in the
/// page itself, or its own server where it is watched.
pub(super) fn policy(style: &str, script: &str, allows: &[&str]) -> String {
    let more: String = allows
        .iter()
        .map(|allowed| format!("{allowed}; "))
        .collect();
    format!(
        "default-src 'none'; style-src {}; script-src {}; {more}base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

fn hash(text: &str) -> String {
    let digest = Hash::hash(text.as_bytes());
    format!("'sha256-{}'", base64::encode(&digest))
}
