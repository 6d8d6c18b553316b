import { parse } from "node:querystring";

/** What stands behind the `?` of an address, by name; what is empty there is left out, as `at=` is. */
export const parseQuery = (text: string) =>
  Object.fromEntries(Object.entries(parse(text)).filter(([, value]) => value !== ""));
