// Opens pages in headless Chromium and says what is wrong with them.
//
// node run.mjs CHROMIUM JOB.json: the job lists pages, `{"file", "widths"}`: how wide the window is for
// each; `screenshots` names a folder for pictures of them, and for each page as a PDF. Every page is
// looked at in light, in dark and in print, at its first width by axe-core too. One problem a line goes
// to standard output; the last line counts the views.

import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [executablePath, job] = process.argv.slice(2);
const { pages, screenshots } = JSON.parse(readFileSync(job, "utf8"));
const VIEWS = [
  { name: "light", media: "screen", colorScheme: "light" },
  { name: "dark", media: "screen", colorScheme: "dark" },
  { name: "print", media: "print", colorScheme: "light" },
];

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let views = 0;

// Runs in the page: what is wider than the page, and what text of a chart lies on other text.
const layout = () => {
  const found = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) {
    const scrolls = (e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
    const isHeld = (e) => { for (let p = e; p !== document.body; p = p.parentElement) if (scrolls(p)) return true; return false; };
    const all = [...document.querySelectorAll("body *")];
    const out = all.findLast((e) => e.getBoundingClientRect().right > innerWidth + 1 && !isHeld(e));
    found.push(`the page is ${wide} wide, for ${out?.outerHTML.slice(0, 120)}`);
  }
  // What shines through behind a number is the page itself.
  const halo = document.querySelector("svg .h");
  const paper = getComputedStyle(document.body).backgroundColor;
  if (halo && getComputedStyle(halo).stroke !== paper) {
    found.push(`numbers have a halo of ${getComputedStyle(halo).stroke} on ${paper}`);
  }
  for (const svg of document.querySelectorAll("svg[role=img]")) {
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0) continue;
    const texts = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    for (const [i, [text, box]] of texts.entries()) {
      const isCut = box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 3 || box.top < frame.top - 3;
      if (isCut) found.push(`a chart cuts “${text}”`);
      for (const [other, with_] of texts.slice(i + 1)) {
        const x = Math.min(box.right, with_.right) - Math.max(box.left, with_.left);
        const y = Math.min(box.bottom, with_.bottom) - Math.max(box.top, with_.top);
        // Lines of one text touch.
        if (x > 2 && y > 4) found.push(`in a chart “${text}” and “${other}” overlap`);
      }
    }
  }
  return found;
};

for (const { file, widths } of pages) {
  const url = pathToFileURL(file).href;
  for (const width of widths) {
    let label = "";
    const say = (problem) => console.log(`${label}: ${problem}`);
    const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && say(`console: ${message.text()}`));
    page.on("pageerror", (error) => say(`script: ${error.message}`));
    page.on("dialog", (dialog) => { say(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", (request) => request.url() !== url && say(`request: ${request.url()}`));
    page.on("popup", () => say("a window opens"));
    for (const view of VIEWS) {
      views += 1;
      label = `${basename(file)} ${width} ${view.name}`;
      await page.emulateMedia({ media: view.media, colorScheme: view.colorScheme });
      if (view === VIEWS[0]) await page.goto(url);
      for (const problem of new Set(await page.evaluate(layout))) say(problem);
      // Width changes little for axe-core, and it takes its time.
      if (width === widths[0]) {
        if (view === VIEWS[0]) await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        for (const { id, nodes } of violations) {
          for (const node of nodes.slice(0, 3)) say(`axe: ${id}: ${node.html.slice(0, 160)} (${node.failureSummary?.split("\n")[1]?.trim()})`);
        }
      }
      if (screenshots) {
        const name = join(screenshots, label.replaceAll(" ", "-").replace(".html", ""));
        // Chromium has no pictures of what is very long.
        await page.screenshot({ path: `${name}.png`, fullPage: true }).catch((error) => console.error(`${name}: ${error.message}`));
        if (view.name === "print" && width === widths.at(-1)) await page.pdf({ path: `${name}.pdf`, preferCSSPageSize: true });
      }
    }
    await page.close();
  }
  // Without scripts everything is there, and one horizon is as good as another.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  const hidden = await page.locator("[data-horizon]").evaluateAll((panels) => panels.filter((p) => p.offsetParent === null).length);
  if (hidden > 0) console.log(`${basename(file)} without scripts: ${hidden} panels are hidden`);
  // Links to other pages lead to some.
  const links = await page.locator("a[href$='.html']").evaluateAll((all) => all.map((a) => a.href));
  for (const link of links) {
    if (!existsSync(fileURLToPath(link))) console.log(`${basename(file)}: no page stands at ${link}`);
  }
  await context.close();
  // With scripts the switch shows one horizon.
  const switched = await browser.newPage();
  await switched.goto(url);
  const shown = () => switched.locator("#contributions [data-horizon]").evaluateAll((panels) => panels.filter((p) => p.offsetParent !== null).map((p) => p.dataset.horizon));
  const choices = switched.locator("#contributions .switch input");
  const count = await choices.count();
  for (let i = 0; i < count; i += 1) {
    await choices.nth(i).check({ force: true });
    const value = await choices.nth(i).getAttribute("value");
    const now = await shown();
    const right = value === "" ? now.length === count - 1 : now.length === 1 && now[0] === value;
    if (!right) console.log(`${basename(file)}: the switch at “${value}” shows ${JSON.stringify(now)}`);
  }
  // And an index is narrowed to what is asked for.
  const field = switched.locator("#filter input");
  if (await field.isVisible()) {
    const entries = () => switched.locator(".entry").evaluateAll((all) => all.filter((e) => e.offsetParent !== null).length);
    const before = await entries();
    await field.fill("no such file");
    const none = await entries();
    await field.fill(".assess");
    const all = await entries();
    if (before === 0 || none !== 0 || all !== before) console.log(`${basename(file)}: the filter shows ${none} and ${all} of ${before}`);
  }
  await switched.close();
}
await browser.close();
console.log(`${views} views`);
