import { expect, it } from "vitest";
import { aClaimedRun, silence } from "../../../testing/runs.ts";
import { inTransaction } from "../context.ts";
import { claimRun, requireClaim } from "./perform-run.ts";

it("makes nobody look silent whose work has taken long", async () => {
  const { ctx, runId, claim } = await aClaimedRun();
  await inTransaction(ctx, (began) =>
    requireClaim({ ...began, now: new Date(began.now.getTime() - 60_000) }, claim),
  );
  expect(await claimRun(ctx, { runId, worker: "b" })).toEqual({ outcome: "taken" });
});

it("takes back what was done for a run that another has", async () => {
  const { ctx, runId, claim } = await aClaimedRun();
  await silence(runId, 31);
  await claimRun(ctx, { runId, worker: "b" });
  await expect(inTransaction(ctx, (ctx) => requireClaim(ctx, claim))).rejects.toMatchObject({
    explanation: { key: "run.canceled" },
  });
});
