// The page of the active file, beside it. It follows the text, and keeps the last page while that is broken.

import { createHash } from "node:crypto";
import * as vscode from "vscode";

/** What the server makes of a document. */
interface Page {
  html: string;
  version: number;
  stale: boolean;
  message: string | null;
}

type Ask = <T>(method: string, params: unknown) => Promise<T | undefined>;

export class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private uri: string | undefined;
  private waiting: NodeJS.Timeout | undefined;
  private asked = 0;
  private readonly watching: vscode.Disposable;
  private readonly theme = vscode.window.onDidChangeActiveColorTheme(() => void this.show());

  constructor(private readonly ask: Ask) {
    this.watching = vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (this.panel && editor?.document.languageId === "assess") {
        this.turnTo(editor.document);
      }
    });
  }

  /** Opens the page of the active file. */
  open(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== "assess") {
      return;
    }
    if (!this.panel) {
      this.panel = vscode.window.createWebviewPanel(
        "assess.preview",
        "Report",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        // The page's own policy allows its one script, by its hash.
        { enableScripts: true, localResourceRoots: [], enableFindWidget: true },
      );
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.uri = undefined;
      });
    }
    this.panel.reveal(undefined, true);
    this.turnTo(document);
  }

  /** Shows the page anew where the document of an address has changed. */
  follow(uri: string): void {
    if (!this.panel || this.uri === undefined || vscode.Uri.parse(uri).toString() !== this.uri) {
      return;
    }
    clearTimeout(this.waiting);
    const delay = vscode.workspace.getConfiguration("assess").get<number>("preview.delay", 400);
    this.waiting = setTimeout(() => void this.show(), delay);
  }

  private turnTo(document: vscode.TextDocument): void {
    this.uri = document.uri.toString();
    void this.show();
  }

  private async show(): Promise<void> {
    const uri = this.uri;
    if (!this.panel || uri === undefined) {
      return;
    }
    const asked = ++this.asked;
    const page = await this.ask<Page>("assess/preview", { uri }).catch(() => undefined);
    // A later page may have come first.
    if (!page || !this.panel || asked !== this.asked) {
      return;
    }
    const name = vscode.Uri.parse(uri).path.split("/").pop() ?? "";
    this.panel.title = page.stale ? `${name} (last good)` : name;
    this.panel.webview.html = themed(page.stale ? withNotice(page) : page.html);
  }

  dispose(): void {
    clearTimeout(this.waiting);
    this.watching.dispose();
    this.theme.dispose();
    this.panel?.dispose();
  }
}

/**
 * The page in the editor's colours: by itself it follows the browser's. Its policy allows its one style by a hash, which is made
 * anew.
 */
function themed(html: string): string {
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1];
  if (style === undefined) {
    return html;
  }
  const { kind } = vscode.window.activeColorTheme;
  const isDark = kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
  const ours = style
    .replace(/\(prefers-color-scheme:\s*dark\)/g, isDark ? "(min-width:0)" : "(max-width:0)")
    .replace("color-scheme:light dark", `color-scheme:${isDark ? "dark" : "light"}`);
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return html.replace(hash(style), () => hash(ours)).replace(style, () => ours);
}

/** The last good page under what is wrong now; that alone where there was none. */
function withNotice(page: Page): string {
  const text = (page.message ?? "").replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);
  const lines = text.trim().split("\n").join("<br>");
  const notice = `<p role="status"><strong>As it was before the text broke.</strong><br>${lines}</p>`;
  if (page.html === "") {
    return `<!doctype html><meta charset="utf-8"><title>Report</title><p role="status">${lines}</p>`;
  }
  const body = /<body[^>]*>/i.exec(page.html);
  const at = body ? body.index + body[0].length : page.html.search(/<main|<header|<h1/i);
  return at < 0 ? notice + page.html : page.html.slice(0, at) + notice + page.html.slice(at);
}
