import type { Route } from "next";
import { parseAsArrayOf, parseAsString } from "nuqs/server";

/**
 * The way through a list, as a part of the address: the cursor of each page gone through, of which
 * the first has none.
 */
export const parseAsTrail = parseAsArrayOf(parseAsString, "~").withDefault([]);

/** The pages before and after the last one of a trail. */
export const stepsOf = (
  trail: readonly string[],
  next: string | null,
  hrefOf: (trail: string[]) => Route,
): { newer: Route | null; older: Route | null } => ({
  newer: trail.length > 0 ? hrefOf(trail.slice(0, -1)) : null,
  older: next === null ? null : hrefOf([...trail, next]),
});
