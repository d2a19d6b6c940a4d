//! Which method asks what: one line each.
//!
//! In: a request. Out: its answer, or why there is none. Parameters are read by the protocol's own types
//! first, so that what is malformed is refused in one place; while it is being worked on, so are answers.

use super::commands;
use super::requests as on;
use super::server::{Answer, Refusal, Server};
use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, RequestId};
use serde_json::Value;
use std::io::Write;

/// What a method gives: a value, or why there is none.
pub(super) type Given = Result<Value, Refusal>;

/// Answers a request.
pub(super) fn request<W: Write>(
    server: &mut Server<W>,
    id: &RequestId,
    method: &str,
    params: &Value,
) -> Answer {
    /// Methods of the protocol, each with its type and what answers it.
    macro_rules! methods {
        ($($request:ident => $answer:path,)+) => {
            match method {
                $(m if m == name::<lsp::$request>() => {
                    return typed::<lsp::$request, W>(server, params, $answer).map(Some);
                })+
                _ => {}
            }
        };
    }
    methods! {
        HoverRequest => on::hover,
        CompletionRequest => on::completion,
        DefinitionRequest => on::definition,
        ReferencesRequest => on::references,
        DocumentHighlightRequest => on::highlight,
        DocumentSymbolRequest => on::document_symbols,
        WorkspaceSymbolRequest => on::workspace_symbols,
        CodeActionRequest => on::code_actions,
        CodeLensRequest => on::code_lenses,
        DocumentLinkRequest => on::links,
        DocumentFormattingRequest => on::formatting,
        PrepareRenameRequest => super::rename::prepare,
        RenameRequest => super::rename::rename,
        FoldingRangeRequest => on::folding,
        SelectionRangeRequest => on::selection,
        InlayHintRequest => on::hints,
        CallHierarchyPrepareRequest => on::prepare_calls,
        CallHierarchyIncomingCallsRequest => on::incoming_calls,
        CallHierarchyOutgoingCallsRequest => on::outgoing_calls,
        SemanticTokensRequest => on::tokens,
    }
    match method {
        "workspace/executeCommand" => commands::execute(server, id, params),
        "assess/preview" => commands::preview(server, id, params),
        method => Err(Refusal::of(
            ErrorCode::MethodNotFound,
            format!("`{method}` is not known here"),
        )),
    }
}

/// The name of a method.
fn name<R: lsp::Request>() -> String {
    serde_json::to_value(R::METHOD)
        .ok()
        .and_then(|v| v.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn typed<R: lsp::Request, W: Write>(
    server: &mut Server<W>,
    params: &Value,
    answer: fn(&mut Server<W>, &Value) -> Given,
) -> Given {
    if let Err(error) = serde_json::from_value::<R::Params>(params.clone()) {
        return Err(Refusal::of(ErrorCode::InvalidParams, error.to_string()));
    }
    let given = answer(server, params)?;
    debug_assert!(
        serde_json::from_value::<R::Result>(given.clone()).is_ok(),
        "this is no answer of `{}`: {given}",
        name::<R>()
    );
    Ok(given)
}
