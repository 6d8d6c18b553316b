import { expect, it } from "vitest";
import {
  type ConnectRegistry,
  RegistrySource,
  plainMapping,
} from "@ringfence/core/do-not-call/registry";
import {
  type RegistryDraft,
  type SourceDraft,
  findChanges,
  toDraft,
  findFormat,
  parseDraft,
  toSourceDraft,
  parseSource,
  sourceKindsFor,
} from "./draft";

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

const draft = toDraft(registry);

const from = (kind: SourceDraft["kind"], texts: SourceDraft["texts"]) => ({
  source: { kind, texts },
});

const ftc = { organization: "12345678-12345", isCertified: "true" };

const sftp = { host: "a.example", port: "22", user: "ada", remotePath: "/lists" };

it("parses a draft without faults into a registry", () => {
  expect(parseDraft(draft)).toEqual({ registry });
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
])("reports an invalid %s", (fault, spoiled) => {
  expect(parseDraft({ ...draft, ...spoiled })).toEqual({ faults: [fault] });
});

it("knows the formats of public lists", () => {
  expect(findFormat("US-FTC-DNC", "US")).toEqual({ reader: "us-dnc" });
  expect(findFormat("GB-CTPS", "GB")).toEqual({ reader: "gb-tps" });
  expect(findFormat("ES-ROBINSON", "ES")).toMatchObject({
    reader: "csv",
    mapping: { region: "ES" },
  });
});

it("does not require a secret that is already stored", () => {
  expect(parseDraft({ ...draft, ...from("sftp", sftp) }, true)).toMatchObject({
    registry: { source: { kind: "sftp", port: 22, path: "/lists" } },
  });
});

it.each<RegistrySource>([
  { kind: "http", url: "https://registry.example/list.zip" },
  { kind: "http", url: "https://a.example/1", checksumUrl: "https://a.example/2", user: "ada" },
  { kind: "folder", path: "partners/north" },
  { kind: "sftp", host: "sftp.example", port: 2_222, user: "ada", path: "/lists" },
  { kind: "s3", bucket: "lists", prefix: "", region: "eu-west-1", accessKeyId: "AKIA" },
  {
    kind: "us-ftc",
    url: "https://telemarketing.donotcall.gov/DownloadSvc/DownloadSvc.asmx",
    organization: "12345678-12345",
    userType: "Representative",
    lists: "full",
    isCertified: true,
  },
  { kind: "upload" },
  { kind: "au-washing", url: "https://a.example/1", telemarketerId: "1", monthlyNumbers: 9 },
  {
    kind: "au-washing",
    url: "https://a.example/1",
    telemarketerId: "1",
    monthlyNumbers: 9,
    pricePerNumber: 0.03,
    monthlyMoney: 20,
  },
  { kind: "us-dncscrub", url: "https://a.example/1", monthlyNumbers: 9 },
  {
    kind: "sg-realtime",
    url: "https://a.example/1",
    orgCode: "A",
    eServiceId: "B",
    monthlyNumbers: 9,
  },
])("survives the form unchanged: %j", (source) => {
  expect(RegistrySource.parse(parseSource(toSourceDraft(source)))).toEqual(source);
});

const anAuSource = { telemarketerId: "1", monthlyNumbers: "9" };

it.each([
  ["10000", 10_000],
  ["10,000", 10_000],
  ["10.000", 10_000],
  ["1 000 000", 1_000_000],
  ["1\u00a0000", 1_000],
  ["1’000", 1_000],
])("reads %s numbers a month as %d", (monthlyNumbers, expected) => {
  const texts = { ...anAuSource, monthlyNumbers };
  expect(parseSource({ kind: "au-washing", texts })).toMatchObject({ monthlyNumbers: expected });
});

it.each([
  ["0.03", 0.03],
  ["0,03", 0.03],
  ["0,035", 0.035],
  ["12 500,50", 12_500.5],
])("reads the price %s as %d", (pricePerNumber, expected) => {
  const texts = { ...anAuSource, pricePerNumber };
  expect(parseSource({ kind: "au-washing", texts })).toMatchObject({ pricePerNumber: expected });
});

it.each<[string, SourceDraft["texts"]]>([
  ["monthlyNumbers", { monthlyNumbers: "1,5" }],
  ["monthlyNumbers", { monthlyNumbers: "1,00" }],
  ["monthlyMoney", { pricePerNumber: "0.03", monthlyMoney: "1,000" }],
])("rejects a number that can be misread: %s in %j", (fault, texts) => {
  const given = from("au-washing", { ...anAuSource, ...texts });
  expect(parseDraft({ ...draft, ...given }, true)).toEqual({ faults: [fault] });
});

it("leaves out texts that were entered for another kind", () => {
  const texts = { url: "https://a.example/1", path: "north", host: "sftp.example", user: "ada" };
  expect(parseSource({ kind: "folder", texts })).toEqual({ kind: "folder", path: "north" });
});

it("offers the US registry's service only for the US registry", () => {
  expect(sourceKindsFor({ reader: "us-dnc" })).toContain("us-ftc");
  expect(sourceKindsFor({ reader: "gb-tps" })).not.toContain("us-ftc");
  expect(sourceKindsFor({ reader: "au-dncr" })).toEqual(["au-washing"]);
  expect(sourceKindsFor({ reader: "sg-dnc" })).toContain("upload");
});

const before: ConnectRegistry = registry;

it("finds no changes if only the order of keys differs", () => {
  const { kind, ...mapping } = plainMapping("US");
  const same = { ...before, format: { mapping: { ...mapping, kind }, reader: "csv" } } as const;
  expect(findChanges(before, same as ConnectRegistry)).toEqual({});
});

it("finds only the changed fields", () => {
  const source = { kind: "http", url: "https://registry.example/all.csv" } as const;
  expect(findChanges(before, { ...before, source, maxAgeDays: 8 })).toEqual({
    source,
    maxAgeDays: 8,
  });
});

it("treats the order of columns as a change", () => {
  const now = { ...before };
  now.format = { reader: "csv", mapping: { ...plainMapping("US"), phoneColumns: [2, 1] } };
  const then = { ...before };
  then.format = { reader: "csv", mapping: { ...plainMapping("US"), phoneColumns: [1, 2] } };
  expect(findChanges(then, now)).toEqual({ format: now.format });
});
