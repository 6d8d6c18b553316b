import { createHash } from "node:crypto";
import { expect, it, vi } from "vitest";
import { hashBeside } from "./hash-beside.ts";

it("answers with hashes alone under `node --watch` too", async () => {
  vi.stubEnv("WATCH_REPORT_DEPENDENCIES", "1");
  const beside = hashBeside();
  vi.unstubAllEnvs();
  await beside.add({ input: Uint8Array.of(1, 2, 3) });
  const { input } = await beside.finish();
  const expected = createHash("sha256")
    .update(Uint8Array.of(1, 2, 3))
    .digest();
  expect(Buffer.from(input)).toEqual(expected);
  await beside.stop();
});

it("says so when its thread has ended, also where nobody waited then", async () => {
  const beside = hashBeside();
  await beside.stop();
  await expect(beside.finish()).rejects.toThrow("the thread that hashes has ended");
});
