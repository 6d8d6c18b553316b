import {
  sendAccountNotice as sendNotice,
  sendAccountNoticeJob,
  sendMemberLink as sendLink,
  sendMemberLinkJob,
} from "@ringfence/services/account/member";
import {
  announceKeyNetworks as announce,
  announceKeyNetworksJob,
  sendKeyAlarm as sendAlarm,
  sendKeyAlarmJob,
} from "@ringfence/services/account/api-key";
import { mailIfSet } from "../../mail-and-sms.ts";
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

/** Announces networks from which keys of an organization were used for the first time. */
export const announceKeyNetworks = performJob(announceKeyNetworksJob, (ctx) => announce(ctx));

/** Mails a member that a key was used from a new network, and retries if the server rejects it. */
export const sendKeyAlarm = performJob(
  sendKeyAlarmJob,
  (ctx, alarm, { messageSender, publicUrl }) =>
    mailIfSet(messageSender, () => sendAlarm({ ...ctx, messageSender, publicUrl }, alarm)),
);
