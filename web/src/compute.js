// The page's side of the worker: one question at a time, the newest first; what takes long is ended by the next
// edit. `ask` resolves to null where a newer question of the same kind came in between.
const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

export class Computer {
  constructor(worker, module, files) {
    this.url = URL.createObjectURL(new Blob([worker], { type: "text/javascript" }));
    this.module = WebAssembly.compile(bytes(module));
    this.files = files;
    this.waiting = new Map();
    this.id = 0;
    this.start();
  }

  start() {
    const worker = new Worker(this.url);
    this.worker = worker;
    this.busy = null;
    this.ready = new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.ready ? resolve() : this.done(data));
      worker.onerror = reject;
      this.module.then((module) => worker.postMessage({ module, files: this.files }), reject);
    });
    // Whether this browser can compute at all.
    this.able ??= this.ready;
  }

  done(data) {
    const { resolve } = this.busy ?? {};
    this.busy = null;
    resolve?.(data);
    this.next();
  }

  // Asks for something; what was asked of an older text is dropped, and ended where it is under way.
  ask(want, name, text) {
    return new Promise((resolve) => {
      this.waiting.get(want)?.resolve(null);
      this.waiting.set(want, { id: ++this.id, want, name, text, resolve });
      this.next();
    });
  }

  // Nothing that was asked before is wanted any more.
  cancel() {
    for (const { resolve } of this.waiting.values()) resolve(null);
    this.waiting.clear();
    if (this.busy && performance.now() - this.busy.since > 100) {
      this.busy.resolve(null);
      this.worker.terminate();
      this.start();
    }
  }

  async next() {
    try {
      await this.ready;
    } catch {
      return;
    }
    if (this.busy || this.waiting.size === 0) return;
    const [want, job] = this.waiting.entries().next().value;
    this.waiting.delete(want);
    this.busy = { resolve: job.resolve, since: performance.now() };
    const { id, name, text } = job;
    this.worker.postMessage({ id, want, name, text });
  }
}
