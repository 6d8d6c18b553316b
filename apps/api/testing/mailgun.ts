import { createHmac } from "node:crypto";

/** Posts a webhook as Mailgun does: a form, multipart if the mail has attachments. */
export async function postAsMailgun(
  url: string,
  key: string,
  fields: Record<string, string>,
  {
    hasFile = false,
    signature = "",
    token = crypto.randomUUID().replaceAll("-", ""),
    ageSeconds = 0,
  } = {},
) {
  const timestamp = String(Math.floor(Date.now() / 1_000) - ageSeconds);
  const signed = createHmac("sha256", key)
    .update(timestamp + token)
    .digest("hex");
  const form = { ...fields, timestamp, token, signature: signature || signed };
  const parts = new FormData();
  for (const [name, value] of Object.entries(form)) parts.set(name, value);
  parts.set("attachment-1", new File(["a picture"], "a.png"));
  const body = hasFile ? parts : new URLSearchParams(form);
  const response = await fetch(`${url}/v1/inbound/email/mailgun`, { method: "POST", body });
  return { status: response.status, answer: await response.json() };
}
