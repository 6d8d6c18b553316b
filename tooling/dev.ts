// `pnpm dev`: runs everything from source; each app restarts when a file it uses changes.
import { watchMode } from "./supervisor/services.ts";
import { supervise } from "./supervisor/supervise.ts";

await supervise(watchMode);
