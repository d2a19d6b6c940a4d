// The TextMate grammar over every file of the project and every block of its documentation: no piece of text is left
// without a scope, and each kind of piece has the scope that themes know. The items and clauses are those of the table in
// `docs/language.md`, so that what is new to the language is asked for here.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));

const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (scope) => {
    const files = { "source.assess": "assess", "markdown.assess.codeblock": "markdown" };
    const name = files[scope];
    const text = name && readFileSync(join(here, `../syntaxes/${name}.tmLanguage.json`), "utf8");
    return text ? textmate.parseRawGrammar(text, `${name}.json`) : null;
  },
});
const grammar = await registry.loadGrammar("source.assess");

/** Every piece of a text that is not blank, with its scopes. */
function pieces(text) {
  const found = [];
  let stack = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line.replace(/\r$/, ""), stack);
    for (const { startIndex, endIndex, scopes } of tokens) {
      const piece = line.slice(startIndex, endIndex);
      if (piece.trim() !== "") found.push({ piece: piece.trim(), scopes });
    }
    stack = ruleStack;
  }
  return found;
}

const files = ["assessments", "examples"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".assess"))
    .map((name) => join(folder, name)),
);
assert.ok(files.length > 15, "the files are there");
const texts = files.map((file) => [file, readFileSync(join(root, file), "utf8")]);
// Blocks that are to show a mistake may well have pieces that belong nowhere.
const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => join("docs", name))];
for (const page of pages.filter((name) => name.endsWith(".md"))) {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(/^```assess(.*)\n([\s\S]*?)^```$/gm);
  for (const [, info, text] of blocks) if (!info.includes("error=")) texts.push([`${page}: ${text.slice(0, 30)}`, text]);
}
assert.ok(texts.length > files.length + 50, "the blocks are there");
for (const [file, text] of texts) {
  for (const { piece, scopes } of pieces(text)) {
    assert.ok(scopes.length > 1, `${file}: no scope for ${JSON.stringify(piece)}`);
    assert.ok(!scopes.some((s) => s.startsWith("invalid")), `${file}: ${JSON.stringify(piece)} is taken for a mistake`);
  }
}

const text = `assessment "A?" {
  as of: 2025-03-01
}
final outcome exit "Exit"
event drift "Drift" { # allow(stale): so
  chance given ceasefire: very likely by long, 95% in 2030-01
  weight against exit: 5 dB
  evidence "Seen" { source: "Somebody", rated: B2 }
  arriving clause: whatever
  note: """so {exit by long: unlikely}
  and so"""
}
expect exit by long: at most 20%
`;
const found = pieces(text);
const scope = (piece, nth = 0) => found.filter((p) => p.piece === piece)[nth]?.scopes.at(-1);
for (const [piece, wanted, nth] of [
  ["assessment", "storage.type.item"],
  ["as of", "keyword.other.clause"],
  ["2025-03-01", "constant.numeric.date"],
  ["final", "storage.modifier"],
  ["exit", "entity.name.type.outcome"],
  ["event", "storage.type.item"],
  ["drift", "entity.name"],
  ["chance", "keyword.other.clause"],
  ["given", "keyword.control"],
  ["very likely", "constant.language.word"],
  ["by", "keyword.control"],
  ["95%", "constant.numeric"],
  ["against", "keyword.control"],
  ["5 dB", "constant.numeric"],
  ["B2", "constant.other.rating"],
  ["arriving clause", "keyword.other.clause"],
  ["stale", "support.constant.rule"],
  ["unlikely", "constant.language.word"],
  ["and so", "string.quoted.triple"],
  ["at most", "keyword.operator.word"],
]) {
  assert.ok(scope(piece, nth)?.startsWith(wanted), `${piece}: ${scope(piece, nth)} is not ${wanted}`);
}

// Every item and clause of the language.
const table = readFileSync(join(root, "docs/language.md"), "utf8").split("\n## Every item and clause\n")[1].split("\n## ")[0];
let named = 0;
for (const [, item, clauses] of table.matchAll(/^\| (`.*?) \| (.*) \|$/gm)) {
  const heads = [...item.matchAll(/`([a-z]+)[^`]*`/g)].map((m) => m[1]);
  for (const head of heads.filter((head) => head !== "evidence" && head !== "final")) {
    const line = { resolved: "resolved: x by h on 2025-01-01", use: 'use "f.assess": x' }[head] ??
      (/overlap/.test(head) ? "overlap 50%: x, y" : /exclusive|implies/.test(head) ? `${head}: x, y`
        : /assessment|bet|section|judgement/.test(head) ? `${head} "T" {` : /prior|impacts|risk/.test(head) ? `${head} {`
          : head === "expect" ? "expect x: at most 5%" : head === "condition" ? "condition x: y" : head === "horizon" ? "horizon x: 5 days"
            : `${head} x "T" {`);
    const first = pieces(line)[0];
    assert.equal(first.piece, head);
    assert.ok(first.scopes.includes("storage.type.item.assess"), `${line}: ${first.scopes}`);
    named += 1;
  }
  const keys = [...clauses.matchAll(/`([a-z][a-z ]*?)(?: [A-Z…][^`]*|: [^`]*)?`/g)].map((m) => m[1]);
  // A question and a view hold items.
  const held = [...heads, "outcome", "prior", "event", "factor", "change", "assumption"];
  for (const key of keys.filter((key) => !held.includes(key))) {
    const found = pieces(`event x {\n  ${key}: 5%\n}`).find((p) => p.scopes.includes("keyword.other.clause.assess"));
    assert.ok(found && key.startsWith(found.piece.split(" ")[0]), `${key} is no clause: ${JSON.stringify(found)}`);
    named += 1;
  }
}
assert.ok(named > 70, `${named} items and clauses`);
console.log(`${texts.length} files and blocks, every piece has its scope; ${named} items and clauses are known`);
