import { OrganizationId } from "@ringfence/core/ids";
import { judgeCalls } from "@ringfence/services/violation";
import { z } from "zod";
import { defineJob } from "./define-job.ts";

const name = "violation.scan";

/** Judges the calls of an organization that wait, until none does. */
export const scanViolations = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys, signal }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    while ((await judgeCalls(ctx)) > 0) signal.throwIfAborted();
  },
});
