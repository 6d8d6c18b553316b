import { OrganizationId, ReceiptMailId } from "@ringfence/core/ids";
import { sendReceipt as send } from "@ringfence/services/do-not-call/opt-out";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "receipt.send";

/**
 * Mails the receipt of an opt-out to the person who opted out by mail, and retries if the server
 * rejects it.
 */
export const sendReceipt = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId, receiptMailId: ReceiptMailId }),
  run({ organizationId, receiptMailId }, { db, keys, post, publicUrl }) {
    const actor = { type: "job", name } as const;
    return send({ db, keys, organizationId, actor, post, publicUrl }, receiptMailId);
  },
});
