// Files that can be asked, as objects: what both builds share.
const json = (value) => (value === undefined ? undefined : JSON.stringify(value));

export class AssessError extends Error {
  constructor(error) {
    super(error.message);
    this.name = "AssessError";
    this.kind = error.kind ?? "asked";
    this.findings = error.findings ? JSON.parse(error.findings).diagnostics : [];
  }
}

const told = (work) => {
  try {
    return work();
  } catch (error) {
    throw new AssessError(error);
  }
};

export const filesOver = (Workspace) =>
  class Files {
    #inner = new Workspace();

    open(path, text) {
      told(() => this.#inner.open(path, text));
      return this;
    }

    close(path) {
      return this.#inner.close(path);
    }

    check(path) {
      return JSON.parse(told(() => this.#inner.check(path)));
    }

    evaluate(path, asking) {
      return JSON.parse(told(() => this.#inner.evaluate(path, json(asking))));
    }

    explain(path, asking) {
      return JSON.parse(told(() => this.#inner.explain(path, json(asking))));
    }

    flip(path, asking, until) {
      return JSON.parse(told(() => this.#inner.flip(path, json(asking), until)));
    }

    ask(path, query) {
      return told(() => this.#inner.ask(path, query)) ?? null;
    }

    format(path) {
      return told(() => this.#inner.format(path));
    }

    report(path, wanted) {
      return told(() => this.#inner.report(path, json(wanted)));
    }

    // The text of `assess COMMAND --format FORMAT`; JSON is the command line's to the byte.
    print(command, path, { asking, format = "text", width = 80, until } = {}) {
      const asked = json(asking);
      return told(() => {
        switch (command) {
          case "check": return this.#inner.check(path, format, width);
          case "eval": return this.#inner.evaluate(path, asked, format, width);
          case "explain": return this.#inner.explain(path, asked, format, width);
          case "flip": return this.#inner.flip(path, asked, until, format, width);
          default: throw new Error(`there is no command \`${command}\``);
        }
      });
    }
  };
