import { MemberLinkId, OrganizationId } from "@ringfence/core/ids";
import { sendMemberLink as send } from "@ringfence/services/account/member";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

const name = "member-link.send";

/** Mails a member the link to choose a password, and retries if the server rejects it. */
export const sendMemberLink = defineJob({
  name,
  payload: z.object({ organizationId: OrganizationId, memberLinkId: MemberLinkId }),
  run({ organizationId, memberLinkId }, { db, keys, post, publicUrl }) {
    const ctx = { db, keys, organizationId, actor: { type: "job", name } } as const;
    return send(ctx, memberLinkId, { post, publicUrl });
  },
});
