/** As PDF says where the bytes of an attached file begin (ISO 32000-1, 7.11.4). */
const FILE = /\/Type \/EmbeddedFile\b(?<dictionary>[^]*?)stream\r?\n/g;
const LENGTH = /\/Length (?<bytes>\d+)/;
const FORMAT = '"ringfence/certificate@v1"';

/** The certificate that is attached to a PDF; null where there is none. */
export async function attachedCertificate(pdf: Uint8Array): Promise<string | null> {
  const latin = new TextDecoder("latin1").decode(pdf);
  for (const { index, 0: head, groups } of latin.matchAll(FILE)) {
    const start = index + head.length;
    const bytes = LENGTH.exec(groups?.dictionary ?? "")?.groups?.bytes ?? 0;
    const text = await inflate(pdf.slice(start, start + Number(bytes)));
    if (text?.includes(FORMAT)) return text;
  }
  return null;
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
