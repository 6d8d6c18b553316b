import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { findOwnPostgres } from "./archived-server.ts";
import { runRestoreDrill } from "./restore-drill.ts";

const bin = findOwnPostgres();
if (bin === undefined)
  console.warn("The restore drill is skipped: it needs PostgreSQL's own packages (postgresql).");

it.runIf(bin !== undefined)(
  "loses nothing with all of the log, and is not served without its end until each lost opt-out is recorded again",
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "ringfence-drill-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { acknowledged, whole, cut } = await runRestoreDrill({
      bin: bin ?? "",
      folder,
      counts: [5, 5, 5],
    });
    expect(acknowledged).toBe(15);
    expect(whole).toMatchObject({
      lost: 0,
      audit: { says: expect.stringContaining(", 0 faults") },
    });
    expect(cut.lost).toHaveLength(5);
    for (const said of Object.values(cut.refusals)) {
      expect(said).toContain("5 opt-outs are in the copy and not in this database");
      const named = /IDs of their statements: ([\da-f, -]+)/
        .exec(said)?.[1]
        ?.split(", ")
        .toSorted();
      expect(named).toEqual(cut.lost);
    }
    expect(cut.recovered.code).toBe(0);
    expect(cut.reasons).toEqual(
      Array.from({ length: 5 }, () => expect.arrayContaining(["opted-out"])),
    );
  },
  300_000,
);
