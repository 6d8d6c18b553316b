import { MemberId, OrganizationId, RegistryAlertId } from "@ringfence/core/ids";
import { sendRegistryAlert as send } from "@ringfence/services/registry";
import { z } from "zod";
import { NoCarrier } from "../post/open-post.ts";
import { defineJob } from "./define-job.ts";

const name = "registry-alert.send";

const saidOnce = new WeakSet<object>();

/**
 * Mails to a member what of a registry needs them; what the server does not take is tried again. Where no
 * mail server is set, that is said once: the page and webhooks tell of the alert all the same.
 */
export const sendRegistryAlert = defineJob({
  name,
  payload: z.object({
    organizationId: OrganizationId,
    alertId: RegistryAlertId,
    memberId: MemberId,
  }),
  async run({ organizationId, ...sending }, { db, keys, post, publicUrl }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    try {
      await send(ctx, sending, { post, publicUrl });
    } catch (error) {
      if (!(error instanceof NoCarrier)) throw error;
      if (saidOnce.has(post)) return;
      saidOnce.add(post);
      console.warn(
        "No mail server is set (SMTP_URL, MAIL_FROM): alerts of registries go by no mail",
      );
    }
  },
});
