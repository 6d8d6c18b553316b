import { createHash, randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import path from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { aFolder } from "../../testing/folder.ts";
import { PIECE_BYTES, startHasher } from "./start-hasher.ts";

it("answers only with hashes under `node --watch` too", async () => {
  vi.stubEnv("WATCH_REPORT_DEPENDENCIES", "1");
  const hasher = startHasher();
  vi.unstubAllEnvs();
  await using file = await open(import.meta.filename);
  const content = await file.readFile();
  expect(await hasher.hash(file.fd)).toEqual({
    sha256: createHash("sha256").update(content).digest("hex"),
    bytes: content.length,
  });
  await hasher.stop();
});

/** A file longer than a thread reads ahead. */
async function aLongFile() {
  const content = randomBytes(10 * PIECE_BYTES + 1);
  const file = await open(path.join(await aFolder({ list: content }), "list"));
  onTestFinished(() => file.close());
  return { content, file };
}

it("hands out the bytes of a file in order while it hashes them", async () => {
  const { content, file } = await aLongFile();
  const hasher = startHasher();
  const taken: Uint8Array[] = [];
  for (let time = 0; time < 2; time++) {
    expect(await hasher.read(file.fd, (bytes) => taken.push(bytes.slice()))).toEqual({
      sha256: createHash("sha256").update(content).digest("hex"),
      bytes: content.length,
    });
  }
  expect(Buffer.compare(Buffer.concat(taken), Buffer.concat([content, content]))).toBe(0);
  await hasher.stop();
});

it("ends when its reader throws, and when a file cannot be read", async () => {
  const { file } = await aLongFile();
  const refusing = startHasher().read(file.fd, () => {
    throw new Error("enough");
  });
  await expect(refusing).rejects.toThrow("enough");
  await expect(startHasher().read(99_999, () => {})).rejects.toThrow("EBADF");
});
