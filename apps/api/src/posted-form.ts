import type { FormParameters } from "@ringfence/core/inbound";

/** The fields of a form as providers post it; files among them are not kept. */
export async function postedForm(type: string, body: Buffer): Promise<FormParameters> {
  if (!type.startsWith("multipart/")) return [...new URLSearchParams(body.toString())];
  const data = await new Response(new Uint8Array(body), {
    headers: { "content-type": type },
  }).formData();
  return [...data].filter((field): field is [string, string] => typeof field[1] === "string");
}
