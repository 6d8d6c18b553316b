import { z } from "zod";
import { type Message, listInvalidFields } from "../../platform/message/index.ts";
import { MAX_WRITTEN_LENGTH, Region, WrittenPhone } from "../../people/phone/index.ts";
import { WrittenInstant, isPlausible } from "../../platform/time/index.ts";
import { OptOutChannel, type OptOutScope } from "./opt-out.ts";
import type { SellerId } from "../../platform/ids.ts";
import type { PurposeKey } from "../../account/purpose/index.ts";

const MAX_NOTE = 2_000;
const MAX_RECORDING = 2_048;

const fields = {
  /** A number in any format. */
  phone: WrittenPhone,
  /** Country of a number that is written without `+`. */
  region: Region.optional(),
  /** Left out for all calls; a seller is named by its key or its id. */
  scope: z
    .union([
      z.strictObject({ seller: z.string().min(1).max(128) }),
      z.strictObject({ purpose: z.string().min(1).max(128) }),
      z.strictObject({ profiling: z.literal(true) }),
      z.strictObject({}),
    ])
    .optional(),
  channel: OptOutChannel,
  /** Time at which the person said it. Default: now. */
  at: WrittenInstant.optional(),
  note: z.string().optional(),
  /** Location of the call recording. */
  recording: z.string().max(MAX_RECORDING).optional(),
};

/**
 * A request to record an opt-out. No field makes it invalid (contract 6). One that cannot be read falls back to
 * what covers most: without a scope, all calls; without a time, from now on; without a channel, `api`. A phone
 * that is neither text nor a number becomes empty; a phone or a note that is too long is cut; any other field that
 * cannot be read is left out. Parse a request once: `at` is text on the way in and a `Date` on the way out, so that a
 * second parse would drop it.
 */
export const RecordOptOut = z.object({
  phone: fields.phone.transform((text) => text.slice(0, MAX_WRITTEN_LENGTH)).catch(""),
  region: fields.region.catch(undefined),
  scope: fields.scope.catch(undefined),
  channel: fields.channel.catch("api"),
  at: fields.at.catch(undefined),
  note: z
    .string()
    .transform((text) => text.slice(0, MAX_NOTE))
    .optional()
    .catch(undefined),
  recording: fields.recording.catch(undefined),
});
export type RecordOptOut = z.infer<typeof RecordOptOut>;

const ReadableRequest = z.object({ ...fields, channel: fields.channel.optional() });

/** Says which fields of a request were dropped, cut or converted, for the `notes` of the response. */
export function listFieldNotes(sent: unknown): Message[] {
  const { phone, note } = z
    .object({ phone: z.unknown(), note: z.unknown() })
    .catch({ phone: undefined, note: undefined })
    .parse(sent);
  const isConverted = typeof phone === "number";
  return [
    ...listInvalidFields(ReadableRequest, sent).map((field): Message => ({
      key: "opt-out.field-unread",
      values: { field },
    })),
    ...noteCut("note", note, MAX_NOTE),
    ...noteCut("phone", phone, MAX_WRITTEN_LENGTH),
    ...(isConverted
      ? [{ key: "opt-out.field-converted", values: { field: "phone" } } as const]
      : []),
  ];
}

const noteCut = (field: string, text: unknown, max: number): Message[] =>
  typeof text === "string" && text.length > max
    ? [{ key: "opt-out.field-cut", values: { field, max } }]
    : [];

/** The sellers and purposes of an organization: what a scope can name. */
export type KnownScopes = {
  sellers: readonly { id: SellerId; key: string }[];
  purposes: readonly { key: PurposeKey }[];
};

/** An opt-out ready to be recorded. `notes` explain a scope or a time that differs from the request. */
export type ResolvedOptOut = { scope: OptOutScope; at: Date; notes: readonly Message[] };

/**
 * Turns a request into the opt-out to record. It never rejects one: an unknown seller or purpose becomes an
 * opt-out from all calls, and a time in the future or otherwise impossible becomes now (contract 6).
 */
export function resolveOptOut(
  { scope, at }: Pick<RecordOptOut, "scope" | "at">,
  known: KnownScopes,
  now: Date,
): ResolvedOptOut {
  const resolvedTime = resolveTime(at, now);
  const resolvedScope = resolveScope(scope ?? {}, known);
  const notes = [...resolvedScope.notes, ...resolvedTime.notes];
  return { at: resolvedTime.at, scope: resolvedScope.scope, notes };
}

function resolveTime(at: Date | undefined, now: Date): Pick<ResolvedOptOut, "at" | "notes"> {
  if (at === undefined) return { at: now, notes: [] };
  if (isPlausible(at) && at <= now) return { at, notes: [] };
  return { at: now, notes: [{ key: "opt-out.time-impossible", values: { at, now } }] };
}

function resolveScope(
  scope: NonNullable<RecordOptOut["scope"]>,
  { sellers, purposes }: KnownScopes,
): Pick<ResolvedOptOut, "scope" | "notes"> {
  const all = { scope: "all" } as const;
  if ("seller" in scope) {
    const seller = sellers.find(({ id, key }) => key === scope.seller || id === scope.seller);
    if (seller) return { scope: { scope: "seller", sellerId: seller.id }, notes: [] };
    return {
      scope: all,
      notes: [{ key: "opt-out.seller-unknown", values: { seller: scope.seller } }],
    };
  }
  if ("purpose" in scope) {
    const purpose = purposes.find(({ key }) => key === scope.purpose);
    if (purpose) return { scope: { scope: "purpose", purpose: purpose.key }, notes: [] };
    return {
      scope: all,
      notes: [{ key: "opt-out.purpose-unknown", values: { purpose: scope.purpose } }],
    };
  }
  if ("profiling" in scope) return { scope: { scope: "profiling" }, notes: [] };
  return { scope: all, notes: [] };
}
