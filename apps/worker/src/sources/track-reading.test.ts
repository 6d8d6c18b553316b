import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { RunProgress } from "@ringfence/core/platform/run";
import { expect, it } from "vitest";
import { aFolder } from "../../testing/folder.ts";
import { trackReading } from "./track-reading.ts";

async function scene() {
  const told: RunProgress[] = [];
  const pace = trackReading((progress) => told.push(progress));
  const file = { name: "list.txt", path: path.join(await aFolder(), "list.txt") };
  await writeFile(file.path, "x".repeat(100));
  return { told, pace, file };
}

it("is halfway when everything is fetched, and done when everything is read", async () => {
  const { told, pace, file } = await scene();
  pace.onBytes(60, 100);
  pace.onBytes(40, 100);
  const report = await pace.reading([file]);
  report({ rows: 3, bytes: 50 });
  report({ rows: 7, bytes: 100 });
  expect(told).toEqual([
    { rows: 0, bytes: 60, totalBytes: 200 },
    { rows: 0, bytes: 100, totalBytes: 200 },
    { rows: 3, bytes: 150, totalBytes: 200 },
    { rows: 7, bytes: 200, totalBytes: 200 },
  ]);
});

it("counts local files as they are read, without an unknown total", async () => {
  const { told, pace, file } = await scene();
  pace.onBytes(60, null);
  (await trackReading((progress) => told.push(progress)).reading([file]))({ rows: 1, bytes: 25 });
  expect(told).toEqual([
    { rows: 0, bytes: 60 },
    { rows: 1, bytes: 25, totalBytes: 100 },
  ]);
});
