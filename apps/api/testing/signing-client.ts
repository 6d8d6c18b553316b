import { hash, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { request as startRequest } from "node:http";
import { json } from "node:stream/consumers";
import type { aKeyPair } from "@ringfence/services/testing/public-keys";
import { httpbis } from "http-message-signatures";

/** Origin of the API in tests, as callers know it. The servers of tests listen elsewhere, as if behind a proxy. */
export const apiUrl = "https://api.ringfence.example";

export type SignedRequest = {
  method: string;
  target: string;
  /** Name, value, name, value and so on. */
  headers: string[];
  body: string;
};

type ToSign = {
  method?: string;
  target?: string;
  origin?: string;
  headers: Record<string, string>;
  body?: string;
};

type SigningOptions = {
  fields?: readonly string[];
  keyId?: string;
  alg?: string;
  created?: Date | null;
  nonce?: string | null;
  label?: string;
};

export type SigningPair = Pick<ReturnType<typeof aKeyPair>, "privateKey" | "thumbprint">;

/** Writes the digest of a body (RFC 9530). */
export const formatDigest = (body: string) => `sha-256=:${hash("sha256", body, "base64")}:`;

/** Signs a request by a library for RFC 9421, as an integrator would. */
export async function signRequest(
  { privateKey, thumbprint }: SigningPair,
  { method = "GET", target = "/", origin = apiUrl, headers, body = "" }: ToSign,
  options: SigningOptions = {},
): Promise<SignedRequest> {
  const hasBody = body !== "";
  const all = { ...headers, ...(hasBody && { "content-digest": formatDigest(body) }) };
  const needed = ["@method", "@target-uri", "authorization"];
  const sent = ["content-digest", "idempotency-key"].filter((name) => name in all);
  const { fields = [...needed, ...sent], keyId = thumbprint, alg = "ed25519" } = options;
  const { created = new Date(), nonce = randomUUID(), label = "sig" } = options;
  const { headers: signed } = await httpbis.signMessage(
    {
      key: { id: keyId, alg, sign: async (data) => sign(null, data, privateKey) },
      name: label,
      fields: [...fields],
      params: ["created", "keyid", ...(nonce === null ? [] : ["nonce"]), "alg"],
      paramValues: { created, ...(nonce !== null && { nonce }) },
    },
    { method, url: `${origin}${target}`, headers: all },
  );
  return { method, target, headers: Object.entries(signed).flat().map(String), body };
}

/** Sends a request as it is, with headers that may come twice. */
export async function sendRequest(
  port: number,
  { method, target, headers, body }: SignedRequest,
): Promise<{
  status: number;
  headers: Record<string, unknown>;
  answer: ReturnType<typeof JSON.parse>;
}> {
  const host = headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === "host");
  const request = startRequest({
    host: "127.0.0.1",
    port,
    method,
    path: target,
    headers: [
      ...(host ? [] : ["Host", `127.0.0.1:${port}`]),
      ...headers,
      ...(body === "" ? [] : ["Content-Length", String(Buffer.byteLength(body))]),
    ],
  });
  request.end(body);
  const [response] = await once(request, "response");
  return { status: response.statusCode, headers: response.headers, answer: await json(response) };
}
