import type { Settings } from "@ringfence/core/platform/settings";
import type { MessageSender } from "@ringfence/services/message-sender";
import { createTransport } from "nodemailer";
import { z } from "zod";
import { log } from "./log.ts";

type MessageSenderSettings = Settings<"SMS_URL" | "SMTP_URL" | "MAIL_FROM">;

/** Opens the configured providers. A message without a provider fails with `NoProvider`, so that its job is retried. */
export const openMessageSender = ({
  SMS_URL,
  SMTP_URL,
  MAIL_FROM,
}: MessageSenderSettings): MessageSender => ({
  sms: SMS_URL === undefined ? rejectMissing("SMS_URL") : sendByTwilio(SMS_URL),
  email:
    SMTP_URL === undefined || MAIL_FROM === undefined
      ? rejectMissing("SMTP_URL or MAIL_FROM")
      : sendBySmtp(SMTP_URL, MAIL_FROM),
});

/** No provider is configured for messages of this kind. */
class NoProvider extends Error {
  override readonly name = "NoProvider";
}

const rejectMissing = (setting: string) => () =>
  Promise.reject(new NoProvider(`a message waits, and ${setting} is not set`));

const PATIENCE_MS = 10_000;

/**
 * Sends mail through a server (RFC 5321). `smtps://` uses TLS from the first byte, `smtp://` starts
 * it where offered.
 */
export function sendBySmtp(address: string, from: string): MessageSender["email"] {
  const transport = createTransport({
    url: address,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });
  return async ({ to, subject, text, html, unsubscribe, attachments = [] }) => {
    const mail = {
      from,
      to: { name: "", address: to },
      subject,
      text,
      ...(html !== undefined && { html }),
      textEncoding: "base64" as const,
      attachments: attachments.map(({ name, type, content }) => ({
        filename: name,
        contentType: type,
        content: typeof content === "string" ? content : Buffer.from(content),
      })),
      headers: {
        // Asks machines not to answer (RFC 3834).
        "Auto-Submitted": "auto-generated",
        // Lets the mail program show an unsubscribe button, which posts there with one click (RFC
        // 8058).
        ...(unsubscribe !== undefined && {
          "List-Unsubscribe": `<${unsubscribe}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }),
      },
    };
    await transport.sendMail(mail).catch(throwPlainly);
  };
}

/**
 * Rethrows without the server's words, which quote the address, and without the error that holds
 * them.
 */
function throwPlainly(error: object): never {
  const said: unknown = Reflect.get(error, "responseCode") ?? Reflect.get(error, "code");
  throw new Error(`the mail server answered ${String(said)}`);
}

const Refused = z.object({ code: z.number().optional(), status: z.number().optional() });

/**
 * Sends text messages through Twilio's REST API of 2010-04-01, or a compatible service. The address
 * holds the account, its token and the sender:
 * `https://<SID>:<token>@api.twilio.com?from=+15005550006`.
 */
export function sendByTwilio(address: string): MessageSender["sms"] {
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

const warned = new WeakSet<object>();

/**
 * Sends an alarm or a report by mail. If no mail server is configured, drops it and logs that once: pages, and for most
 * alarms webhooks, show it all the same.
 */
export async function mailIfSet(messageSender: MessageSender, send: () => Promise<void>) {
  try {
    await send();
  } catch (error) {
    if (!(error instanceof NoProvider)) throw error;
    if (warned.has(messageSender)) return;
    warned.add(messageSender);
    log.warn("No mail server is set (SMTP_URL, MAIL_FROM): alarms go by no mail");
  }
}
