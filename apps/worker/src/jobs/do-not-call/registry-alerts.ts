import {
  sendRegistryAlert as send,
  updateRegistryAlerts as watch,
} from "@ringfence/services/do-not-call/registry";
import { z } from "zod";
import { MemberId, OrganizationId, RegistryAlertId } from "@ringfence/core/ids";
import { defineJob } from "../platform/define-job.ts";
import { mailIfSet } from "../../mail-and-sms.ts";

const name = "registry-alert.send";

/** Alerts people, every minute, to registries that have come to need attention. */
export const watchRegistries = defineJob({
  name: "registry.watch",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await watch(db);
  },
});

/** Mails a member about a registry that needs attention, and retries if the server rejects it. */
export const sendRegistryAlert = defineJob({
  name,
  payload: z.object({
    organizationId: OrganizationId,
    alertId: RegistryAlertId,
    memberId: MemberId,
  }),
  async run({ organizationId, ...sending }, { db, keys, post, publicUrl }) {
    const actor = { type: "job", name } as const;
    const ctx = { db, keys, organizationId, actor, post, publicUrl };
    await mailIfSet(post, () => send(ctx, sending));
  },
});
