/** What is asked, as the options of `assess eval`. */
export interface Asking {
  given?: string;
  under?: string;
  set?: string[];
  with?: string[];
  without?: string[];
  horizons?: string[];
  outcomes?: string[];
  as_of?: string;
  vague?: number;
  draws?: number;
  seed?: number;
  method?: "auto" | "exact" | "sampled";
  samples?: number;
}

export interface Position { line: number; column: number; offset: number }

export interface Finding {
  rule: string;
  severity: "error" | "warning" | "note";
  message: string;
  file: string;
  start: Position;
  end: Position;
  help?: string | null;
  fix?: { safe: boolean; message: string; edits: { file: string; start: Position; end: Position; text: string }[] } | null;
}

export interface Outcome {
  id: string;
  final: boolean;
  probability: number | null;
  low: number | null;
  high: number | null;
  term: string | null;
}

export interface Horizon {
  id: string;
  title: string;
  from: string;
  to: string;
  leader: string | null;
  margin: number | null;
  confidence: "low" | "moderate" | "high" | null;
  outcomes: Outcome[];
}

export interface Verdict {
  version: number;
  assessments: { file: string; title: string; as_of: string; scale: string; horizons: Horizon[]; [more: string]: unknown }[];
}

export interface Reporting {
  format?: "html" | "markdown" | "json" | "docx";
  brief?: boolean;
  sections_left_out?: string[];
  lang?: string;
  asking?: Asking;
}

/** Why there is no answer. */
export class AssessError extends Error {
  kind: "unreadable" | "shared" | "mistaken" | "configuration" | "asked";
  findings: Finding[];
}

/** Files in memory that can be asked; results are the JSON of the command line. */
export class Files {
  open(path: string, text: string): this;
  close(path: string): boolean;
  check(path: string): { version: number; diagnostics: Finding[]; summary: Record<string, number> };
  evaluate(path: string, asking?: Asking): Verdict;
  explain(path: string, asking?: Asking): Record<string, unknown>;
  flip(path: string, asking?: Asking, until?: string): Record<string, unknown>;
  ask(path: string, query: string): number | null;
  format(path: string): string;
  report(path: string, wanted?: Reporting): Uint8Array;
  print(
    command: "check" | "eval" | "explain" | "flip",
    path: string,
    options?: { asking?: Asking; format?: string; width?: number; until?: string },
  ): string;
}

/** Settles when files can be opened; at once in Node. */
export const ready: Promise<unknown>;
