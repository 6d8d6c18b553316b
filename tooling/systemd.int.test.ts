import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readSettings } from "@ringfence/core/platform/settings";
import { parseEnv } from "node:util";

const root = path.resolve(import.meta.dirname, "..");
const deploy = path.join(root, "deploy/systemd");
const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
if (!hasSystemd) console.warn("The units of systemd are not checked: there is no systemd-analyze.");

/** Writes the unit for a version that is unpacked here instead of in /opt/ringfence. Returns its file. */
function aUnit(change: (unit: string) => string = (unit) => unit) {
  const folder = mkdtempSync(path.join(tmpdir(), "ringfence-systemd-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const unit = readFileSync(path.join(deploy, "ringfence.service"), "utf8");
  const file = path.join(folder, "ringfence.service");
  writeFileSync(file, change(unit.replaceAll("/opt/ringfence", root)));
  return file;
}

function analyze(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("systemd-analyze", args, { encoding: "utf8" });
  return { status, says: stdout + stderr };
}

it.skipIf(!hasSystemd)("is a unit that systemd reads without a remark", () => {
  expect(analyze("verify", "--man=no", aUnit())).toEqual({ status: 0, says: "" });
  const misspelled = aUnit((unit) => unit.replace("ProtectSystem", "ProtectSystems"));
  expect(analyze("verify", "--man=no", misspelled).says).toContain("ProtectSystems");
});

it.skipIf(!hasSystemd)("gives the service little of the machine: exposure 2.1 of 10", () => {
  const limit = ["security", "--offline=true", "--threshold=21"];
  expect(analyze(...limit, aUnit()).status).toBe(0);
  const open = aUnit((unit) => unit.replace("NoNewPrivileges=yes", "NoNewPrivileges=no"));
  expect(analyze(...limit, open).status).toBe(1);
});

it("has an example of settings with which the service starts", () => {
  const example = parseEnv(readFileSync(path.join(deploy, "ringfence.env.example"), "utf8"));
  const names = ["DATABASE_URL", "AUTH_SECRET", "PUBLIC_URL", "TRUST_PROXY"] as const;
  expect(readSettings(names, example)).toMatchObject({ ok: true });
  expect(example).toHaveProperty("DATABASE_OWNER_URL");
});
