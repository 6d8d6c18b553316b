import type { Mail } from "@ringfence/services/do-not-call/inbound";
import { z } from "zod";

/** Of a mail as Mailgun hands it on: names and values, as its own headers have them. */
const Headers = z.array(z.tuple([z.string(), z.string()])).catch([]);

/** The fields of a form of Mailgun's that are read. */
export const MAIL_FIELDS: ReadonlySet<string> = new Set([
  "recipient",
  "timestamp",
  "token",
  "signature",
  "Message-Id",
  "from",
  "sender",
  "subject",
  "stripped-text",
  "body-plain",
  "message-headers",
]);

/** What Mailgun says of a mail (documentation.mailgun.com, “Parsed messages parameters”). */
export function mailOf(form: (name: string) => string): Mail {
  return {
    provider: "mailgun",
    externalId: form("Message-Id") || form("token") || null,
    from: addressIn(form("from") || form("sender")),
    subject: form("subject"),
    text: form("stripped-text") || form("body-plain"),
    isAutomatic: isAutomatic(form("message-headers")),
    signed: { token: form("token"), signedAt: new Date(Number(form("timestamp")) * 1_000) },
  };
}

/** The address of `Ada <ada@example.org>`. */
const addressIn = (mailbox: string) => (/<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();

/** RFC 3834, 5: written by a machine, such as an answer of who is on leave. */
function isAutomatic(headers: string): boolean {
  const known = Headers.parse(jsonOf(headers));
  const said = known.find(([name]) => name.toLowerCase() === "auto-submitted")?.[1] ?? "no";
  return said.toLowerCase() !== "no";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
