/** One disclosure that the form asks, as the door publishes it. */
export type Asked = {
  id: string;
  version: number;
  asks: string;
  language: string;
  text: string;
};

export type Token = { token: string; issuedAt: string; disclosures: Asked[] };

/** What the door answers to a form that it put on record. */
export type Recorded = { receipt?: string | null };

/** How long a person waits for us before their form goes its way without us. */
const PATIENCE_MS = 8_000;

/** Asks the door; null when it does not answer in time. Without cookies, as it wants none. */
export async function ask(url: string, body?: object): Promise<Response | null> {
  try {
    return await fetch(url, {
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  } catch {
    return null;
  }
}
