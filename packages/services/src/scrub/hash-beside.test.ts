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
