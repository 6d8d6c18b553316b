// `pnpm lint`: all static checks, as many at a time as there are processors. They all run even if one fails, so
// that one look shows everything to fix.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";

const checks: Record<string, string> = {
  types: "tsc && tsc -p apps/web",
  lint: "oxlint --type-aware",
  format: "oxfmt --check",
  layers: "depcruise --config .dependency-cruiser.mjs apps packages",
  "dead code": "knip",
  versions: "sherif",
  contrast: existsSync("tooling/contrast.mjs") ? "node tooling/contrast.mjs" : "true",
};

const bin = path.resolve("node_modules/.bin");
const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` };

/** Runs a check and returns its output; null if it passed. */
function runCheck(command: string) {
  return new Promise<string | null>((resolve) => {
    const child = spawn("sh", ["-c", command], { env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data: Buffer) => (output += data.toString()));
    }
    child.on("close", (code) => resolve(code === 0 ? null : output));
  });
}

const waiting = Object.entries(checks);

async function runWaitingChecks() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, command] = next;
    const begun = performance.now();
    const faults = await runCheck(command);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${faults === null ? "ok    " : "FAULTS"} ${name} (${seconds} s)`);
    if (faults === null) continue;
    console.log(faults);
    process.exitCode = 1;
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, runWaitingChecks));
