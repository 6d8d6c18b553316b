import { ConfirmationId, OrganizationId } from "@ringfence/core/ids";
import { sendConfirmation as send } from "@ringfence/services/consents/confirmation";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "confirmation.send";

/** Sends the message of a confirmation, and retries if the provider rejects it. */
export const sendConfirmation = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId, confirmationId: ConfirmationId }),
  run({ organizationId, confirmationId }, { db, keys, post, publicUrl }) {
    const actor = { type: "job", name } as const;
    return send({ db, keys, organizationId, actor, post, publicUrl }, confirmationId);
  },
});
