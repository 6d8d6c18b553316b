import { OrganizationId } from "@ringfence/core/ids";
import { startDueCounts, countContacts as count } from "@ringfence/services/do-not-call/registry";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "registry.count";

/** Counts an organization's contacts by the jurisdictions whose registries they need. */
export const countContacts = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys }) {
    await count({ db, keys, organizationId, actor: { type: "job", name } });
  },
});

/** Queues a job for each organization whose contacts need a new count. */
export const sweepCounts = defineJob({
  name: "registry.sweep-counts",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await startDueCounts(db);
  },
});
