import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import type { FormParameters, RecordMail } from "@ringfence/core/do-not-call/inbound";
import { createTurns, declaredLength } from "@ringfence/services/platform/request-body";
import { z } from "zod";
import { readBytes } from "./guard-bodies.ts";
import { tooLarge } from "./problem.ts";

/** Longest text of a mail that is read; the rest is cut off. */
const MAX_FIELD_BYTES = 256 * 1024;
/** Mailgun has some thirty fields, and one for each file. */
const MAX_PARTS = 1_000;

/**
 * Time between two pieces (up to 64 KiB) of mails, whichever mail they belong to. So at most 16 MiB a second are read,
 * and a flood of mails does not delay screenings.
 */
const TURN_MS = 4;
const turn = createTurns(TURN_MS);

/**
 * Reads the relevant texts of a mail posted as a form, as they arrive. Files and other fields are
 * skipped, so that a mail of any size takes the same memory. A body that is not a form has no
 * texts.
 */
export async function readMailForm(
  request: Readable & Pick<IncomingMessage, "headers">,
  maxBytes: number,
  takeTurn: () => Promise<void> = turn,
): Promise<FormParameters> {
  if ((declaredLength(request) ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = openReader(request.headers["content-type"] ?? "");
  if (reader === null) return [];
  let bytes = 0;
  for await (const piece of readBytes(request)) {
    bytes += piece.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    await takeTurn();
    await reader.read(piece);
  }
  return await reader.end();
}

/** Opens a reader for a form; null for a type that is not a form or that names no boundary. */
function openReader(type: string) {
  const texts = new Map<string, string>();
  const form = openForm(type);
  if (form === null) return null;
  form.on("field", (name, value) => {
    if (MAIL_FIELDS.has(name)) texts.set(name, value);
  });
  // A form that breaks off still yields the texts that came before.
  const ended = new Promise<void>((resolve) => {
    form.on("finish", resolve);
    form.on("error", () => resolve());
  });
  return {
    read: (piece: Uint8Array) =>
      Promise.race([ended, new Promise<void>((resolve) => form.write(piece, () => resolve()))]),
    async end(): Promise<FormParameters> {
      form.end();
      await ended;
      return [...texts];
    },
  };
}

function openForm(type: string) {
  const limits = { fieldSize: MAX_FIELD_BYTES, fields: MAX_PARTS, parts: MAX_PARTS };
  try {
    return new Busboy({ headers: { "content-type": type }, limits });
  } catch {
    return null;
  }
}

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
export function parseMail(form: (name: string) => string): RecordMail {
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
  const autoSubmitted =
    known.find(([name]) => name.toLowerCase() === "auto-submitted")?.[1] ?? "no";
  return autoSubmitted.toLowerCase() !== "no";
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
