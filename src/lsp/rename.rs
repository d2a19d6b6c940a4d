//! A name changed in every file that means it, as `assess mv` does; the client writes.

use super::convert;
use super::dispatch::Given;
use super::requests::{open, uri_of, users};
use super::server::{Refusal, Server};
use crate::ide::{TextEdit, definition, rename as renaming};
use crate::project::Loader;
use crate::workspace::ErrorKind;
use lsp_server::ErrorCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

pub(super) fn prepare<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let uri = uri_of(params);
    let analysis = open(server, uri)?;
    let lines = server.documents[uri].lines(server.client.encoding);
    let found = renaming::prepare(&analysis, lines.offset(&params["position"]));
    Ok(found.map_or(
        Value::Null,
        |(name, range)| json!({"range": lines.range(&range), "placeholder": name}),
    ))
}

pub(super) fn rename<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let uri = uri_of(params);
    let analysis = open(server, uri)?;
    let lines = server.documents[uri].lines(server.client.encoding);
    let offset = lines.offset(&params["position"]);
    let refused = |message: String| Refusal::of(ErrorCode::RequestFailed, message);
    let (old, _) = renaming::prepare(&analysis, offset)
        .ok_or_else(|| refused("there is no name here that could be changed".to_owned()))?;
    let new = params["newName"].as_str().unwrap_or_default();
    // The file, those that it uses, and those that use the one that declares the name.
    let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
    let declared = definition::definition(&analysis, offset);
    let own = server.documents[uri].path.clone();
    let declared = declared.map_or_else(|| own.clone(), |at| at.path);
    let means = |path: &PathBuf| {
        let project = server.workspace.project(path);
        project.is_ok_and(|p| {
            p.sources
                .iter()
                .next()
                .is_some_and(|(_, s)| s.text.contains(&old))
        })
    };
    paths.insert(declared.clone());
    paths.insert(own);
    paths.extend(analysis.paths().iter().cloned());
    for user in users(server, &declared) {
        paths.extend(user.paths().iter().cloned());
    }
    let canonical = |path: PathBuf| server.workspace.files().canonical(&path).unwrap_or(path);
    let paths: BTreeSet<PathBuf> = paths.into_iter().map(canonical).collect();
    let paths: Vec<PathBuf> = paths.into_iter().filter(means).collect();
    let renamed = server.workspace.rename(&old, new, &paths);
    let renamed = renamed.map_err(|error| {
        // What is wrong with the new name has no place in a file.
        let about = error.findings().data().diagnostics;
        match about.first().filter(|_| error.kind() == ErrorKind::Asked) {
            Some(first) => refused(first.message.clone()),
            None => refused(error.to_string()),
        }
    })?;
    let mut edits = Vec::new();
    for file in renamed {
        let each = file.at.iter().map(|&at| TextEdit {
            range: at..at + old.len(),
            text: new.trim().to_owned(),
        });
        edits.extend(each.map(|edit| (file.path.clone(), edit)));
    }
    Ok(convert::workspace_edit(server, &edits))
}
