import { parse } from "node:querystring";
import type { FormParameters } from "@ringfence/core/do-not-call/inbound";

/** A form with more fields cannot have been signed. */
const MOST_FIELDS = 1_000;

/**
 * Parses a form as providers post it. Uses `querystring`, because the time of `URLSearchParams`
 * grows with the square of what a sender may post.
 */
export function postedForm(body: string): FormParameters {
  const fields = parse(body, "&", "=", { maxKeys: MOST_FIELDS });
  return Object.entries(fields).flatMap(([name, given]) =>
    [given ?? ""].flat().map((value): [string, string] => [name, value]),
  );
}
