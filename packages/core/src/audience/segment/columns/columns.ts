import type { TestedValue } from "../value-test.ts";
import type { World } from "../members-of.ts";
import type { LeafOf } from "../rule.ts";
import { type Span, instantsIn } from "../span.ts";

/**
 * What rows say, by code: few values among millions of rows. Code 0 is that nothing is said; items of
 * a purchase may say several things.
 */
export type Values = { codes: Uint16Array; known: readonly (readonly TestedValue[])[] };

/** More different values than that are not kept: whoever asks about them asks the database. */
export const MOST_VALUES = 65_535;

/** What people did of one kind. Rows stand person by person, of each in the order of time. */
export type Deeds = {
  /** The first row of the person at each place, and at the end how many rows there are. */
  first: Uint32Array;
  /** Epoch milliseconds. */
  at: Float64Array;
  /** In hundredths; NaN where there is none. Null where no row has one. */
  amounts: Float64Array | null;
  /** By name; `category` and the names of items (`item.sku`) among them. */
  properties: ReadonlyMap<string, Values>;
};

/** What was said of phones: person by person, of each phone by phone. */
export type Consents = {
  first: Uint32Array;
  /** 1 where another phone begins. */
  begins: Uint8Array;
  at: Float64Array;
  /** When it ends; Infinity for never. */
  until: Float64Array;
  /** Since when it was found void; Infinity for never. */
  voidSince: Float64Array;
  said: Uint16Array;
  /** By code. */
  known: readonly Said[];
};

/** Whose a consent is, and what for. */
export type Said = {
  type: string;
  sellerId: string;
  purposes: readonly string[];
  channels: readonly string[];
};

/**
 * All that rules ask of the people of an organization, as it stood at one instant, in columns: a person
 * is a place in each. To look through millions of them takes milliseconds.
 */
export type Columns = {
  /** Whose places they are, ascending. */
  ordinals: Int32Array;
  /** By code: in which zone who lives; the code 0 is home. */
  zones: Uint16Array;
  zoneNames: readonly string[];
  fields: ReadonlyMap<string, Values>;
  /** By topic. */
  preferences: ReadonlyMap<string, Values>;
  /** By type. */
  deeds: ReadonlyMap<string, Deeds>;
  calls: Deeds;
  consents: Consents;
  /** 1 for who refused that their behavior is looked at. */
  refused: Uint8Array;
  /** What has more values than are kept: `field/…`, `topic/…`, `type/property`. */
  tooWide: ReadonlySet<string>;
};

/** By place, 1 for who is meant. */
export type Mask = Uint8Array;

export function sizeOf(mask: Mask): number {
  let size = 0;
  for (let place = 0; place < mask.length; place++) size += mask[place] ?? 0;
  return size;
}

/** By which clock it is asked, and what is known of who changed since. */
export type Asked = World & {
  /** By place, 1 for who changed since: they are asked elsewhere. */
  changed: Mask;
  /** What those came to of whom a ranking asks. */
  worthsOfChanged: (rule: LeafOf<"ranking">) => readonly number[];
};

/** In which zone is who, by code. */
export const zonesOf = ({ zoneNames }: Columns, { zone: home }: Asked) =>
  zoneNames.map((name, code) => (code === 0 ? home : name));

/** By the code of a zone, the instants of a span; without one, of all time. */
export function edgesIn(columns: Columns, asked: Asked, span: Span | undefined) {
  const zones = zonesOf(columns, asked);
  if (span === undefined)
    return { from: zones.map(() => -Infinity), until: zones.map(() => Infinity) };
  const spans = zones.map((zone) => instantsIn(span, zone, asked.now));
  return {
    from: spans.map(({ from }) => from?.getTime() ?? -Infinity),
    until: spans.map(({ until }) => until?.getTime() ?? Infinity),
  };
}
