import { parse } from "node:querystring";

/** Parses the query of an address by name. An empty value such as `at=` counts as missing. */
export const parseQuery = (text: string) =>
  Object.fromEntries(Object.entries(parse(text)).filter(([, value]) => value !== ""));
