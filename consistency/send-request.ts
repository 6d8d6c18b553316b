import { randomUUID } from "node:crypto";

/** Longer than an API waits for its database. */
const usualTimeoutMs = 5_000;

export type ApiResponse = { status: number; body: unknown };
export type ApiRequest = {
  origin: string;
  key: string;
  path: string;
  body?: object | string;
  /** For a change that is repeated until it is answered. */
  idempotencyKey?: string;
  timeoutMs?: number;
};

/**
 * Sends a request to an API. Null means that no complete answer came, which does not tell whether
 * it was carried out.
 */
export const sendRequest = (request: ApiRequest): Promise<ApiResponse | null> =>
  exchangeRequest(request).catch(() => null);

/** Sends a request to an API. Rejects with the error of the connection if no complete answer came. */
export async function exchangeRequest({
  origin,
  key,
  path,
  body,
  idempotencyKey,
  timeoutMs = usualTimeoutMs,
}: ApiRequest): Promise<ApiResponse> {
  const isText = typeof body === "string";
  const response = await fetch(`${origin}/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { "content-type": isText ? "text/csv" : "application/json" }),
      ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

export const createIdempotencyKey = () => randomUUID();
