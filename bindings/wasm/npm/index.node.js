import wasm from "./node/assess.js";
import { AssessError, filesOver } from "./files.js";

export const Files = filesOver(wasm.Workspace);
export const version = wasm.version();
export const ready = Promise.resolve();
export { AssessError };
