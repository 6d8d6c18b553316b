import "server-only";
import path from "node:path";

/**
 * Folder of the fonts, relative to the running app, in source and in the build. `next.config.ts` copies
 * them.
 */
export const fontFolder = path.resolve("../../packages/services/fonts");
