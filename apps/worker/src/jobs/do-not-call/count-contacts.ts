import { OrganizationId } from "@ringfence/core/ids";
import { countContacts as count } from "@ringfence/services/do-not-call/registry";
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
