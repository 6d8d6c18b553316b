import { OrganizationId } from "@ringfence/core/ids";
import { startDueCounts, countContacts as count } from "@ringfence/services/do-not-call/registry";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "registry.count";

/** Counts an organization's contacts by the places whose registries they need. */
export const countContacts = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys }) {
    await count({ db, keys, organizationId, actor: { type: "job", name } });
  },
});

/** A job for each organization whose contacts are to be counted anew. */
export const sweepCounts = defineJob({
  name: "registry.sweep-counts",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await startDueCounts(db);
  },
});
