import {
  sendAccountNotice as sendNotice,
  sendAccountNoticeJob,
  sendMemberLink as sendLink,
  sendMemberLinkJob,
} from "@ringfence/services/account/member";
import { performJob } from "../platform/define-job.ts";

/** Mails a member the link to choose a password, and retries if the server rejects it. */
export const sendMemberLink = performJob(
  sendMemberLinkJob,
  (ctx, { memberLinkId }, { messageSender, publicUrl }) =>
    sendLink({ ...ctx, messageSender, publicUrl }, memberLinkId),
);

/** Mails a member what changed about their sign-in. */
export const sendAccountNotice = performJob(
  sendAccountNoticeJob,
  (ctx, { memberId, notice }, { messageSender, publicUrl }) =>
    sendNotice({ ...ctx, messageSender, publicUrl }, { memberId, notice }),
);
