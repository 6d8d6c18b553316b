import { z } from "zod";
import { QuestionId, SourceId } from "../../platform/ids.ts";
import { OptOutChannel, RecordOptOut } from "../opt-out/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { ReplyReading } from "./reply.ts";

/** Secret with which a provider signs: Twilio's auth token or Mailgun's signing key. */
const signingSecret = z.string().min(16).max(128);

/** A Twilio account whose requests are trusted. */
export const ConnectTwilio = z.strictObject({
  account: z.string().regex(/^AC[0-9a-f]{32}$/),
  token: signingSecret,
  /** Address at which Twilio reaches the API: `https://calls.example.com`, with a path if there is one. */
  origin: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .transform((url) => url.replace(/\/$/, "")),
});
export type ConnectTwilio = z.infer<typeof ConnectTwilio>;

/** A domain whose mail Mailgun receives and forwards, and the key with which it signs. */
export const ConnectMailgun = z.strictObject({
  domain: z
    .string()
    .toLowerCase()
    .regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/)
    .max(253),
  signingKey: signingSecret,
});
export type ConnectMailgun = z.infer<typeof ConnectMailgun>;

/** Replaces the secret of a source (a connected account or domain), for example because it was rotated or leaked. */
export const ReplaceSecret = z.strictObject({ sourceId: SourceId, secret: signingSecret });
export type ReplaceSecret = z.infer<typeof ReplaceSecret>;

/**
 * The code with which a dialer ended a call. It may be an opt-out, so nothing but the code can make the request
 * invalid: an unreadable number becomes empty, and an unreadable id is dropped.
 */
export const RecordDisposition = z.object({
  phone: RecordOptOut.shape.phone,
  code: storableText(64),
  /** The dialer's own id of the call. A repeated request is recognized by it. */
  externalId: storableText(128).optional().catch(undefined),
});
export type RecordDisposition = z.infer<typeof RecordDisposition>;

/** A person's reply that reached us through another system, such as an SMS provider or a dialer. */
export const RecordReply = z.strictObject({
  /** Where it came from: `twilio`, or `disposition` and the dialer's system. External ids are unique in it. */
  provider: z.string(),
  /** The provider's own id of the reply; null if it has none. Replies without an id always count. */
  externalId: z.string().nullable(),
  channel: OptOutChannel.extract(["sms", "ivr", "disposition"]),
  phone: z.string(),
  reading: ReplyReading,
  text: z.string(),
});
export type RecordReply = z.infer<typeof RecordReply>;

/** A mail to a mailbox for opt-outs. */
export const RecordMail = z.strictObject({
  /** The provider that forwarded it. External ids are unique in it. */
  provider: z.string(),
  /** The mail's own id; null if it has none. Mails without an id always count. */
  externalId: z.string().nullable(),
  /** The mailbox that the mail names as its sender. Nobody has to prove who they are to opt out. */
  from: z.string(),
  subject: z.string(),
  text: z.string(),
  /** True if a machine wrote it (RFC 3834). */
  isAutomatic: z.boolean(),
  /** Signature of the forwarding provider; null if the signature covers the mail itself. */
  signed: z.strictObject({ token: z.string(), signedAt: z.date() }).nullable(),
});
export type RecordMail = z.infer<typeof RecordMail>;

/** Sets the meaning of a disposition code for an organization. */
export const MapDisposition = z.strictObject({
  /** The organization's name for the dialer, as in the address to which the dialer sends dispositions. */
  system: storableText(32),
  code: storableText(64),
  reading: ReplyReading,
});
export type MapDisposition = z.infer<typeof MapDisposition>;

/** A member's decision on a question: a message that may be an opt-out. */
export const AnswerQuestion = z.strictObject({ questionId: QuestionId, isRefusal: z.boolean() });
export type AnswerQuestion = z.infer<typeof AnswerQuestion>;
