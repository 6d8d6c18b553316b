// `pnpm dev`: everything as written; each app starts anew when a file changes that it uses.
import { watched } from "./supervisor/services.ts";
import { supervise } from "./supervisor/supervise.ts";

await supervise(watched);
