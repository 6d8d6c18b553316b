import type { Mail } from "@ringfence/services/do-not-call/inbound";
import { z } from "zod";

/** Headers of a mail as Mailgun forwards them: pairs of name and value. */
const Headers = z.array(z.tuple([z.string(), z.string()])).catch([]);

/** The fields of Mailgun's form that are read. */
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

/**
 * Reads a mail from Mailgun's form fields (documentation.mailgun.com, “Parsed messages
 * parameters”).
 */
export function parseMail(form: (name: string) => string): Mail {
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

/** True if a machine wrote the mail, such as an out-of-office reply (RFC 3834, 5). */
function isAutomatic(headers: string): boolean {
  const known = Headers.parse(parseJsonOrNull(headers));
  const said = known.find(([name]) => name.toLowerCase() === "auto-submitted")?.[1] ?? "no";
  return said.toLowerCase() !== "no";
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
