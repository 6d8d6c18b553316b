import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it, onTestFailed } from "vitest";
import { runService } from "./processes.ts";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-service-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A service that starts another program with an empty input, as Next does for styles. */
function serviceThatStarts(program: string): string {
  const [service, started] = [path.join(folder, "service.mjs"), path.join(folder, "started.mjs")];
  writeFileSync(started, program);
  writeFileSync(
    service,
    `import { fork } from "node:child_process";
    fork(${JSON.stringify(started)}, { stdio: ["ignore", "inherit", "inherit", "ipc"] })
      .on("exit", (code) => process.exit(code ?? 1));`,
  );
  return service;
}

it("does not end what a service starts, which may have an empty input", async () => {
  const service = serviceThatStarts(`process.stdin.on("end", () => process.exit(0)).resume();`);
  expect(await runService({ name: "test", args: [service], env: {} })).toBe(0);
});

it("ends a service with its watcher and its children when its input ends", async () => {
  const service = serviceThatStarts(`console.log("started"); setInterval(() => {}, 1000);`);
  const exitWithParent = path.join(import.meta.dirname, "exit-with-parent.ts");
  const watcher = spawn(process.execPath, ["--watch", exitWithParent, service], { detached: true });
  onTestFailed(() => void (watcher.pid && process.kill(-watcher.pid, "SIGKILL")));
  await once(watcher.stdout, "data");

  watcher.stdin.end();
  // All three share this output, which closes when the last of them is gone.
  await expect(once(watcher, "close")).resolves.toBeDefined();
});
