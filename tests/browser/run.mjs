// Opens pages in headless Chromium and says what is wrong with them.
//
// node run.mjs CHROMIUM JOB.json: the job lists pages, `{"file", "axe", "widths", "paper"}`: in which
// views axe-core looks, how wide the window is, and the narrowest that is printed; `screenshots` names
// a folder for pictures of them, and for each page as a PDF. One problem a line goes to standard
// output; the last line counts the views.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
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
    const all = [...document.querySelectorAll("body *")];
    const out = all.find((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll"));
    found.push(`the page is ${wide} wide, for ${out?.outerHTML.slice(0, 120)}`);
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

for (const { file, widths, paper, axe: wants } of pages) {
  for (const width of widths) {
    for (const view of VIEWS) {
      if (view.media === "print" && width < paper) continue;
      views += 1;
      const label = `${basename(file)} ${width} ${view.name}`;
      const say = (problem) => console.log(`${label}: ${problem}`);
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: view.colorScheme, reducedMotion: "reduce" });
      const url = pathToFileURL(file).href;
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && say(`console: ${message.text()}`));
      page.on("pageerror", (error) => say(`script: ${error.message}`));
      page.on("dialog", (dialog) => { say(`dialog: ${dialog.message()}`); dialog.dismiss(); });
      page.on("request", (request) => request.url() !== url && say(`request: ${request.url()}`));
      page.on("popup", () => say("a window opens"));
      await page.goto(url);
      await page.emulateMedia({ media: view.media, colorScheme: view.colorScheme });
      for (const problem of new Set(await page.evaluate(layout))) say(problem);
      if (wants.includes(view.name)) {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
        for (const { id, nodes } of violations) {
          for (const node of nodes.slice(0, 3)) say(`axe: ${id}: ${node.html.slice(0, 160)} (${node.failureSummary?.split("\n")[1]?.trim()})`);
        }
      }
      if (screenshots) {
        const name = join(screenshots, label.replaceAll(" ", "-").replace(".html", ""));
        await page.screenshot({ path: `${name}.png`, fullPage: true });
        if (view.name === "print" && width === widths.at(-1)) await page.pdf({ path: `${name}.pdf`, preferCSSPageSize: true });
      }
      await page.close();
    }
  }
  // Without scripts everything is there, and one horizon is as good as another.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  const hidden = await page.locator("[data-horizon]").evaluateAll((panels) => panels.filter((p) => p.offsetParent === null).length);
  if (hidden > 0) console.log(`${basename(file)} without scripts: ${hidden} panels are hidden`);
  await context.close();
  // With them the switch shows one horizon.
  const switched = await browser.newPage();
  await switched.goto(pathToFileURL(file).href);
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
  await switched.close();
}
await browser.close();
console.log(`${views} views`);
