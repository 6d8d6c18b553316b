import { expect, it } from "vitest";
import type { ConnectRegistry } from "@ringfence/core/do-not-call/registry";
import { draftOf, formatOf, plainMapping, type RegistryDraft, readDraft } from "./registry-draft";
import type { SourceDraft } from "./source-draft";

const flag = { column: "", added: [], removed: [] };
const aDate = { column: "day", pattern: "YYYY-MM" };
const aDelta = { ...plainMapping("US"), kind: "delta", flag, mayBeEmpty: false } as const;

const registry = {
  code: "partner",
  name: "Partner",
  source: { kind: "folder", path: "partner" },
  format: { reader: "csv", mapping: plainMapping("US") },
  maxAgeDays: 7,
  maxShrinkShare: 0.02,
} satisfies ConnectRegistry;
const draft = draftOf(registry);
const from = (kind: SourceDraft["kind"], texts: SourceDraft["texts"]) => ({
  source: { kind, texts },
});
const ftc = { organization: "12345678-12345", isCertified: "true" };
const sftp = { host: "a.example", port: "22", user: "ada", remotePath: "/lists" };

it("is a registry when nothing is wrong", () => {
  expect(readDraft(draft)).toEqual({ registry });
});

it.each<[string, Partial<RegistryDraft>]>([
  ["code", { code: "two words" }],
  ["name", { name: " " }],
  ["url", from("http", { url: "ftp://registry.example" })],
  ["path", from("folder", {})],
  ["host", from("sftp", { ...sftp, host: "" })],
  ["port", from("sftp", { ...sftp, port: "0" })],
  ["user", from("sftp", { ...sftp, user: "" })],
  ["remotePath", from("sftp", { ...sftp, remotePath: "" })],
  ["hostKey", from("sftp", { ...sftp, hostKey: "ab:cd" })],
  ["secret", from("sftp", sftp)],
  ["secret", from("http", { url: "https://registry.example/a", user: "ada" })],
  ["bucket", from("s3", { region: "eu-west-1", accessKeyId: "AKIA" })],
  ["organization", from("us-ftc", { ...ftc, organization: "12345678" })],
  ["serviceUrl", from("us-ftc", { ...ftc, serviceUrl: "telemarketing" })],
  ["isCertified", from("us-ftc", { ...ftc, isCertified: "false" })],
  ["secret", from("us-ftc", ftc)],
  [
    "phoneColumns",
    { format: { reader: "csv", mapping: { ...plainMapping("US"), phoneColumns: [] } } },
  ],
  ["flag", { format: { reader: "csv", mapping: aDelta } }],
  ["date", { format: { reader: "csv", mapping: { ...plainMapping("US"), date: aDate } } }],
  [
    "maxUnreadableShare",
    { format: { reader: "csv", mapping: { ...plainMapping("US"), maxUnreadableShare: 0.2 } } },
  ],
  ["maxAgeDays", { maxAgeDays: Number.NaN }],
  ["maxShrinkShare", { maxShrinkShare: 2 }],
])("says that %s is wrong", (fault, spoiled) => {
  expect(readDraft({ ...draft, ...spoiled })).toEqual({ faults: [fault] });
});

it("knows the forms of public lists", () => {
  expect(formatOf("US-FTC-DNC", "US")).toEqual({ reader: "us-dnc" });
  expect(formatOf("GB-CTPS", "GB")).toEqual({ reader: "gb-tps" });
  expect(formatOf("ES-ROBINSON", "ES")).toMatchObject({ reader: "csv", mapping: { region: "ES" } });
});

it("does not ask for a secret that is kept", () => {
  expect(readDraft({ ...draft, ...from("sftp", sftp) }, true)).toMatchObject({
    registry: { source: { kind: "sftp", port: 22, path: "/lists" } },
  });
});
