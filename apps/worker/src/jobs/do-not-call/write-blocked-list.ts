import { OrganizationId } from "@ringfence/core/ids";
import { writeBlockedList as write } from "@ringfence/services/do-not-call/blocked-list";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "blocked-list.write";

/** Writes an organization's blocked list for other systems. */
export const writeBlockedList = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys, files }) {
    await write({ db, keys, files, organizationId, actor: { type: "job", name } });
  },
});
