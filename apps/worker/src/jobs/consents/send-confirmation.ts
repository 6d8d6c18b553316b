import { ConfirmationId, OrganizationId } from "@ringfence/core/ids";
import { sendConfirmation as send } from "@ringfence/services/consents/confirmation";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "confirmation.send";

/** Sends the message that a form gave rise to; what the provider does not take is tried again. */
export const sendConfirmation = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId, confirmationId: ConfirmationId }),
  run({ organizationId, confirmationId }, { db, keys, post, publicUrl }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    return send(ctx, confirmationId, { post, publicUrl });
  },
});
