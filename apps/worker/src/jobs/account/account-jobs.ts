import { sendMemberLink as send, sendMemberLinkJob } from "@ringfence/services/account/member";
import { performJob } from "../platform/define-job.ts";

/** Mails a member the link to choose a password, and retries if the server rejects it. */
export const sendMemberLink = performJob(
  sendMemberLinkJob,
  (ctx, { memberLinkId }, { messageSender, publicUrl }) =>
    send({ ...ctx, messageSender, publicUrl }, memberLinkId),
);
