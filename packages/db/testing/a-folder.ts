import { mkdtempSync } from "node:fs";
import path from "node:path";
import { inject } from "vitest";

/** An empty folder that nobody else has; it goes away at the end of the run. */
export const aFolder = () => mkdtempSync(path.join(inject("folder"), "of-one-"));
