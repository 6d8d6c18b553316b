import { z } from "zod";
import { QuestionId, SourceId } from "../../platform/ids.ts";
import { RecordOptOut } from "../opt-out/index.ts";
import { storableText } from "../../platform/text/index.ts";
import { ReplyReading } from "./reply.ts";

/** By which a provider signs: a token of Twilio, a key of Mailgun. */
const signingSecret = z.string().min(16).max(128);

/** An account of Twilio whose requests are to be believed. */
export const ConnectTwilio = z.strictObject({
  account: z.string().regex(/^AC[0-9a-f]{32}$/),
  token: signingSecret,
  /** Under which Twilio reaches the API: `https://calls.example.com`, with a path where there is one. */
  origin: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .transform((url) => url.replace(/\/$/, "")),
});
export type ConnectTwilio = z.infer<typeof ConnectTwilio>;

/** A domain whose mail Mailgun receives and hands on, and the key by which it signs that. */
export const ConnectMailgun = z.strictObject({
  domain: z
    .string()
    .toLowerCase()
    .regex(/^([a-z0-9-]+\.)+[a-z0-9-]+$/)
    .max(253),
  signingKey: signingSecret,
});
export type ConnectMailgun = z.infer<typeof ConnectMailgun>;

/** Another secret of an account that is connected: it was made anew there, or given away. */
export const ReplaceSecret = z.strictObject({ sourceId: SourceId, secret: signingSecret });
export type ReplaceSecret = z.infer<typeof ReplaceSecret>;

/** The code with which a dialer ended a call; it may be a refusal, which nothing beside it can lose. */
export const RecordDisposition = z.object({
  phone: RecordOptOut.shape.phone,
  code: storableText(64),
  /** The dialer's own id of the call, by which what is sent again is known. */
  externalId: storableText(128).optional().catch(undefined),
});
export type RecordDisposition = z.infer<typeof RecordDisposition>;

/** What an organization says that a code means. */
export const MapDisposition = z.strictObject({
  system: storableText(32),
  code: storableText(64),
  reading: ReplyReading,
});
export type MapDisposition = z.infer<typeof MapDisposition>;

/** What a person decided about what may be a refusal. */
export const AnswerQuestion = z.strictObject({ questionId: QuestionId, isRefusal: z.boolean() });
export type AnswerQuestion = z.infer<typeof AnswerQuestion>;
