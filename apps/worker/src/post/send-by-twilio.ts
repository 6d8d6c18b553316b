import type { Post } from "@ringfence/services/message-sender";
import { z } from "zod";

const PATIENCE_MS = 10_000;

const Refused = z.object({ code: z.number().optional(), status: z.number().optional() });

/**
 * Sends text messages through Twilio's REST API of 2010-04-01, or a compatible service. The address
 * holds the account, its token and the sender:
 * `https://<SID>:<token>@api.twilio.com?from=+15005550006`.
 */
export function sendByTwilio(address: string): Post["sms"] {
  const { origin, username, password, searchParams } = new URL(address);
  const account = decodeURIComponent(username);
  const credentials = `${account}:${decodeURIComponent(password)}`;
  // A sender is a number, or the id of a messaging service.
  const from = searchParams.get("from") ?? "";
  const sender = from.startsWith("MG") ? { MessagingServiceSid: from } : { From: from };

  return async ({ to, text }) => {
    const response = await fetch(`${origin}/2010-04-01/Accounts/${account}/Messages.json`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
      body: new URLSearchParams({ To: to, Body: text, ...sender }),
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: "error",
    });
    if (response.ok) return;
    // Log only the code: the words may repeat the number.
    const { data } = Refused.safeParse(await response.json().catch(() => null));
    throw new Error(`the SMS provider answered ${response.status}, code ${data?.code ?? "none"}`);
  };
}
