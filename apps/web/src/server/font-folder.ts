import "server-only";
import path from "node:path";

/** From where the app runs, as source and as built: `next.config.ts` takes the fonts along. */
export const fontFolder = path.resolve("../../packages/services/fonts");
