import "server-only";

/** Far more than a person types or a mail program sends. */
const BYTES_MAX = 64 * 1024;

/**
 * Parses the form of an anonymous request; empty if it is not a form, null if it is too large. Parsing a
 * large one would block all other requests.
 */
export async function smallForm({ body, headers }: Request): Promise<FormData | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BYTES_MAX) return null;
    chunks.push(chunk);
  }
  const type = headers.get("content-type") ?? "";
  const copy = new Response(new Blob(chunks), { headers: { "content-type": type } });
  return copy.formData().catch(() => new FormData());
}
