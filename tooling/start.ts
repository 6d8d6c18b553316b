// `npm start`: runs everything as built. With --throw-away it uses data of its own and deletes it
// at the end.
import { built } from "./supervisor/services.ts";
import { supervise } from "./supervisor/supervise.ts";

await supervise(built, { isThrowAway: process.argv.includes("--throw-away") });
