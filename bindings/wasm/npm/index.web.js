import init, { Workspace } from "./web/assess.js";
import { AssessError, filesOver } from "./files.js";

// To be awaited before the first file is opened.
export const ready = init();
export const Files = filesOver(Workspace);
export { AssessError };
