import { OrganizationId } from "@ringfence/core/ids";
import { judgeCalls, scanMs, sweepCalls as sweep } from "@ringfence/services/calling/violation";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "violation.scan";

/** Judges the calls of an organization that wait, until none does or others want the slot. */
export const scanViolations = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys, signal }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    const begun = performance.now();
    while (performance.now() - begun < scanMs && (await judgeCalls(ctx)) > 0) {
      signal.throwIfAborted();
    }
  },
});

/** A job for each organization whose calls wait to be judged: one that has many holds up no other. */
export const sweepCalls = defineJob({
  name: "violation.sweep",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await sweep(db);
  },
});
