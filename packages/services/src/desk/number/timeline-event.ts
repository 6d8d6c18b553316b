import { ConsentEventType, EventSource } from "@ringfence/core/consents/consent";
import { Channel } from "@ringfence/core/people/phone";
import { PhoneId, SellerId } from "@ringfence/core/ids";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { Reason } from "@ringfence/core/calling/screening";
import { Dialer } from "@ringfence/core/account/organization";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { z } from "zod";

/** Of a call nobody is on record: the dialer's log tells of it. */
const Row = z.object({
  id: z.uuid(),
  at: z.date(),
  phoneId: PhoneId,
  actor: z.unknown().optional(),
});

const Consent = Row.extend({
  kind: z.literal("consent"),
  consentId: z.uuid(),
  type: ConsentEventType,
  sellerId: SellerId,
  purposes: z.array(PurposeKey),
  channels: z.array(Channel),
  source: EventSource,
  isWritten: z.boolean(),
  validUntil: z.date().nullable(),
  /** The words that the person was shown. */
  disclosure: z.object({ version: z.int(), language: z.string(), text: z.string() }).nullable(),
});

const OptOut = Row.extend({
  kind: z.literal("opt-out"),
  scope: z.enum(["all", "seller", "purpose", "profiling"]),
  sellerId: SellerId.nullable(),
  purpose: PurposeKey.nullable(),
  channel: OptOutChannel,
  reference: z.string(),
  recordedAt: z.date(),
  notes: z.array(z.object({ text: z.string().nullable(), recording: z.string().nullable() })),
  /** One that two officers accepted: it was another's. */
  answers: z.array(z.object({ answeredAt: z.date() })),
});

const Suppression = Row.extend({
  kind: z.literal("suppression"),
  reason: SuppressionReason,
  until: z.date().nullable(),
});

const Call = Row.extend({
  kind: z.literal("call"),
  sellerId: SellerId,
  purpose: PurposeKey,
  outcome: z.string().nullable(),
  campaign: z.string().nullable(),
  screeningId: z.uuid().nullable(),
});

const Screening = Row.extend({
  kind: z.literal("screening"),
  sellerId: SellerId,
  purpose: PurposeKey,
  dialer: Dialer,
  campaign: z.string().nullable(),
  verdict: z.enum(["allow", "refuse"]),
  refusals: z.array(z.object({ reason: Reason })),
  permitUntil: z.date().nullable(),
});

/** What rows say of an event, before its phone, its seller and whoever did it are named. */
export const EventRow = z.discriminatedUnion("kind", [
  Consent,
  OptOut,
  Suppression,
  Call,
  Screening,
]);
export type EventRow = z.infer<typeof EventRow>;
