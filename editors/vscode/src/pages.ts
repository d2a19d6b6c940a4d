// Pages that are read and not written: why, what it would take, a rule's page. They show as Markdown beside the text.

import * as vscode from "vscode";

/** The scheme of their addresses; `package.json` has them shown as Markdown, wherever they are opened from. */
const SCHEME = "assess-page";
/** What the title of a rule's page begins with. */
const RULE = "Rule ";

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  readonly onDidChange = this.changed.event;

  /** `rule` gives the page of a rule. */
  constructor(private readonly rule: (name: string) => Promise<string | undefined>) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const title = uri.path.slice(1).replace(/\.md$/, "");
    const known = this.texts.get(title);
    if (known !== undefined || !title.startsWith(RULE)) {
      return known ?? "";
    }
    return (await this.rule(title.slice(RULE.length))) ?? "";
  }

  /** Shows a page under a title; one that is open already is shown anew. */
  async show(title: string, markdown: string): Promise<void> {
    const name = title.replace(/[\\/]/g, " ");
    this.texts.set(name, markdown);
    const uri = page(name);
    this.changed.fire(uri);
    await beside(uri);
  }

  /** Shows a rule's page. */
  async showRule(rule: string): Promise<void> {
    await beside(rulePage(rule));
  }

  dispose(): void {
    this.registered.dispose();
    this.changed.dispose();
  }
}

const page = (title: string) => vscode.Uri.from({ scheme: SCHEME, path: `/${title}.md` });

const beside = (uri: vscode.Uri) =>
  vscode.commands.executeCommand("vscode.open", uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });

/** The address of a rule's page: what a finding's name links to. */
export const rulePage = (rule: string) => page(RULE + rule);
