import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { assertDemoStaysLocal } from "./demo-stays-local.ts";
import { readInstallationSettings, root } from "./installation-settings.ts";

const run = promisify(execFile);
const check = (given: Record<string, string>) => () =>
  assertDemoStaysLocal(readInstallationSettings(given));

it.each([
  { HOST: "0.0.0.0" },
  { HOST: "::" },
  { HOST: "192.168.1.7" },
  { AGI_PORT: "4573", AGI_HOST: "0.0.0.0" },
  { PUBLIC_URL: "https://demo.example.com" },
  { PUBLIC_URL: "http://localhost.example.com" },
  { PUBLIC_URL: "http://localhost:3000", API_URL: "https://api.example.com" },
])("refuses a demo that others can reach: %j", (given) => {
  expect(check(given)).toThrow(/runs on this machine alone/);
});

it.each([
  {},
  { HOST: "127.0.0.1", PUBLIC_URL: "http://127.0.0.1:3100" },
  { HOST: "::1", PUBLIC_URL: "http://[::1]:3100", LEDGER_ORIGIN: "localhost/ledger" },
  { PUBLIC_URL: "http://acme.localhost:3100" },
])("lets a demo run on this machine: %j", (given) => {
  expect(check(given)).not.toThrow();
});

it.each([
  ["tooling/start.ts", { HOST: "0.0.0.0" }],
  ["tooling/dev.ts", { PUBLIC_URL: "https://demo.example.com" }],
  ["tooling/seed.ts", { HOST: "0.0.0.0" }],
] as const)("starts nothing of %s where others would reach it", async (script, given) => {
  const state = mkdtempSync(path.join(tmpdir(), "ringfence-open-demo-"));
  const { DATABASE_URL: _, ...environment } = process.env;
  const env = { ...environment, LANG: "C", RINGFENCE_STATE: state, ...given };
  try {
    await expect(
      run(process.execPath, [path.join(root, script), "blank"], { env }),
    ).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The demo runs on this machine alone/),
    });
    expect(readdirSync(state)).toEqual([]);
  } finally {
    rmSync(state, { recursive: true });
  }
});
