import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { expect, it, vi } from "vitest";
import { startHasher } from "./start-hasher.ts";

it("answers with hashes alone under `node --watch` too", async () => {
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
