// Builds the page: index.html, style.css and one script with the editor, the examples, the worker and the
// WebAssembly module in it. So it opens from a web server or from a folder, and asks for nothing more.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const wasm = process.env.ASSESS_WASM ?? join(root, "bindings/wasm/pkg");
const out = join(here, "dist");
mkdirSync(out, { recursive: true });

const bundle = async (entry, options) => {
  const result = await build({
    entryPoints: [join(here, "src", entry)],
    bundle: true,
    minify: true,
    write: false,
    target: "es2022",
    format: "iife",
    logOverride: { "empty-import-meta": "silent" },
    ...options,
  });
  return result.outputFiles[0].text;
};

const texts = (folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".assess"))
    .map((name) => ({ name, path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), "utf8") }));

const worker = await bundle("worker.js", { alias: { "assess-wasm": join(wasm, "web/assess.js") } });
const module = readFileSync(join(wasm, "web/assess_bg.wasm")).toString("base64");
const main = await bundle("main.js", {
  define: {
    WORKER: JSON.stringify(worker),
    MODULE: JSON.stringify(module),
    EXAMPLES: JSON.stringify([...texts("assessments"), ...texts("examples")]),
  },
});
writeFileSync(join(out, "assess.js"), main);
copyFileSync(join(here, "src/style.css"), join(out, "style.css"));

// A report shows in a frame, which keeps to this page's policy as well as to its own: this one names the
// hashes of what stands within a report, and nothing else that stands within a page.
const { Workspace } = await import(pathToFileURL(join(wasm, "node/assess.js")));
const files = new Workspace();
files.open("a.assess", texts("assessments").find((f) => f.name === "nato.assess").text);
const report = Buffer.from(files.report("a.assess")).toString("utf8");
const hash = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
const within = (tag) => [...report.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))].map((m) => hash(m[1]));
const policy = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' ${within("script").join(" ")}`,
  `style-src 'self' 'nonce-editor' ${within("style").join(" ")}`,
  "img-src 'self' data:",
  "worker-src blob:",
  "frame-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const html = readFileSync(join(here, "src/index.html"), "utf8").replace("POLICY", policy);
writeFileSync(join(out, "index.html"), html);
console.log(`dist: ${(main.length / 1e6).toFixed(2)} MB`);
