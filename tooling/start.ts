// `npm start`: runs everything as built. With --throw-away it uses data of its own and deletes it
// at the end, and the demo has no year unless --year asks for it. With RINGFENCE_BUILT set it does not build: whoever set
// it has done so.
import { builtMode } from "./supervisor/services.ts";
import { supervise } from "./supervisor/supervise.ts";

const mode = process.env.RINGFENCE_BUILT ? { ...builtMode, tasks: [] } : builtMode;
const isThrowAway = process.argv.includes("--throw-away");
await supervise(mode, { isThrowAway, hasYear: !isThrowAway || process.argv.includes("--year") });
