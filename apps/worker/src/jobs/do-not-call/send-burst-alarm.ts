import { MemberId, OrganizationId, RefusalBurstId } from "@ringfence/core/ids";
import { sendBurstAlarm as send } from "@ringfence/services/do-not-call/burst";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";
import { mailIfSet } from "../../mail-and-sms.ts";

const name = "burst-alarm.send";

/** Mails a member that a burst of opt-outs has begun, and retries if the server rejects it. */
export const sendBurstAlarm = defineJob({
  name,
  payload: z.object({
    organizationId: OrganizationId,
    burstId: RefusalBurstId,
    memberId: MemberId,
  }),
  async run({ organizationId, ...sending }, { db, keys, post, publicUrl }) {
    const actor = { type: "job", name } as const;
    const ctx = { db, keys, organizationId, actor, post, publicUrl };
    await mailIfSet(post, () => send(ctx, sending));
  },
});
