import { createHash } from "node:crypto";
import path from "node:path";
import { numbersIn } from "@ringfence/core/do-not-call/registry";
import { csv } from "@ringfence/core/testing/registry-files";
import { expect, it } from "vitest";
import { zip } from "../../../../tooling/demo/zip.ts";
import { aFolder } from "../../testing/folder.ts";
import { ingest } from "./ingest.ts";

const toBytes = (text: string) => new TextEncoder().encode(text);
const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
const first = "818,5550100\n818,5550101\n";
const second = "213,5550100\n";

async function ingested(files: Record<string, string | Uint8Array>, signal?: AbortSignal) {
  const folder = await aFolder(files);
  const published = Object.keys(files).map((name) => ({ name, path: path.join(folder, name) }));
  const reports: object[] = [];
  const { edition, ...rest } = await ingest(published, {
    format: { reader: "us-dnc" },
    signal: signal ?? new AbortController().signal,
    report: (progress) => reports.push(progress),
  });
  return { numbers: [...numbersIn(edition.added)], edition, reports, ...rest };
}
const aFault = (key: string) => ({ explanation: { key } });

it("reads a file and hashes it as it was published", async () => {
  const { numbers, reports, ...rest } = await ingested({ "list.txt": first });
  expect(numbers).toEqual([18_185_550_100, 18_185_550_101]);
  expect(rest).toMatchObject({ sha256: sha256(first), bytes: first.length });
  expect(reports.at(-1)).toEqual({ rows: 2, bytes: first.length });
});

it("reads every file of an archive, and hashes the archive", async () => {
  const archive = zip({ "a/2026-8-5_818_A.txt": toBytes(first), "b.txt": toBytes(second) });
  const { numbers, edition, ...rest } = await ingested({ "all.zip": archive });
  expect(numbers).toEqual([12_135_550_100, 18_185_550_100, 18_185_550_101]);
  expect(edition.publishedOn).toBe("2026-08-05");
  expect(rest).toMatchObject({ sha256: sha256(archive), bytes: archive.length });
});

it("reads several files as one edition, whatever their names and order", async () => {
  const some = await ingested({ "a.txt": first, "b.zip": zip({ "b.txt": toBytes(second) }) });
  const renamed = await ingested({ "1.zip": zip({ "b.txt": toBytes(second) }), "2.txt": first });
  expect(some.numbers).toHaveLength(3);
  expect(renamed.sha256).toBe(some.sha256);

  const digests = [first, zip({ "b.txt": toBytes(second) })].map(sha256).toSorted();
  expect(some.sha256).toBe(sha256(digests.map((digest) => `${digest}\n`).join("")));
});

it("reads a table of numbers as people write them", async () => {
  const folder = await aFolder({ "list.csv": "+7 (916) 123-45-67;x\n8 916 123-45-68;y\n" });
  const { edition } = await ingest([{ name: "list.csv", path: path.join(folder, "list.csv") }], {
    format: csv({ region: "RU" }),
    signal: new AbortController().signal,
    report: () => {},
  });
  expect([...numbersIn(edition.added)]).toEqual([79_161_234_567, 79_161_234_568]);
});

it("accepts a list only if it matches its publisher's checksum", async () => {
  const of = (text: string) => ({ "hk.zip.sha256": `${sha256(text).toUpperCase()}  hk.zip\r\n` });
  const text = "818,5550100\n";
  expect(await ingested({ "hk.zip": text, ...of(text) })).toMatchObject({ sha256: sha256(text) });
  await expect(ingested({ "hk.zip": text, ...of(first) })).rejects.toMatchObject(
    aFault("source.checksum-differs"),
  );
  await expect(ingested({ "hk.zip": text, "hk.zip.sha256": "none" })).rejects.toMatchObject(
    aFault("source.checksum-differs"),
  );
});

it("rejects a list of Hong Kong without its checksum", async () => {
  const folder = await aFolder({ "hk.txt": "21234567\n", SHA256: sha256("21234567\n") });
  const list = { name: "hk.txt", path: path.join(folder, "hk.txt") };
  const reading = { format: { reader: "hk-dnc" }, signal: new AbortController().signal } as const;
  const read = (files: Parameters<typeof ingest>[0]) => ingest(files, { ...reading, report() {} });
  await expect(read([list])).rejects.toMatchObject(aFault("source.checksum-missing"));
  const { edition } = await read([list, { name: "SHA256", path: path.join(folder, "SHA256") }]);
  expect([...numbersIn(edition.added)]).toEqual([85_221_234_567]);
});

it("says what is wrong with a file, and where", async () => {
  const reading = ingested({ "a.txt": `${first}<html>\n` });
  await expect(reading).rejects.toMatchObject({
    explanation: { key: "registry.fault.no-us-number", values: { file: "a.txt", line: 3 } },
    isTransient: false,
    outcome: { lines: 3, unreadable: 1, faults: [{ key: "registry.fault.no-us-number" }] },
  });
});

it.each<[string, (archive: Buffer) => Uint8Array]>([
  ["cut off", (archive) => archive.subarray(0, -10)],
  ["without a directory", (archive) => archive.subarray(0, 60)],
  ["damaged within a file", (archive) => archive.with(60, (archive[60] ?? 0) ^ 1)],
  ["with a wrong checksum", (archive) => withChecksum(archive, 1)],
])("does not trust an archive that is %s", async (_, spoil) => {
  const archive = zip({ "list.txt": toBytes(first.repeat(50)) });
  const reading = ingested({ "list.zip": spoil(archive) });
  await expect(reading).rejects.toMatchObject(aFault("source.zip-broken"));
});

it("does not unpack an archive made to fill memory", async () => {
  const bomb = zip({ "list.txt": toBytes("8".repeat(20_000_000)) });
  await expect(ingested({ "bomb.zip": bomb })).rejects.toMatchObject(aFault("source.too-large"));
});

it("does not open an archive with very many files", async () => {
  const many = Array.from({ length: 1_001 }, (_, n) => [`${n}.txt`, toBytes(first)] as const);
  const reading = ingested({ "many.zip": zip(Object.fromEntries(many)) });
  await expect(reading).rejects.toMatchObject(aFault("source.too-large"));
});

it("stops when it is aborted", async () => {
  const reading = ingested({ "list.txt": first }, AbortSignal.abort(new Error("stop")));
  await expect(reading).rejects.toThrow("stop");
});

/** An archive whose directory tells another checksum than its only file has. */
function withChecksum(archive: Buffer, checksum: number) {
  const spoiled = Buffer.from(archive);
  spoiled.writeUInt32LE(checksum, archive.indexOf("PK\x01\x02", 0, "latin1") + 16);
  return spoiled;
}
