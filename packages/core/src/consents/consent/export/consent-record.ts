import { z } from "zod";
import { Channel } from "../../../people/phone/index.ts";

const instant = z.iso.datetime();
const Party = z.strictObject({
  party_id: z.string(),
  name: z.string(),
  type: z.literal("organization"),
  role: z.enum(["seller", "processor", "lead_seller"]),
  /** ISO 3166-1 alpha-2: the organization's home region, also for its sellers. Empty for a `lead_seller`. */
  address: z.string(),
  /** Address of the public pages. Empty for a `lead_seller`. */
  contact: z.string(),
});

/**
 * State of a consent after an event, in the words of the W3C vocabulary (DPV 2, consent status). `unknown`: the event
 * bears no valid MAC of ours, so it proves nothing.
 */
export const RecordState = z.enum([
  "requested",
  "given",
  "renewed",
  "refused",
  "withdrawn",
  "invalidated",
  "expired",
  "unknown",
]);
export type RecordState = z.infer<typeof RecordState>;

/** Purpose of a consent to the processing of personal data, which names none of the purposes of calls. */
export const DATA_PROCESSING = "data-processing";

/**
 * Everything known about a consent, in the fields that ISO/IEC TS 27560:2023, Kantara's receipt 1.1, the
 * IETF's vCon and the laws require together. It is computed from the events of the consent. What is not on record is
 * null or empty.
 */
export const ConsentRecord = z
  .strictObject({
    schema_version: z.literal("consent/1.0"),
    record_id: z.uuid(),
    /** State when the record was read, of its own events (`determineRecordState`). */
    state: RecordState,
    /** True if it is given and permits calls for all its purposes, also after opt-outs and other consents. */
    in_force: z.boolean(),
    subject: z.strictObject({
      /** Id of the phone, which outlives an erasure of the number. */
      id: z.uuid(),
      phone_e164: z.string().nullable(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      /** We do not know whether they pay for the line, use it, or both. */
      role: z.literal("user"),
    }),
    controllers: z.array(Party).min(1),
    callers: z.array(Party),
    recipients: z.array(Party),
    /** Others who asked for the consent and passed it on. */
    collectors: z.array(Party),
    service: z.string(),
    purposes: z
      .array(z.strictObject({ code: z.string(), text: z.string(), primary: z.boolean() }))
      .min(1),
    /** Empty for a consent to the processing of data, which permits no call. */
    channels: z.array(Channel),
    data_categories: z.array(z.string()),
    special_categories: z.array(z.string()),
    lawful_basis: z.literal("consent"),
    expression: z.strictObject({
      type: z.enum(["explicit", "implicit"]),
      method: z.string(),
      text_of_act: z.string().nullable(),
    }),
    notice: z.strictObject({
      doc_id: z.string(),
      version: z.string(),
      language: z.string(),
      text: z.string(),
      sha256: z.string(),
    }),
    form_snapshot: z.strictObject({ url: z.string().nullable() }),
    language: z.string(),
    collection: z.strictObject({
      method: z.string(),
      ip: z.string().nullable(),
      user_agent: z.string().nullable(),
      recording_uri: z.string().nullable(),
      evidence: z.array(z.string()),
    }),
    statements: z.strictObject({
      not_condition_of_purchase: z.boolean(),
      autodialer_disclosed: z.boolean(),
      withdrawal_explained: z.boolean(),
    }),
    signature: z.strictObject({ kind: z.string(), signed_at: instant }).nullable(),
    validity: z.strictObject({ from: instant, until: instant.nullable(), basis: z.string() }),
    withdrawal: z.strictObject({ methods: z.array(z.string()).min(1), url: z.url() }),
    rights: z.array(z.string()),
    authority: z.string().nullable(),
    jurisdictions: z.array(z.string()).min(1),
    storage_locations: z.array(z.string()).min(1),
    retention: z.strictObject({ policy: z.string() }),
    events: z
      .array(
        z.strictObject({
          event_id: z.uuid(),
          type: z.literal("consent"),
          state: RecordState,
          at: instant,
          entity_id: z.string(),
          /** SHA-256 of its statement, and of the statement about this number before it, base64url. */
          hash: z.string().nullable(),
          prev_hash: z.string().nullable(),
        }),
      )
      .min(1),
    uses: z.array(z.strictObject({ call_id: z.uuid(), at: instant })),
    integrity: z.strictObject({
      alg: z.literal("sha-256"),
      /** The hash of the latest statement. */
      chain_head: z.string().nullable(),
      /** The thumbprint of the key that signed it (RFC 7638). */
      signer: z.string().nullable(),
    }),
    receipt: z.strictObject({ receipt_id: z.uuid(), issued_at: instant }),
  })
  .meta({ id: "ConsentRecord" });
export type ConsentRecord = z.infer<typeof ConsentRecord>;

type StateEvent = { state: RecordState; at: string };

/**
 * Determines the state of a consent from its events and its end. A withdrawal or an invalidation ends it as a whole,
 * also one of a single purpose, because a record must not say more than still holds. Events without a valid MAC count
 * only if there are no others. Times are in ISO 8601, in UTC.
 */
export function determineRecordState(
  events: readonly StateEvent[],
  until: string | null,
  now: string,
): RecordState {
  const proven = events
    .filter(({ state }) => state !== "unknown")
    .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const has = (state: RecordState) => proven.some((event) => event.state === state);
  if (has("invalidated")) return "invalidated";
  if (has("withdrawn")) return "withdrawn";
  const grant = proven.findLast(({ state }) => state === "given" || state === "renewed");
  const refusal = proven.findLast(({ state }) => state === "refused");
  if (refusal && (!grant || grant.at <= refusal.at)) return "refused";
  if (grant) return until !== null && until <= now ? "expired" : grant.state;
  return has("requested") ? "requested" : "unknown";
}
