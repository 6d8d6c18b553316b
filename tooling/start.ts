// `npm start`: runs everything as built. With --throw-away it uses data of its own and deletes it
// at the end. With RINGFENCE_BUILT set it does not build: whoever set it has done so.
import { builtMode } from "./supervisor/services.ts";
import { supervise } from "./supervisor/supervise.ts";

const mode = process.env.RINGFENCE_BUILT ? { ...builtMode, tasks: [] } : builtMode;
await supervise(mode, { isThrowAway: process.argv.includes("--throw-away") });
