// The extension: it starts `assess lsp`, shows the verdict in the status bar, and the page beside the text.

import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";
import { Pages, rulePage } from "./pages";
import { Preview } from "./preview";

/** What the server says of a document's verdict. */
interface Verdict {
  uri: string;
  version: number;
  stale: boolean;
  errors: number;
  line: string | null;
}

let client: LanguageClient | undefined;
let pages: Pages;
const verdicts = new Map<string, Verdict>();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const status = vscode.window.createStatusBarItem("assess.verdict", vscode.StatusBarAlignment.Left, 10);
  status.name = "Verdict";
  status.command = "assess.preview";
  const preview = new Preview(ask);
  pages = new Pages(async (rule) => (await execute<{ markdown: string }>("assess.rule", { rule }))?.markdown);

  const showVerdict = () => {
    const document = vscode.window.activeTextEditor?.document;
    const verdict = document?.languageId === "assess" ? verdicts.get(document.uri.toString()) : undefined;
    if (!verdict?.line) {
      status.hide();
      return;
    }
    const doubt = verdict.stale ? "$(warning) " : "$(graph) ";
    status.text = doubt + verdict.line.replace(/ \(before the mistakes.*\)$/, "");
    status.tooltip = verdict.stale
      ? "Computed before the mistakes that the file has now. Click for the report."
      : "The leader at each horizon. Click for the report.";
    status.show();
  };

  const start = async () => {
    await client?.dispose().catch(() => undefined);
    client = create();
    client.onNotification("assess/verdict", (verdict: Verdict) => {
      verdicts.set(vscode.Uri.parse(verdict.uri).toString(), verdict);
      showVerdict();
      preview.follow(verdict.uri);
    });
    try {
      await client.start();
    } catch (error) {
      await howToInstall(error);
    }
  };

  const command = (name: string, run: (...args: never[]) => unknown) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  command("assess.preview", () => preview.open());
  command("assess.restart", start);
  command("assess.showExplain", () => inMarkdown("assess.explain"));
  command("assess.showFlip", () => inMarkdown("assess.flip"));
  command("assess.saveReport", saveReport);
  command("assess.storeVerdict", storeVerdict);
  command("assess.newFromSelection", newFromSelection);
  command("assess.showRule", showRule);

  context.subscriptions.push(
    status,
    preview,
    pages,
    vscode.window.onDidChangeActiveTextEditor(showVerdict),
    vscode.workspace.onDidCloseTextDocument((closed) => verdicts.delete(closed.uri.toString())),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("assess.path") || change.affectsConfiguration("assess.arguments")) {
        void start();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void start()),
    { dispose: () => void client?.dispose() },
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}

/** The program: as configured, which in an untrusted folder counts for nothing. */
function program(): { command: string; args: string[] } {
  const settings = vscode.workspace.getConfiguration("assess");
  const trusted = vscode.workspace.isTrusted;
  const path = trusted ? settings.get<string>("path", "") : "";
  const args = trusted ? settings.get<string[]>("arguments", ["lsp"]) : ["lsp"];
  return { command: path || "assess", args };
}

function create(): LanguageClient {
  const made = new LanguageClient("assess", "Assess", program(), {
    documentSelector: [{ language: "assess" }],
    initializationOptions: { inlayHints: vscode.workspace.getConfiguration("assess").get("inlayHints") },
    synchronize: { configurationSection: "assess" },
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    middleware: {
      // Lenses name the server's commands; what they give is shown here.
      executeCommand: async (name, args, next) => {
        const argument = (args[0] ?? {}) as { uri?: string };
        switch (name) {
          case "assess.report":
            return vscode.commands.executeCommand("assess.preview");
          case "assess.explain":
          case "assess.flip":
            return show(name, argument, await next(name, args));
          default:
            return next(name, args);
        }
      },
      // A finding's name opens its rule's page.
      handleDiagnostics: (uri, found, next) => next(uri, linked(found)),
      provideDiagnostics: async (document, before, token, next) => {
        const report = await next(document, before, token);
        if (report && "items" in report) {
          linked(report.items);
        }
        return report;
      },
    },
  });
  return made;
}

function linked(found: vscode.Diagnostic[]): vscode.Diagnostic[] {
  for (const diagnostic of found) {
    if (typeof diagnostic.code === "string") {
      diagnostic.code = { value: diagnostic.code, target: rulePage(diagnostic.code) };
    }
  }
  return found;
}

async function howToInstall(error: unknown): Promise<void> {
  const { command } = program();
  const where = command === "assess" ? "in PATH" : `at ${command}`;
  const choice = await vscode.window.showErrorMessage(
    `The language server of assess could not be started: no working \`assess lsp\` was found ${where}. ` +
      "Build it with `cargo install --path . --features lsp`, or name it in the settings.",
    "Open Settings",
    "Show Details",
  );
  if (choice === "Open Settings") {
    await vscode.commands.executeCommand("workbench.action.openSettings", "assess.path");
  } else if (choice === "Show Details") {
    client?.outputChannel.appendLine(String(error));
    client?.outputChannel.show();
  }
}

/** Asks the server; nothing where it does not run. */
async function ask<T>(method: string, params: unknown): Promise<T | undefined> {
  if (client?.state !== State.Running) {
    return undefined;
  }
  return client.sendRequest<T>(method, params);
}

async function execute<T>(name: string, argument: unknown): Promise<T | undefined> {
  try {
    return await ask<T>("workspace/executeCommand", { command: name, arguments: [argument] });
  } catch (error) {
    await vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function current(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "assess" ? document : undefined;
}

/** Shows what a command answered, under what was asked and of what. */
async function show(
  name: string,
  argument: { uri?: string; outcome?: string },
  answer: { markdown?: string } | undefined,
): Promise<void> {
  if (!answer?.markdown) {
    return;
  }
  const asked = name === "assess.flip" ? "What it would take" : "Why";
  const of = argument.outcome ?? argument.uri?.split("/").pop()?.replace(/\.assess$/, "") ?? "";
  await pages.show(`${asked}: ${of}`, answer.markdown);
}

async function inMarkdown(name: string): Promise<void> {
  const document = current();
  if (document) {
    const argument = { uri: document.uri.toString() };
    await show(name, argument, await execute(name, argument));
  }
}

async function saveReport(): Promise<void> {
  const document = current();
  if (!document) {
    return;
  }
  const made = await execute<{ text: string }>("assess.report", { uri: document.uri.toString(), format: "html" });
  const to = made && (await vscode.window.showSaveDialog({ filters: { HTML: ["html"] } }));
  if (made && to) {
    await vscode.workspace.fs.writeFile(to, Buffer.from(made.text, "utf8"));
  }
}

async function storeVerdict(): Promise<void> {
  const document = current();
  if (!document || !vscode.workspace.isTrusted) {
    return;
  }
  // What is stored is the verdict of the file on disk.
  await document.save();
  const made = await execute<{ text: string }>("assess.accept", { uri: document.uri.toString() });
  if (made) {
    await vscode.window.showInformationMessage(made.text.trim());
  }
}

async function newFromSelection(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const text = editor ? editor.document.getText(editor.selection.isEmpty ? undefined : editor.selection) : "";
  const question = await vscode.window.showInputBox({ prompt: "The question that the assessment answers" });
  if (!question) {
    return;
  }
  const asOf = new Date().toISOString().slice(0, 10);
  const made = await execute<{ text: string }>("assess.newFromText", { question, text, asOf });
  if (made) {
    const document = await vscode.workspace.openTextDocument({ language: "assess", content: made.text });
    await vscode.window.showTextDocument(document);
  }
}

async function showRule(named?: string): Promise<void> {
  const rule = named ?? (await chosenRule());
  if (rule) {
    await pages.showRule(rule);
  }
}

/** One of the rules that the file breaks; of a sound file, a name to be typed. */
async function chosenRule(): Promise<string | undefined> {
  const document = current();
  const found = document ? vscode.languages.getDiagnostics(document.uri) : [];
  const codes = found.map((d) => String(typeof d.code === "object" ? d.code.value : (d.code ?? "")));
  const names = [...new Set(codes)].filter((name) => name !== "");
  return names.length > 0
    ? vscode.window.showQuickPick(names, { placeHolder: "A rule that this file breaks" })
    : vscode.window.showInputBox({ prompt: "The name of a rule" });
}
