import { mkdtemp, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { FileName, FolderName } from "./file-name.ts";
import { openFiles } from "./open-files.ts";

const name = FileName.parse("org/imports/one.csv");

async function scene() {
  const folder = await mkdtemp(path.join(tmpdir(), "ringfence-files-"));
  const files = openFiles(path.join(folder, "files"));
  const all = () => readdir(folder, { recursive: true, withFileTypes: true });
  return { files, all };
}

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function collectText(content: AsyncIterable<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it("gives back what was written, chunk after chunk, and counts the bytes", async () => {
  const { files } = await scene();

  expect(await files.write(name, chunks("имя,", "phone\n"))).toBe(13);

  expect(await collectText(files.read(name))).toBe("имя,phone\n");
});

/** Writes each chunk into one of two buffers, as a fast producer does. */
async function* inTwoBuffers(count: number) {
  const buffers = [Buffer.alloc(1_000_000), Buffer.alloc(1_000_000)];
  for (let chunk = 0; chunk < count; chunk++) {
    const buffer = buffers[chunk % 2] ?? Buffer.alloc(0);
    yield buffer.fill(chunk);
  }
}

it("has written a chunk by the time the one after the next is requested", async () => {
  const { files } = await scene();
  await files.write(name, inTwoBuffers(8));
  const expected = Array.from({ length: 8 }, (_, chunk) => Buffer.alloc(1_000_000, chunk));
  const read = await collectText(files.read(name));
  expect(read === Buffer.concat(expected).toString()).toBe(true);
});

it("gives no other user access", async () => {
  const { files, all } = await scene();
  await files.write(name, chunks("a"));

  for (const entry of await all()) {
    const { mode } = await stat(path.join(entry.parentPath, entry.name));
    expect(mode & 0o077).toBe(0);
  }
});

async function* broken() {
  yield Buffer.from("half");
  throw new Error("connection lost");
}

it("leaves what was there when a writer fails half-way", async () => {
  const { files, all } = await scene();
  await files.write(name, chunks("whole"));

  await expect(files.write(name, broken())).rejects.toThrow("connection lost");

  expect(await collectText(files.read(name))).toBe("whole");
  expect((await all()).filter((entry) => entry.isFile())).toHaveLength(1);
});

it("fails, and the process goes on, when a write fails while its writer makes the next chunk", async () => {
  const { files, all } = await scene();
  const pause = Promise.withResolvers<void>();
  const refused = Promise.withResolvers<void>();
  async function* slow() {
    yield new Uint8Array(1);
    // This chunk cannot be written, as on a full disk, and nobody awaits the write yet.
    yield { byteLength: 1 } as Uint8Array;
    setImmediate(() => setImmediate(refused.resolve));
    await pause.promise;
    yield new Uint8Array(1);
  }
  const written = files.write(name, slow());
  await refused.promise;
  pause.resolve();
  await expect(written).rejects.toThrow(/must be of type string/);
  expect((await all()).filter((entry) => entry.isFile())).toHaveLength(0);
});

it("erases", async () => {
  const { files } = await scene();
  await files.write(name, chunks("a"));
  expect(await files.has(name)).toBe(true);

  await files.erase(name);
  await files.erase(name);

  expect(await files.has(name)).toBe(false);

  await expect(collectText(files.read(name))).rejects.toThrow("ENOENT");
});

it("erases what lies in a folder, but what is to be kept, and nothing where there is none", async () => {
  const { files, all } = await scene();
  const folder = FolderName.parse("org/imports");
  await files.eraseIn(folder, () => false);
  const other = FileName.parse("org/imports/two.csv");
  for (const one of [name, other]) await files.write(one, chunks("a"));
  await files.eraseIn(folder, (one) => one === other);
  expect((await all()).flatMap((entry) => (entry.isFile() ? [entry.name] : []))).toEqual([
    "two.csv",
  ]);
  await expect(files.eraseIn("../org" as FolderName, () => false)).rejects.toThrow(
    "invalid_format",
  );
});

it("lists the files of a folder that were written before a time, without drafts", async () => {
  const { files, all } = await scene();
  const folder = FolderName.parse("org/imports");
  const before = new Date("2026-11-30T00:00:00Z");
  expect(await files.listOlder(folder, before)).toEqual([]);
  await files.write(name, chunks("a"));
  await files.write(FileName.parse("org/imports/two.csv"), chunks("b"));
  const one = (await all()).find((entry) => entry.name === "one.csv");
  const old = path.join(one?.parentPath ?? "", "one.csv");
  await writeFile(`${old}.draft`, "half");
  for (const file of [old, `${old}.draft`]) await utimes(file, before, new Date("2026-11-29"));
  expect(await files.listOlder(folder, before)).toEqual([name]);
});

it("erases drafts that were last written before a time", async () => {
  const { files, all } = await scene();
  const folder = FolderName.parse("org/imports");
  await files.eraseOldDrafts(folder, new Date());
  await files.write(name, chunks("a"));
  const place = (await all()).find((entry) => entry.name === "one.csv")?.parentPath ?? "";
  const before = new Date("2026-11-30T00:00:00Z");
  for (const draft of ["old.csv.draft", "new.csv.draft"]) {
    await writeFile(path.join(place, draft), "half");
  }
  for (const old of ["one.csv", "old.csv.draft"]) {
    await utimes(path.join(place, old), before, new Date("2026-11-29"));
  }
  await files.eraseOldDrafts(folder, before);
  expect((await readdir(place)).toSorted()).toEqual(["new.csv.draft", "one.csv"]);
});

it.each(["../../etc/passwd", "a/../b.csv", "/etc/passwd.csv", "a//b.csv", "a\\b.csv", ".csv"])(
  "takes no name that leads elsewhere: %s",
  async (odd) => {
    const { files } = await scene();
    await expect(files.write(odd as FileName, chunks("a"))).rejects.toThrow("invalid_format");
    expect(() => files.read(odd as FileName)).toThrow("invalid_format");
  },
);
