import type { Route } from "next";
import { parseAsArrayOf, parseAsString } from "nuqs/server";

/**
 * Path through a list, as a part of the address: the cursor of each page visited. The first page has
 * none.
 */
export const parseAsTrail = parseAsArrayOf(parseAsString, "~").withDefault([]);

type Steps = { newer: Route | null; older: Route | null };

/** Links to the pages before and after the last one of a trail. `toHref` returns paths of ours. */
export function toPagerLinks(
  trail: readonly string[],
  next: string | null,
  toHref: (trail: string[]) => string,
): Steps {
  const newer = trail.length > 0 ? toHref(trail.slice(0, -1)) : null;
  const older = next === null ? null : toHref([...trail, next]);
  return { newer: isRoute(newer) ? newer : null, older: isRoute(older) ? older : null };
}

const isRoute = (href: string | null): href is Route => href?.startsWith("/") === true;
