// Uses the page in Chromium as an analyst would. Usage: page.mjs ASSESS, the path of the command.
import { faultsOf } from "./axe.mjs";
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const dist = join(here, "../dist");
const command = process.argv[2];
const fail = (text) => {
  throw new Error(text);
};
const kinds = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript" };
const server = createServer((request, response) => {
  const name = request.url.split(/[?#]/)[0].slice(1) || "index.html";
  try {
    response.writeHead(200, { "content-type": kinds[name.split(".").pop()] }).end(readFileSync(join(dist, name)));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const said = [];
const opened = async (url, options) => {
  const context = await browser.newContext({ ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(address).origin });
  const page = await context.newPage();
  const requests = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  page.on("request", (request) => request.url().startsWith("blob:") || requests.push(request.url()));
  const from = performance.now();
  await page.goto(url);
  await page.waitForFunction(() => document.querySelector("#verdict table"), null, { timeout: 60000 });
  page.ready = performance.now() - from;
  page.loaded = requests.length;
  page.requests = requests;
  return page;
};
const settled = (page) => page.waitForFunction(() => !document.querySelector("#verdict").classList.contains("stale"));

// Every example opens, and shows what the command line prints.
const page = await opened(address);
console.log(`first verdict after ${page.ready.toFixed(0)} ms, ${page.loaded} requests`);
const names = await page.$$eval("#examples option", (all) => all.map((o) => o.value).filter(Boolean));
let compared = 0;
for (const name of names) {
  await page.selectOption("#examples", name);
  await settled(page);
  const json = await page.evaluate(() => globalThis.assess.compute("json"));
  const ran = spawnSync(command, ["eval", name, "--format", "json"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 27 });
  if (json.body.kind === "shared") continue;
  if ((json.body.text ?? "").trimEnd() !== ran.stdout.trimEnd()) fail(`${name} differs from the command line`);
  if (!ran.stdout) continue;
  await page.waitForFunction(() => document.querySelector("#verdict table"));
  const shown = await page.$eval("#verdict", (panel) => panel.textContent.replace(/\s+/g, ""));
  const text = spawnSync(command, ["eval", name, "--format", "markdown"], { cwd: root, encoding: "utf8" }).stdout;
  const numbers = text.match(/\d[\d.,]*%/g) ?? [];
  for (const number of numbers) if (!shown.includes(number)) fail(`${name}: ${number} is not shown`);
  compared++;
}
console.log(`${compared} verdicts are the command line's`);

// How long an edit takes until its verdict stands.
await page.selectOption("#examples", "assessments/nato.assess");
await settled(page);
const times = [];
for (let n = 0; n < 9; n++) {
  times.push(await page.evaluate(async () => {
    const from = performance.now();
    await globalThis.assess.compute("json");
    return performance.now() - from;
  }));
}
times.sort((a, b) => a - b);
console.log(`NATO takes ${times[4].toFixed(1)} ms in the browser`);

// The ferry, key by key, with its mistake.
const readme = readFileSync(join(root, "README.md"), "utf8");
const ferry = /```assess file=ferry\.assess\n([^]*?)```/.exec(readme)[1];
const mistaken = ferry.replace("weight for running: moderate", "weight for running: moderat");
await page.click("#new");
await page.evaluate(() => globalThis.assess.view.dispatch({ changes: { from: 0, to: globalThis.assess.view.state.doc.length } }));
await page.click(".cm-content");
for (const line of mistaken.split("\n")) {
  await page.keyboard.insertText(line.slice(0, -1));
  if (line) await page.keyboard.type(line.slice(-1));
  await page.keyboard.insertText("\n");
}
await page.evaluate((text) => {
  const { view } = globalThis.assess;
  if (view.state.doc.toString().replace(/\s+/g, "") !== text.replace(/\s+/g, "")) {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  }
}, mistaken);
// What the editor said of the text before may still stand there for a moment.
await page.waitForFunction(() => document.querySelector("#findings li.error")?.textContent.includes("moderat"), null, { timeout: 20000 });
const told = await page.textContent("#findings");
if (!told.includes("`moderat` is not a word") || !told.includes("did you mean `moderate`?")) fail(`the mistake is not explained: ${told}`);
await page.click('#findings li.error button[aria-label^="Fix"]');
await page.waitForFunction(() => !document.querySelector("#findings li.error"), null, { timeout: 20000 });
await page.waitForFunction(() => document.querySelector("#verdict table")?.textContent.includes("31%"), null, { timeout: 20000 });
await page.click(".cm-content");
await page.keyboard.press("Control+End");
await page.keyboard.insertText('event strike "The yard goes on strike" {\n  chance: 10% by june, 15% by autumn\n  weight against running: strong\n}\n');
await page.waitForFunction(() => document.querySelector("#verdict table")?.textContent.includes("28%"), null, { timeout: 20000 });

// The link holds it.
await page.click("#share");
await page.waitForFunction(() => location.hash.startsWith("#z="));
const link = page.url();
const other = await opened(link);
await other.waitForFunction(() => document.querySelector("#verdict table")?.textContent.includes("28%"), null, { timeout: 20000 });
if (!(await other.title()).includes("untitled")) fail("the link forgets the name");

// A damaged link says so, and what is opened or dropped has to be text; what is not saved is not lost.
const damaged = await opened(`${address}#z=AAAA`);
const status = (text) => damaged.waitForFunction((t) => document.querySelector("#status").textContent.includes(t), text, { timeout: 20000 });
await status("The link is damaged");
await damaged.setInputFiles("#file", { name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe]) });
await status("scan.pdf is no text in UTF-8");
if ((await damaged.textContent("#name")) !== "assessments/nato.assess") fail("a file that is no text was opened");
const drop = (name, text) => damaged.evaluate(([name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  document.querySelector(".cm-content").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}, [name, text]);
await drop("ferry.assess", ferry);
await damaged.waitForFunction(() => document.querySelector("#verdict table")?.textContent.includes("31%"), null, { timeout: 20000 });
if ((await damaged.textContent("#name")) !== "ferry.assess") fail("a file that is dropped is not opened");
await damaged.click(".cm-content");
await damaged.keyboard.press("Control+End");
await damaged.keyboard.insertText("# mine\n");
const asked = [];
damaged.on("dialog", (dialog) => (asked.push(dialog.type()), dialog.dismiss()));
await damaged.click("#new");
await damaged.selectOption("#examples", "assessments/nato.assess");
if (asked.join() !== "confirm,confirm") fail(`nobody asked whether what is not saved may go: ${asked}`);
if ((await damaged.textContent("#name")) !== "ferry.assess" || (await damaged.inputValue("#examples")) !== "") fail("what was not saved went");
// What no link could hold is said, and the address stays as it is.
await damaged.evaluate(() => globalThis.assess.view.dispatch({ changes: { from: 0, insert: `${"# ".padEnd(1 << 20, "x")}\n` } }));
await damaged.click("#share");
await status("too large for a link");
if (damaged.url() !== `${address}#z=AAAA`) fail("the address holds a file that no page opens");
await damaged.close();

// With the keyboard alone: from tab to tab.
await other.focus("#tab-verdict");
for (const [tab, sign] of [["why", "prior"], ["flip", "running"], ["report", null]]) {
  await other.keyboard.press("ArrowRight");
  await settled(other);
  if (!(await other.$eval(`#tab-${tab}`, (t) => t.getAttribute("aria-selected") === "true" && document.activeElement === t))) fail(`${tab} is not reached`);
  if (sign) await other.waitForFunction((s) => document.querySelector("#verdict").textContent.includes(s), sign);
}
const frame = await (await other.waitForSelector("#verdict iframe")).contentFrame();
await frame.waitForSelector("h1", { timeout: 20000 });
if (!(await frame.textContent("body")).includes("28%")) fail("the report shows another verdict");
if (other.requests.length !== other.loaded || page.requests.length !== page.loaded) fail(`requests after loading: ${other.requests.slice(other.loaded)} ${page.requests.slice(page.loaded)}`);

// On a telephone, light and dark: nothing runs over the edge, and no fault of accessibility.
for (const colorScheme of ["light", "dark"]) {
  const phone = await opened(address, { viewport: { width: 360, height: 740 }, colorScheme, hasTouch: true });
  const over = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) fail(`${over} px stand over a telephone's edge`);
  const faults = await faultsOf(phone);
  if (faults.length) fail(JSON.stringify(faults, null, 1));
}
// From a folder, without a server.
const folder = await opened(pathToFileURL(join(dist, "index.html")).href);
if (!(await folder.textContent("#verdict")).includes("Leader")) fail("the page does not open from a folder");
if (said.length) fail(`the console says: ${said.join("; ")}`);
await browser.close();
server.close();
console.log("the page is sound");
