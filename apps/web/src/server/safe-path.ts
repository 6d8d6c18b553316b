import type { Route } from "next";

/** Where to go after sign-in: a path of ours, never another site, whatever stands in the address. */
export function safePath(from: unknown): Route {
  if (typeof from !== "string" || !from.startsWith("/") || !URL.canParse(from, BASE)) return "/";
  const { origin, pathname, search, hash } = new URL(from, BASE);
  const path = pathname + search + hash;
  return origin === BASE && isRoute(path) ? path : "/";
}

const BASE = "http://ringfence.invalid";

/** It need not lead to a page: then there is none. */
const isRoute = (path: string): path is Route => path.startsWith("/");
