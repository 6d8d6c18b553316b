import { RunId } from "@ringfence/core/ids";
import { openDb } from "@ringfence/db";
import { aDatabase } from "@ringfence/db/testing";
import { claimRun } from "@ringfence/services/platform/run";
import { afterAll, expect, it, onTestFinished, vi } from "vitest";
import { aConnectedRegistry } from "../../../testing/registry.ts";
import { startHeartbeat } from "./heartbeat.ts";

const db = openDb(await aDatabase());
afterAll(() => db.close());

it("shows the first rows at once, without waiting for the next beat", async () => {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { ctx, runId, shownRun } = await aConnectedRegistry(db, "http://127.0.0.1:9/list.txt");
  const worker = { ...ctx, actor: { type: "job", name: "registry.sync" } } as const;
  const claimed = await claimRun(worker, { runId: RunId.parse(runId), worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const heart = startHeartbeat(worker, claimed.claim);
  onTestFinished(heart.stop);

  heart.report({ rows: 0, bytes: 10 });
  heart.report({ rows: 3, bytes: 40 });

  const progress = { rows: 3, bytes: 40 };
  await vi.waitFor(async () => expect(await shownRun()).toMatchObject({ progress }), {
    timeout: 15_000,
  });
});
