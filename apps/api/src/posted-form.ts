import { parse } from "node:querystring";
import type { FormParameters } from "@ringfence/core/do-not-call/inbound";

/** Of a form of more nothing has been signed. */
const MOST_FIELDS = 1_000;

/**
 * Parses a form as providers post it. By `querystring`, for `URLSearchParams` takes time that grows with
 * the square of what anybody may send.
 */
export function postedForm(body: string): FormParameters {
  const fields = parse(body, "&", "=", { maxKeys: MOST_FIELDS });
  return Object.entries(fields).flatMap(([name, given]) =>
    [given ?? ""].flat().map((value): [string, string] => [name, value]),
  );
}
