/** One disclosure of the form, from the API. */
export type DisclosureToShow = {
  id: string;
  version: number;
  asks: string;
  language: string;
  text: string;
};

export type Token = { token: string; issuedAt: string; disclosures: DisclosureToShow[] };

/** Response to a recorded submission. */
export type SubmissionReply = { receipt?: string | null };

/** Time limit, after which the company's form continues without us. */
const TIMEOUT_MS = 8_000;

/** Calls the API without cookies; null if it does not answer in time. */
export async function post(url: string, body?: object): Promise<Response | null> {
  try {
    return await fetch(url, {
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  } catch {
    return null;
  }
}
