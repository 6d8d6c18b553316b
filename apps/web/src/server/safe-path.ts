import type { Route } from "next";

/** Returns the path on this site that a text names; "/" for any other text. Never leads to another site. */
export function safePath(from: unknown): Route {
  if (typeof from !== "string" || !from.startsWith("/") || !URL.canParse(from, BASE)) return "/";
  const { origin, pathname, search, hash } = new URL(from, BASE);
  const path = pathname + search + hash;
  return origin === BASE && isRoute(path) ? path : "/";
}

/** Path of a list with filters in its address. */
export const toListPath = (path: Route, filters: Readonly<Record<string, string>>): Route =>
  safePath(`${path}?${new URLSearchParams(filters).toString()}`);

const BASE = "http://ringfence.invalid";

/** Narrows the type only: the path need not have a page. */
const isRoute = (path: string): path is Route => path.startsWith("/");
