import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import packageJson from "../package.json" with { type: "json" };

it("says what to do if nothing is installed yet", () => {
  const cwd = mkdtempSync(path.join(tmpdir(), "ringfence-serve-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const { status, stderr } = spawnSync("sh", ["-c", packageJson.scripts.serve], { cwd });
  expect({ status, says: stderr.toString() }).toEqual({
    status: 1,
    says: "Nothing is built here: run npm run build first.\n",
  });
});
