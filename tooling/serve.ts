// `npm run serve`: starts what `npm run build` has built, for production. It neither installs nor builds anything.
import { assertBuilt, builtMode } from "./supervisor/services.ts";
import { stopWithError } from "./supervisor/shutdown.ts";
import { supervise } from "./supervisor/supervise.ts";

try {
  assertBuilt();
  await supervise({ ...builtMode, tasks: [] });
} catch (error) {
  await stopWithError(error);
}
