/** Milliseconds within which an authority or a witness has to respond. */
const PATIENCE_MS = 15_000;
const MAX_BYTES = 64 * 1024;

export type OutsideResponse = { status: number; body: Uint8Array };

/**
 * Posts public data to a witness or a time-stamping authority, and returns the response whatever its status. Rejects if
 * the service does not respond in time, redirects, or sends more than `MAX_BYTES`.
 */
export async function postToOutside(
  url: string,
  contentType: string,
  body: string | Uint8Array,
): Promise<OutsideResponse> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": contentType },
    body: typeof body === "string" ? body : Uint8Array.from(body),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const answer = new Uint8Array(await response.arrayBuffer());
  if (answer.length > MAX_BYTES) throw new Error(`${url} answered ${answer.length} bytes`);
  return { status: response.status, body: answer };
}
