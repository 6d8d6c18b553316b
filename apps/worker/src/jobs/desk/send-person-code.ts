import { OrganizationId, PersonCodeId } from "@ringfence/core/ids";
import { sendPersonCode as send } from "@ringfence/services/desk/own-record";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "person-code.send";

/** Sends a code to the phone of a person who wants to see their data. */
export const sendPersonCode = defineJob({
  name,
  lane: "express",
  payload: z.object({ organizationId: OrganizationId, personCodeId: PersonCodeId }),
  run({ organizationId, personCodeId }, { db, keys, post }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    return send(ctx, personCodeId, post);
  },
});
