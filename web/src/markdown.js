// The Markdown that the command line prints, as elements: headings, tables, lists, paragraphs. Texts stay texts.
const inline = (into, text) => {
  const parts = /\*\*(.+?)\*\*|`([^`]+)`|<br>|\\([^\n])/g;
  let at = 0;
  for (const found of text.matchAll(parts)) {
    into.append(text.slice(at, found.index));
    at = found.index + found[0].length;
    if (found[1] !== undefined) inline(into.appendChild(document.createElement("strong")), found[1]);
    else if (found[2] !== undefined) into.appendChild(document.createElement("code")).textContent = found[2];
    else if (found[3] !== undefined) into.append(found[3]);
    else into.append(document.createElement("br"));
  }
  into.append(text.slice(at));
  return into;
};

const cells = (line) => line.replace(/^\||\|\s*$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));

const table = (lines, title) => {
  const box = document.createElement("div");
  box.className = "table";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", title);
  const whole = box.appendChild(document.createElement("table"));
  const head = whole.createTHead().insertRow();
  for (const cell of cells(lines[0])) {
    const th = document.createElement(cell ? "th" : "td");
    if (cell) th.scope = "col";
    head.append(inline(th, cell));
  }
  const body = whole.createTBody();
  for (const line of lines.slice(2)) {
    const row = body.insertRow();
    cells(line).forEach((cell, place) => {
      const one = document.createElement(place === 0 ? "th" : "td");
      if (place === 0) one.scope = "row";
      row.append(inline(one, cell));
    });
  }
  return box;
};

export const render = (text) => {
  const out = document.createDocumentFragment();
  const lines = text.split("\n");
  let title = "Verdict";
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    const heading = /^(#{1,4}) (.*)/.exec(line);
    if (heading) {
      title = heading[2].replace(/[*`\\]/g, "");
      out.append(inline(document.createElement(heading[1].length < 3 ? "h2" : "h3"), heading[2]));
    } else if (line.startsWith("|")) {
      const from = at;
      while (lines[at + 1]?.startsWith("|")) at++;
      out.append(table(lines.slice(from, at + 1), title));
    } else if (/^\s*[-*] /.test(line)) {
      const list = document.createElement("ul");
      for (; /^\s*[-*] /.test(lines[at] ?? ""); at++) {
        inline(list.appendChild(document.createElement("li")), lines[at].replace(/^\s*[-*] /, ""));
      }
      at--;
      out.append(list);
    } else if (line.startsWith("```")) {
      const from = ++at;
      while (at < lines.length && !lines[at].startsWith("```")) at++;
      const block = document.createElement("pre");
      block.textContent = lines.slice(from, at).join("\n");
      block.tabIndex = 0;
      out.append(block);
    } else if (line.trim()) {
      title = line.replace(/[*`\\]/g, "").slice(0, 80);
      out.append(inline(document.createElement("p"), line));
    }
  }
  return out;
};
