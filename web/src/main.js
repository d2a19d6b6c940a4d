// The page: the editor on the left, what is computed on the right.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { Computer } from "./compute.js";
import { language } from "./language.js";
import { pack, unpack } from "./link.js";
import { render } from "./markdown.js";

const $ = (id) => document.getElementById(id);
const TABS = ["verdict", "why", "flip", "report"];
const NEW = `assessment "Will it happen?" {
  as of: ${new Date().toISOString().slice(0, 10)}
}

horizon soon: 0 to 6 months

outcome no  "It does not"
outcome yes "It does"

prior { yes: 30%, no: 70% }
`;

const computer = new Computer(WORKER, MODULE, EXAMPLES.map(({ path, text }) => ({ path, text })));
computer.able.catch(() => warn("This browser cannot compute verdicts: it needs WebAssembly with SIMD, as all browsers since 2023 have it"));
let name = "untitled.assess";
let tab = "verdict";
let changed = false;
let timer = 0;

// What has to be read stays until the next edit, before what else is said.
let notice = "";
const say = (text) => ($("status").textContent = notice && text !== notice ? `${notice}. ${text}` : text);
const warn = (text) => say((notice = text));

const view = new EditorView({
  parent: $("editor"),
  state: EditorState.create({
    doc: "",
    extensions: [
      lineNumbers(), lintGutter(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(),
      autocompletion(), language, EditorView.lineWrapping, EditorView.cspNonce.of("editor"),
      EditorView.contentAttributes.of({ "aria-label": "The assessment's text" }),
      EditorView.theme({
        "&": { backgroundColor: "transparent", color: "inherit", fontSize: "13.5px" },
        ".cm-scroller": { fontFamily: "ui-monospace, monospace" },
        ".cm-gutters": { backgroundColor: "transparent", color: "inherit", borderRight: "1px solid var(--line)" },
        ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--mark) 8%, transparent)" },
        ".cm-cursor": { borderLeftColor: "var(--ink)" },
        "&.cm-focused": { outline: "2px solid var(--mark)", outlineOffset: "-2px" },
        ".cm-tooltip": { backgroundColor: "var(--paper)", color: "var(--ink)", border: "1px solid var(--line)" },
      }),
      keymap.of([{ key: "Mod-s", run: () => (save(), true) }, ...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap]),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        changed = true;
        notice = "";
        computer.cancel();
        $("verdict").classList.add("stale");
        clearTimeout(timer);
        timer = setTimeout(refresh, 30);
      }),
    ],
  }),
});

// What scrolls can be reached by the keyboard.
view.scrollDOM.tabIndex = 0;

// Columns count code points from 1; the editor counts units of UTF-16 from 0.
const place = ({ line, column }) => {
  const { doc } = view.state;
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const units = [...at.text].slice(0, column - 1).join("").length;
  return Math.min(at.from + units, doc.length);
};

const show = (findings) => {
  const own = findings.diagnostics.filter((d) => d.file === name);
  const marks = own.map((d) => ({
    from: place(d.start),
    to: Math.max(place(d.end), place(d.start)),
    severity: d.severity === "note" ? "info" : d.severity,
    message: d.help ? `${d.message}\n${d.help}` : d.message,
    source: d.rule,
  }));
  view.dispatch(setDiagnostics(view.state, marks));
  const items = own.map((d) => {
    const item = document.createElement("li");
    item.className = d.severity;
    const go = document.createElement("button");
    go.type = "button";
    go.textContent = `Line ${d.start.line}`;
    go.onclick = () => {
      view.dispatch({ selection: { anchor: place(d.start), head: place(d.end) }, scrollIntoView: true });
      view.focus();
    };
    const kind = document.createElement("b");
    kind.textContent = `${d.severity}: `;
    item.append(go, kind, d.message);
    if (d.fix) {
      const fix = document.createElement("button");
      fix.type = "button";
      fix.textContent = "Fix";
      fix.setAttribute("aria-label", `Fix in line ${d.start.line}: ${d.fix.message}`);
      fix.onclick = () => {
        view.dispatch({ changes: d.fix.edits.map((e) => ({ from: place(e.start), to: place(e.end), insert: e.text })) });
        view.focus();
      };
      item.append(" ", fix);
    }
    if (d.help) {
      const help = document.createElement("span");
      help.className = "help";
      help.textContent = d.help;
      item.append(help);
    }
    return item;
  });
  $("findings").replaceChildren(...items);
  const { errors, warnings, notes } = findings.summary;
  const count = (n, one) => `${n} ${one}${n === 1 ? "" : "s"}`;
  $("said").textContent = `Findings: ${count(errors, "error")}, ${count(warnings, "warning")}, ${count(notes, "note")}`;
  return errors;
};

let frame = null;
// What is computed longer than this is said to be.
const LONG = 150;
let longer = 0;
const refresh = async () => {
  const text = view.state.doc.toString();
  const wanted = tab;
  const panel = $("verdict");
  panel.setAttribute("aria-busy", "true");
  clearTimeout(longer);
  longer = setTimeout(() => {
    panel.classList.add("stale");
    say("Computing…");
  }, LONG);
  // Both are asked at once; the worker takes them in turn.
  const [body, checked] = await Promise.all([computer.ask(wanted, name, text), computer.ask("check", name, text)]);
  if (checked?.check?.text) show(JSON.parse(checked.check.text));
  // Whoever came in between clears it.
  if (!body || wanted !== tab) return;
  clearTimeout(longer);
  panel.classList.remove("stale");
  panel.removeAttribute("aria-busy");
  const found = body.body;
  if (found.error !== undefined) {
    const message = document.createElement("p");
    message.textContent = found.kind === "mistaken" ? "No verdict yet: the findings say what to fix." : found.error;
    panel.replaceChildren(message);
    frame = null;
    say("No verdict");
  } else if (wanted === "report") {
    const url = URL.createObjectURL(new Blob([found.text], { type: "text/html" }));
    frame = document.createElement("iframe");
    frame.title = "Report";
    frame.onload = () => URL.revokeObjectURL(url);
    frame.src = url;
    panel.replaceChildren(frame);
    say("Report up to date");
  } else {
    frame = null;
    panel.replaceChildren(render(found.text));
    const leader = [...panel.querySelectorAll("th[scope=row]")].find((th) => th.textContent === "Leader");
    const cell = leader?.parentElement.lastElementChild;
    say(cell ? `Up to date: ${cell.textContent}` : "Up to date");
  }
  document.documentElement.dataset.ready = String(Number(document.documentElement.dataset.ready ?? 0) + 1);
};

// Whether what is in the editor may go.
const mayReplace = () => !changed || confirm(`${name} has changes that are not saved. Replace it all the same?`);

// A file larger than this is none that somebody wrote; the language's own limit is lower.
const LARGEST = 1 << 23;

const read = async (file) => {
  if (file.size > LARGEST) return warn(`${file.name} is too large for an assessment: ${(file.size / 1e6).toFixed(0)} MB`);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return warn(`${file.name} is no text in UTF-8, and cannot be opened`);
  }
  if (text.includes("\0")) return warn(`${file.name} is no text, and cannot be opened`);
  if (mayReplace()) load(file.name, text.replaceAll("\r\n", "\n"));
};

const load = (title, text) => {
  name = title || "untitled.assess";
  $("name").textContent = name;
  document.title = `${name} · assess`;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
  changed = false;
  clearTimeout(timer);
  refresh();
};

const save = () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([view.state.doc.toString()], { type: "text/plain" }));
  link.download = name.split("/").pop();
  link.click();
  URL.revokeObjectURL(link.href);
  changed = false;
  say(`Saved ${link.download}`);
};

const choose = (next) => {
  tab = next;
  for (const one of TABS) {
    const button = $(`tab-${one}`);
    button.setAttribute("aria-selected", String(one === tab));
    button.tabIndex = one === tab ? 0 : -1;
  }
  $("verdict").setAttribute("aria-labelledby", `tab-${tab}`);
  refresh();
};

for (const one of TABS) {
  $(`tab-${one}`).onclick = () => choose(one);
  $(`tab-${one}`).onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    choose(next);
    $(`tab-${next}`).focus();
  };
}

for (const { path } of EXAMPLES) $("examples").append(new Option(path.split("/").pop(), path));
$("examples").onchange = ({ target }) => {
  const example = EXAMPLES.find((e) => e.path === target.value);
  if (example && mayReplace()) load(example.path, example.text);
  target.value = EXAMPLES.some((e) => e.path === name) ? name : "";
};
$("new").onclick = () => mayReplace() && (load("untitled.assess", NEW), view.focus());
$("open").onclick = () => $("file").click();
$("file").onchange = async ({ target }) => {
  const [file] = target.files;
  if (file) await read(file);
  target.value = "";
};
// A file that is dropped is opened, wherever it is dropped; text is dropped as in any editor.
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault(), true);
addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  event.stopPropagation();
  const [file] = event.dataTransfer.files;
  if (file) read(file);
}, true);
$("save").onclick = save;
$("tidy").onclick = async () => {
  const text = view.state.doc.toString();
  const answer = await computer.ask("format", name, text);
  if (!answer) return;
  if (answer.body.error !== undefined) return say("Fix the mistakes first: only a file that can be read is laid out");
  if (answer.body.text !== text) view.dispatch({ changes: { from: 0, to: text.length, insert: answer.body.text } });
  say("Laid out");
};
// Longer links are cut by some of the programs that send them.
const SENT = 16000;
$("share").onclick = async () => {
  let packed;
  try {
    packed = await pack(name, view.state.doc.toString());
  } catch {
    return say("This file is too large for a link: save it, and send the file");
  }
  history_of(packed);
  let where = "on the clipboard";
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    where = "in the address bar";
  }
  const length = location.href.length;
  say(
    length > SENT
      ? `The link is ${where}, and has ${length.toLocaleString("en")} characters: mail and chat may cut it, so send the file`
      : `The link is ${where}; it holds the whole file`,
  );
};
const history_of = (packed) => window.history.replaceState(null, "", `#z=${packed}`);
$("print").onclick = async () => {
  if (tab !== "report") choose("report");
  // A file with mistakes has no report.
  for (let n = 0; n < 100 && !frame?.contentDocument?.body?.children.length; n++) await new Promise((r) => setTimeout(r, 50));
  if (frame) frame.contentWindow.print();
  else say("There is no report to print yet: the findings say what to fix");
};
addEventListener("beforeunload", (event) => changed && event.preventDefault());

const arrive = async () => {
  let damaged = false;
  const packed = /^#z=([\w-]+)$/.exec(location.hash)?.[1];
  if (packed) {
    try {
      const { name, text } = await unpack(packed);
      return mayReplace() && load(name, text);
    } catch {
      damaged = true;
    }
  }
  const first = EXAMPLES.find((e) => e.path.endsWith("nato.assess"));
  if (!view.state.doc.length) load(first.path, first.text);
  if (damaged) warn("The link is damaged: nothing could be read from it");
};
addEventListener("hashchange", arrive);
for (const one of TABS) $(`tab-${one}`).setAttribute("aria-selected", String(one === tab));
choose("verdict");
arrive();

// For whoever drives the page by a program.
globalThis.assess = { compute: (want) => computer.ask(want, name, view.state.doc.toString()), view };
