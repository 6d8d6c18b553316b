import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { checkDelivery, toClockFinding } from "./check-installation.ts";
import { checkFolder, toNodeFinding } from "./check-machine.ts";

const folder = mkdtempSync(path.join(tmpdir(), "ringfence-doctor-"));
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  [0, "fine"],
  [2000, "fine"],
  [-2000, "fine"],
  [2001, "wrong"],
  [-2001, "wrong"],
])("rates clocks that differ by %i ms", (differenceMs, state) => {
  expect(toClockFinding(differenceMs)).toMatchObject({ about: "clocks", state });
});

it("says what to do about a folder that others can read", () => {
  expect(checkFolder("keys", folder)).toMatchObject([{ state: "fine" }]);
  chmodSync(folder, 0o750);
  expect(checkFolder("keys", folder)).toEqual([
    { about: "keys", state: "wrong", says: expect.stringContaining(`chmod 700 ${folder}`) },
  ]);
  expect(checkFolder("keys", path.join(folder, "missing"))).toMatchObject([{ state: "note" }]);
});

it("accepts only the version of Node that Ringfence brings", () => {
  expect(toNodeFinding("24.21.0", "24.21.0").state).toBe("fine");
  expect(toNodeFinding("20.0.0", "24.21.0").state).toBe("wrong");
});

it("notes which messages cannot go out, and what does not work without them", () => {
  const none = { SMS_URL: undefined, SMTP_URL: undefined, MAIL_FROM: undefined };
  expect(checkDelivery(none)).toMatchObject([
    { state: "note", says: expect.stringContaining("/my") },
    { state: "note", says: expect.stringContaining("alarms") },
  ]);
  const half = { ...none, SMTP_URL: "smtp://mail.example" };
  expect(checkDelivery(half).map(({ state }) => state)).toEqual(["note", "note"]);
  const all = { ...half, SMS_URL: "https://a:b@sms.example?from=1", MAIL_FROM: "a@acme.example" };
  const findings = checkDelivery(all);
  expect(findings.map(({ state }) => state)).toEqual(["fine", "fine"]);
  expect(JSON.stringify(findings)).not.toContain("sms.example");
});
