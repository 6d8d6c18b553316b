// `ringfence api`, `ringfence web` and `ringfence worker [--signer]`: turns this process into one program of the
// installation, with the settings of that program and no others. What `npm run serve` does for all of them, such as
// migrating and restarting, is left to whoever starts it.
import { CannotStart } from "@ringfence/db/postgres";
import { readInstallationSettings, root } from "./supervisor/installation-settings.ts";
import { assertBuilt, startAlone } from "./supervisor/services.ts";
import { stopWithError } from "./supervisor/shutdown.ts";

try {
  const [app = "", ...flags] = process.argv.slice(2);
  const name = app === "worker" && flags.includes("--signer") ? "signer" : app;
  if (!(name === "api" || name === "web" || name === "worker" || name === "signer")) {
    throw new CannotStart("ringfence api, ringfence web, or ringfence worker [--signer]");
  }
  if (name === "web") assertBuilt();
  const settings = readInstallationSettings(process.env);
  const { args, env } = startAlone(name, settings);
  process.chdir(root);
  // The process stays the same, so a signal to it reaches the program.
  if (process.execve === undefined) throw new CannotStart("Programs run alone on Linux only.");
  process.execve(process.execPath, [process.execPath, ...args], env);
} catch (error) {
  await stopWithError(error);
}
