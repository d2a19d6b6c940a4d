// The module says what the command line says, to the byte: every assessment and example, as JSON.
// Usage: same.mjs ASSESS, the path of the command; from any folder.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AssessError, Files } from "../pkg/index.node.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const command = process.argv[2];
const folders = ["assessments", "examples"];
const paths = folders.flatMap((f) => readdirSync(join(root, f)).filter((n) => n.endsWith(".assess")).map((n) => `${f}/${n}`));
const files = new Files();
for (const path of paths) files.open(path, readFileSync(join(root, path), "utf8"));
let compared = 0;
const run = (...args) => spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
for (const path of paths) {
  for (const name of ["eval", "explain", "flip", "check"]) {
    const ran = run(name, path, "--format", "json");
    let own;
    try {
      own = files.print(name, path, { format: "json" });
    } catch (error) {
      if (!(error instanceof AssessError)) throw error;
      // What is made for `use` is a report without verdicts there.
      if (error.kind !== "shared" && ran.stdout) throw new Error(`${name} ${path}: ${error.message}`);
      continue;
    }
    if (own.trimEnd() !== ran.stdout.trimEnd()) {
      const at = [...own].findIndex((c, i) => c !== ran.stdout[i]);
      throw new Error(`${name} ${path} differs at ${at}: …${own.slice(at - 80, at + 80)}… / …${ran.stdout.slice(at - 80, at + 80)}…`);
    }
    compared++;
  }
}
const from = performance.now();
const rounds = 20;
for (let n = 0; n < rounds; n++) files.evaluate("assessments/nato.assess");
const each = (performance.now() - from) / rounds;
// What is wrong is thrown with its place.
try {
  files.open("bad.assess", "outcome").evaluate("bad.assess");
  throw new Error("a mistake was not said");
} catch (error) {
  if (!(error instanceof AssessError) || error.kind !== "mistaken" || !error.findings[0].start) throw error;
}
console.log(`${compared} results are the same to the byte; NATO takes ${each.toFixed(1)} ms`);
