//! What is asked of a place or a document: `ide` answers, in the protocol's words.

use super::convert;
use super::dispatch::Given;
use super::documents::Document;
use super::positions::Between;
use super::server::{Refusal, Server};
use super::uri;
use crate::ide::actions::{self, Kind};
use crate::ide::definition::Use;
use crate::ide::diagnostics::{self, Finding};
use crate::ide::folding::Fold;
use crate::ide::lens::Ask;
use crate::ide::{
    Analysis, Declared, Location, calls, completion as completing, definition as defining,
    folding as folds, hints as hinting, hover as hovering, lens, links as linking, moving,
    selection as select, symbols, tokens as colours,
};
use crate::project::Project;
use lsp_server::ErrorCode;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// More files than this are not looked through.
const MOST_FILES: usize = 2_000;

/// The address of the document that a request is about.
pub(super) fn uri_of(params: &Value) -> &str {
    params["textDocument"]["uri"].as_str().unwrap_or_default()
}

/// A document that is open, and what it means.
pub(super) fn open<W: Write>(server: &mut Server<W>, uri: &str) -> Result<Arc<Analysis>, Refusal> {
    let unknown = || Refusal::of(ErrorCode::InvalidParams, format!("`{uri}` is not open"));
    server.analysis(uri).ok_or_else(unknown)
}

/// A document, what it means, and the byte that a request is about.
fn place<W: Write>(
    server: &mut Server<W>,
    params: &Value,
) -> Result<(Arc<Analysis>, usize), Refusal> {
    let uri = uri_of(params);
    let analysis = open(server, uri)?;
    let lines = server.documents[uri].lines(server.client.encoding);
    let offset = lines.offset(&params["position"]);
    Ok((analysis, offset))
}

pub(super) fn hover<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let (analysis, offset) = place(server, params)?;
    let document = &server.documents[uri_of(params)];
    let said = hovering::hover(&analysis, offset, document.known());
    // What was found in an older text may stand elsewhere by now.
    let fresh = document
        .findings
        .as_ref()
        .filter(|f| f.0 == document.changed);
    let rules = fresh.and_then(|(_, found)| hovering::findings(&analysis, found, offset));
    let found = match (said, rules) {
        (Some(said), Some(rules)) => Some(hovering::Hover {
            text: format!("{}\n\n---\n\n{}", said.text, rules.text),
            range: said.range,
        }),
        (said, rules) => said.or(rules),
    };
    Ok(found.map_or(Value::Null, |h| {
        let lines = document.lines(server.client.encoding);
        json!({"contents": convert::markdown(&h.text), "range": lines.range(&h.range)})
    }))
}

pub(super) fn completion<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let (analysis, offset) = place(server, params)?;
    let document = &server.documents[uri_of(params)];
    let own = &document.path;
    // Where no file is asked for, no folder is walked.
    let files = || {
        let files = all_files(server);
        let files = files.iter().filter(|f| *f != own);
        files.filter_map(|f| actions::relative(own, f)).collect()
    };
    let found = completing::completion(&analysis, offset, document.known(), &files);
    let lines = document.lines(server.client.encoding);
    let items = found.iter().enumerate();
    let items = items.map(|(i, p)| convert::proposal(&lines, p, i, &server.client));
    Ok(items.collect())
}

pub(super) fn definition<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let (analysis, offset) = place(server, params)?;
    let found = defining::definition(&analysis, offset);
    Ok(json!(found.map(|at| convert::location(server, &at))))
}

pub(super) fn references<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let (analysis, offset) = place(server, params)?;
    let declaration = params["context"]["includeDeclaration"].as_bool() != Some(false);
    let mut found = defining::references(&analysis, offset, declaration);
    // Where it is declared decides which other files can mean it.
    if let Some(declared) = defining::definition(&analysis, offset) {
        let name = found.first().map(|at| text_at(server, at));
        for user in users(server, &declared.path) {
            for more in defining::mentions(&user, &name.clone().unwrap_or_default(), declaration) {
                if !found.contains(&more) {
                    found.push(more);
                }
            }
        }
    }
    let each = found.iter().map(|at| json!(convert::location(server, at)));
    Ok(each.collect())
}

fn text_at<W: Write>(server: &Server<W>, at: &Location) -> String {
    let text = server.workspace.text(&at.path).unwrap_or_default();
    text.get(at.range.clone()).unwrap_or_default().to_owned()
}

/// The files of the client's folders, and those that are open.
pub(super) fn all_files<W: Write>(server: &Server<W>) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = server.documents.values().map(|d| d.path.clone()).collect();
    for folder in &server.folders {
        let entries = ignore::WalkBuilder::new(folder).require_git(false).build();
        let paths = entries
            .filter_map(Result::ok)
            .map(ignore::DirEntry::into_path);
        let ours = paths.filter(|p| p.extension().is_some_and(|e| e == "assess") && p.is_file());
        files.extend(ours.take(MOST_FILES));
    }
    // One path each, however a folder is reached.
    let mut files: Vec<PathBuf> = files
        .into_iter()
        .map(|f| f.canonicalize().unwrap_or(f))
        .collect();
    files.sort();
    files.dedup();
    files
}

/// Every file that uses one, read.
pub(super) fn users<W: Write>(server: &Server<W>, path: &Path) -> Vec<Analysis> {
    let files = all_files(server);
    let read = files
        .iter()
        .filter_map(|file| server.workspace.project(file).ok());
    let uses = |p: &Project| p.paths.iter().any(|used| used == path);
    read.filter(uses).map(Analysis::of).collect()
}

pub(super) fn highlight<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let (analysis, offset) = place(server, params)?;
    let lines = server.documents[uri_of(params)].lines(server.client.encoding);
    let found = defining::highlight(&analysis, offset)
        .into_iter()
        .map(|(range, how)| {
            let kind = if how == Use::Declared { 3 } else { 2 };
            json!({"range": lines.range(&range), "kind": kind})
        });
    Ok(found.collect())
}

pub(super) fn document_symbols<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let analysis = open(server, uri_of(params))?;
    let lines = server.documents[uri_of(params)].lines(server.client.encoding);
    let found = symbols::symbols(&analysis);
    Ok(found.iter().map(|s| convert::symbol(&lines, s)).collect())
}

pub(super) fn workspace_symbols<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let wanted = params["query"].as_str().unwrap_or_default().to_lowercase();
    let mut found = Vec::new();
    for file in all_files(server) {
        let Ok(project) = server.workspace.project(&file) else {
            continue;
        };
        let analysis = Analysis::of(project);
        for symbol in symbols::symbols(&analysis) {
            let title = symbol.detail.clone().unwrap_or_default();
            let text = format!("{} {title}", symbol.name).to_lowercase();
            if !text.contains(&wanted) || symbol.name.trim().is_empty() {
                continue;
            }
            let at = Location {
                path: file.clone(),
                range: symbol.selection,
            };
            let mut value = json!({
                "name": symbol.name,
                "kind": convert::symbol_kind(symbol.kind),
                "location": convert::location(server, &at),
            });
            if !title.is_empty() {
                value["containerName"] = json!(title);
            }
            found.push(value);
        }
    }
    Ok(found.into())
}

pub(super) fn code_actions<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let uri = uri_of(params).to_owned();
    let analysis = open(server, &uri)?;
    let policy = server.policy(&uri);
    let wanted = params["context"]["only"].as_array().cloned();
    let wants = |kind: &str| {
        let kinds = wanted.as_ref().map(|w| w.iter().filter_map(Value::as_str));
        kinds.is_none_or(|mut all| all.any(|w| kind == w || kind.starts_with(&format!("{w}."))))
    };
    let document = &server.documents[&uri];
    let at = document
        .lines(server.client.encoding)
        .bytes(&params["range"]);
    // What was found in an older text may no longer be there.
    let is_fresh = |f: &&(u64, Arc<Vec<Finding>>)| f.0 == document.changed && document.whole;
    let findings = match document.findings.as_ref().filter(is_fresh) {
        Some((_, findings)) => findings.clone(),
        None => {
            let files = server.workspace.files();
            Arc::new(diagnostics::check(&analysis, &policy, files).1)
        }
    };
    let mut list: Vec<Value> = Vec::new();
    let moves = match wants("refactor.rewrite") {
        true => {
            let files = server.workspace.files();
            moving::moves(&analysis, &at, files, server.client.creates_files)
        }
        false => Vec::new(),
    };
    for action in actions::actions(&analysis, &findings, &at, document.known())
        .into_iter()
        .chain(moves)
    {
        let kind = match action.kind {
            Kind::Safe | Kind::Unsafe | Kind::Allow => "quickfix",
            Kind::Rewrite => "refactor.rewrite",
            Kind::All => "source.fixAll.assess",
        };
        if !wants(kind) {
            continue;
        }
        let edit = convert::creating_edit(server, action.creates.as_ref(), &action.edits);
        let mut value = json!({"title": action.title, "kind": kind, "edit": edit});
        if action.kind == Kind::Safe {
            value["isPreferred"] = json!(true);
        }
        if let Some(finding) = action.finding.and_then(|i| findings.get(i)) {
            value["diagnostics"] = json!([convert::diagnostic(server, finding)]);
        }
        list.push(value);
    }
    // It is only looked for where it is asked for by name.
    if wanted.is_some() && wants("source.fixAll.assess") {
        let mended = actions::fix_all(&analysis, &policy, server.workspace.files());
        let edit = mended.and_then(|new| convert::difference(analysis.text(), &new));
        if let Some(edit) = edit {
            let path = server.documents[&uri].path.clone();
            list.push(json!({
                "title": "Make every safe fix",
                "kind": "source.fixAll.assess",
                "edit": convert::workspace_edit(server, &[(path, edit)]),
            }));
        }
    }
    if !server.client.literals {
        // Such a client knows commands alone, and there are none that edit.
        list.clear();
    }
    Ok(list.into())
}

pub(super) fn code_lenses<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let uri = uri_of(params);
    let analysis = open(server, uri)?;
    let document = &server.documents[uri];
    let lines = document.lines(server.client.encoding);
    let found = lens::lenses(&analysis, document.known());
    let each = found.iter().map(|l| {
        let (command, outcome) = match &l.ask {
            Ask::Explain { outcome } => ("assess.explain", outcome.as_deref()),
            Ask::Flip => ("assess.flip", None),
            Ask::Report => ("assess.report", None),
        };
        let mut argument = json!({"uri": uri});
        if let Some(outcome) = outcome {
            argument["outcome"] = json!(outcome);
        }
        json!({
            "range": lines.range(&l.range),
            "command": {"title": l.title, "command": command, "arguments": [argument]},
        })
    });
    Ok(each.collect())
}

pub(super) fn links<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let analysis = open(server, uri_of(params))?;
    let lines = server.documents[uri_of(params)].lines(server.client.encoding);
    let each = linking::links(&analysis)
        .into_iter()
        .filter_map(|(range, target)| {
            let target = match target {
                linking::Target::File(path) => server.uri_of(&path),
                linking::Target::Address(address) => address,
                // Its page is a hover away.
                linking::Target::Rule(_) => return None,
            };
            Some(json!({"range": lines.range(&range), "target": target}))
        });
    Ok(each.collect())
}

pub(super) fn formatting<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let uri = uri_of(params);
    open(server, uri)?;
    let document: &Document = &server.documents[uri];
    let laid_out = server.workspace.format(&document.path).map_err(|error| {
        Refusal::of(
            ErrorCode::RequestFailed,
            format!("nothing is laid out: {error}"),
        )
    })?;
    let lines = document.lines(server.client.encoding);
    let edit = convert::difference(&document.text, &laid_out);
    Ok(edit.iter().map(|e| convert::text_edit(&lines, e)).collect())
}

pub(super) fn folding<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let analysis = open(server, uri_of(params))?;
    let lines = server.documents[uri_of(params)].lines(server.client.encoding);
    let each = folds::folds(&analysis).into_iter().map(|(range, fold)| {
        let (start, end) = (lines.position(range.start), lines.position(range.end));
        let mut value = json!({"startLine": start.line, "endLine": end.line});
        if fold == Fold::Comment {
            value["kind"] = json!("comment");
        }
        value
    });
    Ok(each.collect())
}

pub(super) fn selection<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let analysis = open(server, uri_of(params))?;
    let lines = server.documents[uri_of(params)].lines(server.client.encoding);
    let positions = params["positions"].as_array().into_iter().flatten();
    let each = positions.map(|position| {
        let around = select::around(&analysis, lines.offset(position));
        let nested = around.iter().rev().fold(Value::Null, |parent, range| {
            let mut value = json!({"range": lines.range(range)});
            if !parent.is_null() {
                value["parent"] = parent;
            }
            value
        });
        match nested.is_null() {
            true => json!({"range": {"start": position, "end": position}}),
            false => nested,
        }
    });
    Ok(each.collect())
}

pub(super) fn hints<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let analysis = open(server, uri_of(params))?;
    let document = &server.documents[uri_of(params)];
    let lines = document.lines(server.client.encoding);
    let within = lines.bytes(&params["range"]);
    let found = hinting::hints(&analysis, &within, document.known());
    let wanted = found.into_iter().filter(|h| server.client.wants(h.about));
    let each = wanted.map(|h| {
        let text = if h.stale {
            format!("({})", h.text)
        } else {
            h.text
        };
        let mut value = json!({
            "position": lines.position(h.at), "label": text, "paddingLeft": true});
        if h.stale {
            value["tooltip"] = json!("Computed before the mistakes that the file has now.");
        }
        value
    });
    Ok(each.collect())
}

fn call_item<W: Write>(server: &Server<W>, analysis: &Analysis, item: &Declared) -> Value {
    let path = analysis
        .paths()
        .get(item.file.0 as usize)
        .cloned()
        .unwrap_or_default();
    let (range, selection) = server.with_lines(&path, |lines| {
        (lines.range(&item.item), lines.range(&item.at))
    });
    let mut value = json!({
        "name": item.name,
        "kind": convert::sort_kind(item.sort),
        "uri": server.uri_of(&path),
        "range": range,
        "selectionRange": selection,
        "data": {"name": item.name},
    });
    if let Some(title) = &item.title {
        value["detail"] = json!(title);
    }
    value
}

pub(super) fn prepare_calls<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let (analysis, offset) = place(server, params)?;
    let found = calls::prepare(&analysis, offset);
    Ok(found.map_or(Value::Null, |item| {
        json!([call_item(server, &analysis, &item)])
    }))
}

pub(super) fn incoming_calls<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    ties(server, params, "from", calls::rests_on)
}

pub(super) fn outgoing_calls<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    ties(server, params, "to", calls::rests)
}

fn ties<W: Write>(
    server: &mut Server<W>,
    params: &Value,
    end: &str,
    find: fn(&Analysis, &str) -> Vec<calls::Tie>,
) -> Given {
    let item = &params["item"];
    let uri = item["uri"].as_str().unwrap_or_default();
    let name = item["name"].as_str().unwrap_or_default();
    let analysis = match server.documents.contains_key(uri) {
        true => open(server, uri)?,
        // What is used need not be open itself.
        false => match server.workspace.project(&uri::path(uri)) {
            Ok(project) => Arc::new(Analysis::of(project)),
            Err(error) => return Err(Refusal::of(ErrorCode::InvalidParams, error.to_string())),
        },
    };
    let path = analysis.paths().first().cloned().unwrap_or_default();
    let each = find(&analysis, name).into_iter().map(|tie| {
        let places = tie.places.iter();
        let ranges: Vec<Between> =
            server.with_lines(&path, |lines| places.map(|r| lines.range(r)).collect());
        let mut value = json!({"fromRanges": ranges});
        value[end] = call_item(server, &analysis, &tie.item);
        value
    });
    Ok(each.collect())
}

pub(super) fn tokens<W: Write>(server: &mut Server<W>, params: &Value) -> Given {
    let analysis = open(server, uri_of(params))?;
    let lines = server.documents[uri_of(params)].lines(server.client.encoding);
    let pieces = colours::tokens(&analysis);
    Ok(json!({"data": convert::tokens(&lines, &pieces)}))
}
