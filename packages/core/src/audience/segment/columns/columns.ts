import type { TestedValue } from "../value-test.ts";
import type { ConditionOfKind } from "../rule.ts";
import { type Span, toInstants } from "../span.ts";

/**
 * Values of many rows, coded: few distinct values among millions of rows. Code 0 means no value. The items
 * of a purchase can have several values.
 */
export type CodedValues = { codes: Uint16Array; byCode: readonly (readonly TestedValue[])[] };

/** Columns with more distinct values are not loaded (`tooWide`). SQL answers rules about them. */
export const MAX_VALUES = 65_535;

/** Name in `tooWide` of the outcomes of calls. */
export const CALL_OUTCOME = "@call/outcome";

/** Activities of one type, sorted by person and then by time. */
export type ActivityColumns = {
  /** Index of each person's first row, and the number of rows at the end. */
  first: Uint32Array;
  /** Epoch milliseconds. */
  at: Float64Array;
  /** Amounts in hundredths, NaN for none. Null if no row has an amount. */
  amounts: Float64Array | null;
  /** Properties by name, including `category` and item fields (`item.sku`). */
  properties: ReadonlyMap<string, CodedValues>;
};

/** Consent events, sorted by person and then by phone, in any order of time. */
export type ConsentColumns = {
  first: Uint32Array;
  /** 1 at the first row of each phone of a person. */
  begins: Uint8Array;
  at: Float64Array;
  /** Expiry, Infinity for never. */
  until: Float64Array;
  /** Time of invalidation, Infinity for never. */
  voidSince: Float64Array;
  terms: Uint16Array;
  termsByCode: readonly ConsentTerms[];
};

/** The seller and the scope of a consent event. */
export type ConsentTerms = {
  type: string;
  sellerId: string;
  purposes: readonly string[];
  channels: readonly string[];
};

/**
 * Everything that rules of one organization can ask about, at one point in time, in columns. A person is an
 * index into each column. Scanning millions of people takes milliseconds.
 */
export type Columns = {
  /** Ordinals of the people, ascending. */
  ordinals: Int32Array;
  /** Zone codes. Code 0 is the organization's own zone. */
  zones: Uint16Array;
  zoneNames: readonly string[];
  fields: ReadonlyMap<string, CodedValues>;
  /** Preferences by topic. */
  preferences: ReadonlyMap<string, CodedValues>;
  /** Activities by type. */
  activities: ReadonlyMap<string, ActivityColumns>;
  calls: ActivityColumns;
  consents: ConsentColumns;
  /** 1 for people who opted out of profiling. */
  profilingRefusers: Uint8Array;
  /** Columns that are not loaded: `field/…`, `topic/…`, `type/property`, `CALL_OUTCOME`. */
  tooWide: ReadonlySet<string>;
};

/** Result of a condition, one byte per person: 1 for a match. */
export type Mask = Uint8Array;

export function countMask(mask: Mask): number {
  let size = 0;
  for (let person = 0; person < mask.length; person++) size += mask[person] ?? 0;
  return size;
}

/** The time of evaluation, and the people who changed after loading. */
export type ColumnContext = {
  now: Date;
  /** Zone of people without one. */
  zone: string;
  /** 1 for people who changed after loading. SQL answers for them. */
  changed: Mask;
  /** Ranking values of the people who changed. */
  changedRankValues: (rule: ConditionOfKind<"ranking">) => readonly number[];
};

/** Lists zone names by code. */
export const listZones = ({ zoneNames }: Columns, { zone: home }: ColumnContext) =>
  zoneNames.map((name, code) => (code === 0 ? home : name));

/** Computes the start and end of a span for each zone code. Without a span, all time. */
export function findZoneEdges(columns: Columns, context: ColumnContext, span: Span | undefined) {
  const zones = listZones(columns, context);
  if (span === undefined)
    return { from: zones.map(() => -Infinity), until: zones.map(() => Infinity) };
  const spans = zones.map((zone) => toInstants(span, zone, context.now));
  return {
    from: spans.map(({ from }) => from?.getTime() ?? -Infinity),
    until: spans.map(({ until }) => until?.getTime() ?? Infinity),
  };
}
