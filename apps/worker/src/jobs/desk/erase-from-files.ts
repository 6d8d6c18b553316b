import { OrganizationId } from "@ringfence/core/ids";
import { eraseFromFiles as erase } from "@ringfence/services/desk/erasure";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "erasure.files";

/** Takes the rows of erased people out of an organization's stored uploads and results. */
export const eraseFromFiles = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId }),
  async run({ organizationId }, { db, keys, files }) {
    await erase({ db, keys, files, organizationId, actor: { type: "job", name } });
  },
});
