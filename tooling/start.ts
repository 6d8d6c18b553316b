// `npm start`: everything as built. With --throw-away on data of its own, which then goes.
import { built } from "./supervisor/services.ts";
import { supervise } from "./supervisor/supervise.ts";

await supervise(built, { isThrowAway: process.argv.includes("--throw-away") });
