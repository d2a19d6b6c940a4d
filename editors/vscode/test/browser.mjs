// Drives VS Code in Chromium as a reader would: keys, clicks, and a look at what is shown.
//
// node browser.mjs CHROMIUM CODE_SERVER FOLDER: the folder holds `data`, `extensions` and `files`, which the shell script
// beside this one makes. Each step says what it saw; the first that sees something else ends the run with a picture of it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, "../../../tests/browser/package.json"));
const { chromium } = require("playwright-core");
const [executablePath, codeServer, folder] = process.argv.slice(2);
const files = join(folder, "files");
const pictures = process.env.SCREENSHOTS;
/** Longer than this nothing may take, however busy the machine is. */
const PATIENCE = 60_000;

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

const port = await freePort();
const server = spawn(
  "node",
  [
    join(codeServer, "out/node/entry.js"), "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry",
    "--disable-update-check", "--disable-workspace-trust", "--user-data-dir", join(folder, "data"),
    "--extensions-dir", join(folder, "extensions"), files,
  ],
  { stdio: ["ignore", "ignore", "inherit"] },
);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const end = async () => {
  await browser.close();
  server.kill();
};

const address = `http://127.0.0.1:${port}/`;
for (let i = 0; ; i += 1) {
  const up = await fetch(`${address}healthz`).then((r) => r.ok, () => false);
  if (up) break;
  assert.ok(i < 300, "code-server does not start");
  await new Promise((done) => setTimeout(done, 200));
}

const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(PATIENCE);
let shown = 0;
const picture = async (name) => {
  shown += 1;
  await page.screenshot({ path: join(pictures, `${String(shown).padStart(2, "0")}-${name}.png`) });
};
/** Waits until something is so. */
const until = async (what, test, patience = PATIENCE) => {
  const late = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const found = await test();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    assert.ok(Date.now() < late, `${what}: not seen${last ? ` (${last.message})` : ""}`);
    await page.waitForTimeout(100);
  }
};
/** Does something that may go nowhere on a busy machine, until it has come to something. */
const insist = (what, act, test) =>
  until(what, async () => {
    await act();
    return until(what, test, 10_000);
  });
const press = (keys) => page.keyboard.press(keys);
const editor = () => page.locator(".editor-group-container.active .monaco-editor[role=code], .editor-group-container.active .editor-instance").first();
/** The text of the active editor as it is shown, hints included. */
const text = async () => (await editor().locator(".view-lines").innerText()).replaceAll("\u00a0", " ");
const run = async (command) => {
  await press("F1");
  await page.locator(".quick-input-widget input").first().fill(`>${command}`);
  // The list is filtered as it is typed.
  await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${command}"]`).first().click();
  await page.locator(".quick-input-widget").first().waitFor({ state: "hidden" });
};
const open = async (name) => {
  const pick = async () => {
    await press("Control+p");
    await page.locator(".quick-input-widget input").first().fill(name);
    await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name }).first().click({ timeout: 5000 });
  };
  const group = page.locator(".editor-group-container.active .tab.active").filter({ hasText: name });
  await insist(`${name} is open`, pick, () => group.isVisible());
  await until(`the text of ${name}`, async () => (await text()).length > 20);
};
/** Puts the cursor before some text of a file, or at a mark `¦` in it. */
const go = async (name, needle) => {
  const whole = readFileSync(join(files, name), "utf8");
  const [before] = needle.split("¦");
  const plain = needle.replace("¦", "");
  const at = whole.indexOf(plain) + (needle.includes("¦") ? before.length : 0);
  assert.ok(whole.includes(plain), `${name} has no ${plain}`);
  const line = whole.slice(0, at).split("\n").length;
  const column = at - whole.lastIndexOf("\n", at - 1);
  await press("Control+g");
  await page.locator(".quick-input-widget input").first().fill(`:${line}:${column}`);
  await press("Enter");
  await page.locator(".quick-input-widget").first().waitFor({ state: "hidden" });
};
/** Shows what hovers at the cursor; on a busy machine it may be gone before it is seen, and is asked for again. */
const hover = async (wanted) => {
  const shown = page.locator(".monaco-resizable-hover:visible, .monaco-hover:visible").first();
  for (let tries = 1; ; tries += 1) {
    await press("Control+k");
    await press("Control+i");
    for (let i = 0; i < 50; i += 1) {
      const said = await shown.innerText({ timeout: 200 }).catch(() => "");
      if (wanted.test(said)) return;
      await page.waitForTimeout(100);
    }
    assert.ok(tries < 6, `a hover with ${wanted}: not seen`);
    await press("Escape");
  }
};
const step = async (name, work) => {
  const began = Date.now();
  try {
    await work();
  } catch (error) {
    await picture(`failed-${name.replaceAll(" ", "-")}`);
    console.error(`vscode: ${name}: ${error.message}`);
    await end();
    process.exit(1);
  }
  console.log(`vscode: ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
};
/** The innermost frame of a page beside the text that has some text. */
const frame = (wanted, patience) =>
  until(`a page with ${wanted}`, async () => {
    for (const each of page.frames()) {
      const said = await each.evaluate(() => document.body?.innerText ?? "").catch(() => "");
      if (each !== page.mainFrame() && said.match(wanted)) return each;
    }
    return undefined;
  }, patience);

await step("the folder opens", async () => {
  await page.goto(`${address}?folder=${encodeURIComponent(files)}`);
  await page.locator(".monaco-workbench").waitFor();
  await page.locator(".explorer-folders-view").filter({ hasText: "nato.assess" }).waitFor();
});

await step("squiggles in the broken file", async () => {
  await open("broken.assess");
  await until("squiggles", async () => (await page.locator(".squiggly-error").count()) >= 3);
  await run("Problems: Focus on Problems View");
  const problems = page.locator(".markers-panel");
  await until("problems", async () => (await problems.innerText()).includes("`moderat` is not a word"));
  const said = await problems.innerText();
  for (const wanted of ["by-when", "unknown-word", "assess"]) assert.ok(said.includes(wanted), `no ${wanted} in ${said}`);
  await picture("squiggles");
});

await step("the rule of a finding is a link to its page", async () => {
  await open("broken.assess");
  await go("broken.assess", "mod¦erat\n");
  await hover(/unknown-word · error/);
  await picture("hover-on-a-mistake");
  await press("Escape");
  await page.locator(".markers-panel a").filter({ hasText: "unknown-word" }).first().click();
  await frame(/looked up in the scale/);
  await picture("rule");
  await run("View: Close Editor");
});

await step("a quick fix", async () => {
  await open("broken.assess");
  if (await page.locator(".markers-panel").isVisible()) await press("Control+j");
  await go("broken.assess", "mod¦erat\n");
  await press("Control+.");
  const menu = page.locator(".action-widget:visible").first();
  await until("fixes", async () => (await menu.innerText()).includes("moderate"));
  await picture("quick-fix");
  await menu.locator(".monaco-list-row").filter({ hasText: "moderate" }).first().click();
  await until("the fix", async () => (await text()).includes("moderate"));
});

await step("the numbers come once the file can be read", async () => {
  await insist("fixed", () => run("Fix All"), async () => (await text()).match(/against running: weak/));
  await page.waitForTimeout(500);
  await picture("fix-all");
  await run("File: Revert File");
});

await step("hover with numbers", async () => {
  await open("nato.assess");
  await until("a verdict over the file", async () => (await text()).length > 0 && (await page.locator(".codelens-decoration").count()) > 0);
  await go("nato.assess", "outcome pres¦ence");
  await hover(/Continued presence[\s\S]*\d+%/);
  await picture("hover");
  await press("Escape");
});

await step("inlay hints and lenses", async () => {
  await go("nato.assess", "weight against exit: mod¦erate");
  await until("a strength's decibans", async () => (await text()).includes("= 5 dB"));
  await picture("inlay-hints");
  await go("nato.assess", "outcome presence");
  await until("chances behind an outcome", async () => (await text()).match(/64% · 32% · 20%/));
  await until("lenses", async () => (await page.locator(".codelens-decoration").allInnerTexts()).join(" ").match(/explain[\s\S]*flip/));
  const status = await page.locator(".statusbar").innerText();
  assert.match(status, /short: presence 64%/);
  await picture("lenses");
});

await step("why, beside the text", async () => {
  // At the top of the file nothing covers the lens.
  await press("Control+Home");
  const lens = page.locator(".codelens-decoration a").filter({ hasText: "explain" }).first();
  // While lenses are drawn anew a click goes nowhere.
  const shown = await until("why", async () => {
    await lens.click({ timeout: 5000 });
    return frame(/What the pushes rest on/, 10_000);
  });
  assert.match(await shown.evaluate(() => document.body.innerText), /decibans/);
  await page.waitForTimeout(500);
  await picture("why");
  await run("View: Close Editor");
});

await step("completion", async () => {
  await open("port.assess");
  await press("Control+End");
  await page.keyboard.type("eve");
  await press("Control+Space");
  const list = page.locator(".suggest-widget.visible");
  await until("proposals", async () => (await list.innerText()).includes("event"));
  await press("Enter");
  await page.keyboard.type("strike2");
  await press("Tab");
  await page.keyboard.type("A second one");
  await press("Tab");
  await page.keyboard.type("Seen.");
  await press("Tab");
  await press("Control+Space");
  await until("words with numbers", async () => (await list.innerText()).match(/roughly even chance[\s\S]*50%/));
  await picture("completion");
  await page.keyboard.type("lik");
  await until("the word", async () => (await list.innerText()).includes("likely"));
  await press("Enter");
  await until("it is put in", async () => (await text()).match(/chance: \w*likely|chance: likely/));
  await press("Control+Space");
  await page.keyboard.type(" by ");
  await press("Control+Space");
  await until("horizons", async () => (await list.innerText()).includes("year"));
  await picture("completion-of-horizons");
  await press("Escape");
  await run("File: Revert File");
});

await step("a rename over two files", async () => {
  await open("port.assess");
  await go("port.assess", "when: str¦ike");
  await press("F2");
  const box = page.locator(".rename-box:visible input");
  await box.waitFor();
  await box.fill("walkout_of_all");
  await press("Enter");
  await until("the new name", async () => (await text()).includes("when: walkout_of_all"));
  await run("File: Save All Files");
  await until("both files on disk", () =>
    ["port.assess", "shared.assess"].every((name) => readFileSync(join(files, name), "utf8").includes("walkout_of_all")),
  );
  await picture("rename");
});

await step("the file is laid out", async () => {
  await open("port.assess");
  await go("port.assess", 'outcome city¦ "The city"');
  await page.keyboard.type("     ");
  await insist("one layout", () => run("Format Document"), async () => (await text()).includes('outcome city "The city"'));
  await run("File: Revert File");
});

await step("the preview follows an edit", async () => {
  await open("port.assess");
  await press("Control+k");
  await press("v");
  let shown = await frame(/Who will run the port\?/);
  const before = await shown.evaluate(() => document.body.innerText);
  await page.waitForTimeout(800);
  await picture("preview");
  await page.locator(".tab").filter({ hasText: "port.assess" }).first().click();
  await go("port.assess", "city: likely");
  for (let i = 0; i < "city: ".length; i += 1) await press("ArrowRight");
  await press("Shift+End");
  await page.keyboard.type("unlikely");
  await press("Escape");
  await until("another verdict", async () => {
    shown = await frame(/Who will run the port\?/);
    return (await shown.evaluate(() => document.body.innerText)) !== before;
  });
  await page.waitForTimeout(800);
  await picture("preview-after-an-edit");
  await press("Control+z");
  await page.keyboard.type("x");
  shown = await frame(/error|not a word|mistake/);
  await page.waitForTimeout(800);
  await picture("preview-of-a-broken-text");
  await run("File: Revert File");
});

await step("the dark theme", async () => {
  await run("Preferences: Toggle between Light/Dark Themes");
  await open("nato.assess");
  await press("Control+k");
  await press("v");
  // The page is dark, too.
  await until("a dark page", async () => {
    const shown = await frame(/withdraw the U\.S\. from NATO/);
    const paper = await shown.evaluate(() => getComputedStyle(document.body).backgroundColor);
    return paper.match(/\d+/g).every((part) => Number(part) < 64);
  });
  await picture("dark");
});

await end();
console.log(`vscode: ${shown} pictures in ${pictures}`);
