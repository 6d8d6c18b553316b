import { MemberId, OrganizationId, RegistryAlertId } from "@ringfence/core/ids";
import { sendRegistryAlert as send } from "@ringfence/services/do-not-call/registry";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";
import { mailIfSet } from "../platform/mail-if-set.ts";

const name = "registry-alert.send";

/** Mails to a member what of a registry needs them; what the server does not take is tried again. */
export const sendRegistryAlert = defineJob({
  name,
  payload: z.object({
    organizationId: OrganizationId,
    alertId: RegistryAlertId,
    memberId: MemberId,
  }),
  async run({ organizationId, ...sending }, { db, keys, post, publicUrl }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    await mailIfSet(post, () => send(ctx, sending, { post, publicUrl }));
  },
});
