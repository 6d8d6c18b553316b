import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import type { FormParameters } from "@ringfence/core/do-not-call/inbound";
import { createTurns, declaredLength } from "@ringfence/services/platform/request-body";
import { bytesOf } from "./bytes-of.ts";
import { tooLarge } from "./guard-bodies.ts";
import { MAIL_FIELDS } from "./mail-of.ts";

/** The longest text of a mail that is read; what stands behind it is cut off. */
const MOST_BYTES_OF_FIELD = 256 * 1024;
/** Mailgun has some thirty fields, and one for each file. */
const MOST_PARTS = 1_000;

/** All mails together are read 64 KiB every so often (16 MiB a second): a flood of them holds no screening up. */
const TURN_MS = 4;
const turn = createTurns(TURN_MS);

/**
 * Reads the texts that matter of a mail posted as a form, as they arrive. Files and other fields are
 * passed over, so that a mail of any size takes the same memory; what is no form has no texts.
 */
export async function readMailForm(
  request: Readable & Pick<IncomingMessage, "headers">,
  mostBytes: number,
  takeTurn: () => Promise<void> = turn,
): Promise<FormParameters> {
  if ((declaredLength(request) ?? 0) > mostBytes) throw tooLarge(mostBytes);
  const reader = openReader(request.headers["content-type"] ?? "");
  if (reader === null) return [];
  let bytes = 0;
  for await (const piece of bytesOf(request)) {
    bytes += piece.length;
    if (bytes > mostBytes) throw tooLarge(mostBytes);
    await takeTurn();
    await reader.read(piece);
  }
  return await reader.end();
}

/** Null for a type that is no form, or that names no boundary. */
function openReader(type: string) {
  const texts = new Map<string, string>();
  const form = openForm(type);
  if (form === null) return null;
  form.on("field", (name, value) => {
    if (MAIL_FIELDS.has(name)) texts.set(name, value);
  });
  // A form that breaks off has the texts that came before.
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
  const limits = { fieldSize: MOST_BYTES_OF_FIELD, fields: MOST_PARTS, parts: MOST_PARTS };
  try {
    return new Busboy({ headers: { "content-type": type }, limits });
  } catch {
    return null;
  }
}
