// A file in a link: packed behind the `#`, which no browser sends to a server.
const MOST = 1 << 20;

const through = async (stream, bytes) => {
  const packed = new Blob([bytes]).stream().pipeThrough(stream);
  const reader = packed.getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    // A few bytes may unpack to any number.
    if (size > MOST) throw new Error("the file in the link is too large");
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

export const pack = async (name, text) => {
  const bytes = new TextEncoder().encode(`${name}\n${text}`);
  // No page would open it.
  if (bytes.length > MOST) throw new Error("the file is too large for a link");
  const packed = await through(new CompressionStream("deflate-raw"), bytes);
  const base64 = btoa(Array.from(packed, (b) => String.fromCharCode(b)).join(""));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

export const unpack = async (hash) => {
  const base64 = hash.replaceAll("-", "+").replaceAll("_", "/");
  const packed = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const text = new TextDecoder("utf-8", { fatal: true }).decode(await through(new DecompressionStream("deflate-raw"), packed));
  const end = text.indexOf("\n");
  return { name: text.slice(0, end), text: text.slice(end + 1) };
};
