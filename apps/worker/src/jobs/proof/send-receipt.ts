import { OrganizationId, ReceiptMailId } from "@ringfence/core/ids";
import { sendReceipt as send } from "@ringfence/services/do-not-call/opt-out";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "receipt.send";

/** Mails the receipt of a refusal to whoever refused by mail; what the server does not take is tried again. */
export const sendReceipt = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId, receiptMailId: ReceiptMailId }),
  run({ organizationId, receiptMailId }, { db, keys, post }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    return send(ctx, receiptMailId, { post });
  },
});
