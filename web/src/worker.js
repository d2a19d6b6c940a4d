// Computes, apart from the page, so that typing never waits. A message names what is wanted of which text;
// the answer carries its number back. Whoever cannot wait ends the worker and starts another.
import init, { Workspace } from "assess-wasm";

let files;
const decoder = new TextDecoder();

const attempt = (work) => {
  try {
    return { text: work() };
  } catch (error) {
    return { error: error.message, kind: error.kind, findings: error.findings && JSON.parse(error.findings) };
  }
};

onmessage = async ({ data }) => {
  if (data.module) {
    await init({ module_or_path: data.module });
    files = new Workspace();
    for (const { path, text } of data.files) files.open(path, text);
    postMessage({ ready: true });
    return;
  }
  const { id, name, text, want } = data;
  const answer = { id, want };
  answer.opened = attempt(() => files.open(name, text));
  if (want === "check") answer.check = attempt(() => files.check(name));
  if (want === "verdict") answer.body = attempt(() => files.evaluate(name, undefined, "markdown"));
  if (want === "json") answer.body = attempt(() => files.evaluate(name));
  if (want === "why") answer.body = attempt(() => files.explain(name, undefined, "markdown"));
  if (want === "flip") answer.body = attempt(() => files.flip(name, undefined, undefined, "markdown"));
  if (want === "report") answer.body = attempt(() => decoder.decode(files.report(name)));
  if (want === "format") answer.body = attempt(() => files.format(name));
  postMessage(answer);
};
