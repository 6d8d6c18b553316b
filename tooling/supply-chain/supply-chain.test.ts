import path from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { expect, it } from "vitest";
import { writeBillOfMaterials } from "./bill-of-materials.ts";
import { judgeAudit } from "./judge-audit.ts";
import { findLicenseFaults, readInPackage } from "./judge-licenses.ts";
import { readLockedPackages } from "./locked-packages.ts";

const packages = readLockedPackages(path.resolve(import.meta.dirname, "../.."));
const commit = "0123456789abcdef0123456789abcdef01234567";
const committedAt = new Date("2026-12-01T09:00:00Z");
const bill = writeBillOfMaterials({ packages, commit, committedAt });

it("writes a bill of materials that its schema accepts, and the same again for the same commit", async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(bill)).toBeNull();
  expect(await validator.validate(bill.replace('"version": "', '"versions": "'))).not.toBeNull();
  expect(writeBillOfMaterials({ packages: packages.toReversed(), commit, committedAt })).toBe(bill);
});

it("lists every package of the lockfile, with its hash and what it depends on", () => {
  type Component = { purl: string; scope: string; hashes: { alg: string; content: string }[] };
  type Bill = { components: Component[]; dependencies: { ref: string; dependsOn?: string[] }[] };
  const { components, dependencies }: Bill = JSON.parse(bill);
  expect(components).toHaveLength(packages.length);

  const find = (start: string) => components.find(({ purl }) => purl.startsWith(start));
  expect(find("pkg:npm/fastify@")).toMatchObject({
    scope: "required",
    hashes: [{ alg: "SHA-512", content: expect.stringMatching(/^[\da-f]{128}$/) }],
    licenses: [{ license: { id: "MIT" } }],
  });
  expect(find("pkg:npm/vitest@")).toMatchObject({ scope: "excluded" });
  const next = dependencies.find(({ ref }) => ref.startsWith("pkg:npm/next@"));
  expect(next?.dependsOn).toContainEqual(expect.stringMatching(/^pkg:npm\/%40next\/env@/));
});

it("knows and allows the license of every package that is installed", () => {
  expect(findLicenseFaults(packages)).toEqual([]);
});

it.each([
  ["MIT", true],
  ["(MIT OR GPL-2.0-only)", true],
  ["MIT AND ISC", true],
  ["MIT AND GPL-2.0-only", false],
  ["GPL-2.0-only", false],
  ["SSPL-1.0", false],
  ["Apache-2.0+", false],
  ["UNLICENSED", false],
  ["SEE LICENSE IN LICENSE.md", false],
  ["mit", false],
  ["", false],
  [null, false],
])("judges a package under %j", (license, isAllowed) => {
  const faults = findLicenseFaults([...packages, { id: "x@1.0.0", license, isInstalled: true }]);
  expect(faults).toHaveLength(isAllowed ? 0 : 1);
});

it("reports an entry for a package that is gone", () => {
  const [gone = ""] = Object.keys(readInPackage);
  expect(findLicenseFaults(packages.filter(({ id }) => id !== gone))).toEqual([
    expect.stringContaining(gone),
  ]);
});

it("fails for high and critical vulnerabilities only, and goes on if the registry does not answer", () => {
  const advisory = { module_name: "left", title: "Runs code", severity: "high" };
  const report = (advisories: object, vulnerabilities: object) =>
    JSON.stringify({ advisories, metadata: { vulnerabilities } });

  expect(judgeAudit(report({ 1: advisory }, { high: 1, low: 2 }))).toEqual({
    says: "left: Runs code (high)\n3 known vulnerabilities, 1 of them high or critical.",
    isBad: true,
  });
  const low = { ...advisory, severity: "low" };
  expect(judgeAudit(report({ 1: low }, { low: 1 })).isBad).toBe(false);
  const error = { code: "ERR_PNPM_AUDIT_BAD_RESPONSE", message: "it responded with 405: " };
  expect(judgeAudit(JSON.stringify({ error }))).toEqual({
    says: "Not audited: the registry does not answer audits (405).",
    isBad: false,
  });
  const noLockfile = { code: "ERR_PNPM_AUDIT_NO_LOCKFILE", message: "No pnpm-lock.yaml found" };
  expect(judgeAudit(JSON.stringify({ error: noLockfile })).isBad).toBe(true);
  const noNetwork = { code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND registry.npmjs.org" };
  expect(judgeAudit(JSON.stringify({ error: noNetwork })).isBad).toBe(false);
  expect(() => judgeAudit("{}")).toThrow("metadata");
});
