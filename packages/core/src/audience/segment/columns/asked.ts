import type { World } from "../members-of.ts";
import type { LeafOf } from "../rule.ts";
import { instantsIn, type Span } from "../span.ts";
import type { Columns, Mask } from "./columns.ts";

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
