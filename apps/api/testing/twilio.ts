import { createHmac } from "node:crypto";

export const account = `AC${"0123456789abcdef".repeat(2)}`;
export const token = "0123456789abcdef0123456789abcdef";

/**
 * Signs a form as twilio.com/docs/usage/security describes. Written a second time, so that two
 * implementations must agree.
 */
export function signForm(url: string, form: Record<string, string>, by = token) {
  const text = Object.keys(form)
    .toSorted()
    .reduce((text, name) => text + name + form[name], url);
  return createHmac("sha1", by).update(text).digest("base64");
}

type Sent = { origin: string; path: string; form: Record<string, string>; signature?: string };

/** Posts a webhook as Twilio does, to the public address of the API. */
export async function postAsTwilio(
  url: string,
  { origin, path, form, signature = signForm(origin + path, form) }: Sent,
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
