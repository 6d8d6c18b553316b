import { parse } from "node:querystring";
import type { FormParameters } from "@ringfence/core/inbound";

/** Of a form of more nothing has been signed. */
const MOST_FIELDS = 1_000;

/**
 * The fields of a form as providers post it; files among them are not kept. By `querystring`, for
 * `URLSearchParams` takes time that grows with the square of what anybody may send.
 */
export async function postedForm(type: string, body: Buffer): Promise<FormParameters> {
  if (!type.startsWith("multipart/")) {
    const fields = parse(body.toString(), "&", "=", { maxKeys: MOST_FIELDS });
    return Object.entries(fields).flatMap(([name, given]) =>
      [given ?? ""].flat().map((value): [string, string] => [name, value]),
    );
  }
  const data = await new Response(new Uint8Array(body), {
    headers: { "content-type": type },
  }).formData();
  return [...data].filter((field): field is [string, string] => typeof field[1] === "string");
}
