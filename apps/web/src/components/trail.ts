import type { Route } from "next";
import { parseAsArrayOf, parseAsString } from "nuqs/server";

/**
 * The way through a list, as a part of the address: the cursor of each page gone through, of which
 * the first has none.
 */
export const parseAsTrail = parseAsArrayOf(parseAsString, "~").withDefault([]);

type Steps = { newer: Route | null; older: Route | null };

/** The pages before and after the last one of a trail. `hrefOf` gives paths of ours. */
export function stepsOf(
  trail: readonly string[],
  next: string | null,
  hrefOf: (trail: string[]) => string,
): Steps {
  const newer = trail.length > 0 ? hrefOf(trail.slice(0, -1)) : null;
  const older = next === null ? null : hrefOf([...trail, next]);
  return { newer: isRoute(newer) ? newer : null, older: isRoute(older) ? older : null };
}

const isRoute = (href: string | null): href is Route => href?.startsWith("/") === true;
