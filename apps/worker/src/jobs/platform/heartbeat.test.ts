import { SILENT_AFTER_S } from "@ringfence/core/platform/run";
import { expect, it } from "vitest";
import { BEAT_MS, POLL_MS, REVIVE_MS } from "./heartbeat.ts";

it("gives the run of a killed worker to another within a minute", () => {
  const silentMs = SILENT_AFTER_S * 1_000;
  expect(silentMs + REVIVE_MS + POLL_MS).toBeLessThan(60_000);
});

it("takes no run from a worker whose database was slow to hear it a few times", () => {
  expect(SILENT_AFTER_S * 1_000).toBeGreaterThanOrEqual(5 * BEAT_MS);
});
