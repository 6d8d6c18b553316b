import { BurstLiftingId, OrganizationId } from "@ringfence/core/ids";
import { liftBurst as lift } from "@ringfence/services/do-not-call/burst";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "burst.lift";

/**
 * Lifts the opt-outs of a burst in parts, as two officers decided. After a crash it starts over.
 */
export const liftBurst = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId, liftingId: BurstLiftingId }),
  async run({ organizationId, liftingId }, { db, keys, signal }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    let after: string | null = null;
    do {
      signal.throwIfAborted();
      after = await lift(ctx, { liftingId, after });
    } while (after !== null);
  },
});
