import { OrganizationId } from "@ringfence/core/ids";
import { judgeCalls, scanMs, sweepCalls as sweep } from "@ringfence/services/calling/violation";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "violation.scan";

/** Checks the waiting calls of an organization, until none is left or others need the slot. */
export const scanViolations = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys, signal }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    const begun = performance.now();
    while (performance.now() - begun < scanMs && (await judgeCalls(ctx, {})) > 0) {
      signal.throwIfAborted();
    }
  },
});

/**
 * Queues a job for each organization with unchecked calls, so that one with many delays no other.
 */
export const sweepCalls = defineJob({
  name: "violation.sweep",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await sweep(db);
  },
});
