import { createHmac } from "node:crypto";

export const account = `AC${"0123456789abcdef".repeat(2)}`;
export const token = "0123456789abcdef0123456789abcdef";

/** As twilio.com/docs/usage/security says it: written here a second time, so that two have to agree. */
export function signatureOf(url: string, form: Record<string, string>, by = token) {
  const text = Object.keys(form)
    .toSorted()
    .reduce((text, name) => text + name + form[name], url);
  return createHmac("sha1", by).update(text).digest("base64");
}

type Sent = { origin: string; path: string; form: Record<string, string>; signature?: string };

/** A webhook as Twilio posts it, to where it reaches the API. */
export async function postAsTwilio(
  url: string,
  { origin, path, form, signature = signatureOf(origin + path, form) }: Sent,
) {
  const response = await fetch(url + path, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": signature,
    },
    body: new URLSearchParams(form).toString(),
  });
  return { status: response.status, text: await response.text() };
}
