import type { Message } from "@ringfence/core/platform/message";

/** Marks the beginning of an attached file's bytes in a PDF (ISO 32000-1, 7.11.4). */
const FILE = /\/Type\s*\/EmbeddedFile\b(?<dictionary>[^]*?)stream\r?\n/g;
const LENGTH = /\/Length (?<bytes>\d+)/;
const FORMAT = '"ringfence/certificate@';

export type AttachedCertificate =
  | { text: string; fault?: never }
  | { fault: Message; text?: never };

/** The one certificate that is attached to a PDF, or why there is none that counts. */
export async function attachedCertificate(pdf: Uint8Array): Promise<AttachedCertificate> {
  const latin = new TextDecoder("latin1").decode(pdf);
  const found = new Set<string>();
  let isUnread = false;
  for (const { index, 0: head, groups } of latin.matchAll(FILE)) {
    const start = index + head.length;
    const bytes = LENGTH.exec(groups?.dictionary ?? "")?.groups?.bytes ?? 0;
    const text = await inflate(pdf.slice(start, start + Number(bytes)));
    if (text?.includes(FORMAT)) found.add(text);
    else isUnread = true;
  }
  const [text, ...others] = found;
  if (others.length > 0) return { fault: { key: "verify.pdf-several" } };
  if (text !== undefined) return { text };
  return { fault: { key: isUnread ? "verify.pdf-damaged" : "verify.pdf-without" } };
}

/** Text that was compressed as zlib does (RFC 1950); null for what was not. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return await new Response(stream).text();
  } catch {
    return null;
  }
}
