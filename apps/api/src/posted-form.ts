import { parse } from "node:querystring";
import type { FormParameters } from "@ringfence/core/inbound";
import { multipartFields } from "./multipart-fields.ts";

/** Of a form of more nothing has been signed. */
const MOST_FIELDS = 1_000;

/**
 * The fields of a form as providers post it; files among them are not kept. By `querystring`, for
 * `URLSearchParams` takes time that grows with the square of what anybody may send.
 */
export function postedForm(type: string, body: Buffer): FormParameters {
  if (!type.startsWith("multipart/")) {
    const fields = parse(body.toString(), "&", "=", { maxKeys: MOST_FIELDS });
    return Object.entries(fields).flatMap(([name, given]) =>
      [given ?? ""].flat().map((value): [string, string] => [name, value]),
    );
  }
  return multipartFields(type, body, MOST_FIELDS);
}
