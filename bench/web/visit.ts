import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { Reader } from "./load-office.ts";

/** A page as a browser gets it. */
export type Visit = {
  /** Time from the request to the last byte of the page, in milliseconds. */
  ms: number;
  /** Bytes of the page as sent, compressed. */
  bytes: number;
  /** Paths of the scripts that the page loads. */
  scripts: readonly string[];
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

type Asked = { method?: string; headers?: Record<string, string>; body?: string };

/** Sends one request. The body of the answer stays compressed, as it was sent. */
async function send(url: string, { method = "GET", headers, body }: Asked = {}) {
  const sent = request(url, { agent, method, headers: { "accept-encoding": "gzip", ...headers } });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, "response");
  if (answer === undefined) throw new Error("no answer");
  const bytes = await buffer(answer);
  const isZipped = answer.headers["content-encoding"] === "gzip";
  return {
    status: answer.statusCode,
    cookies: answer.headers["set-cookie"] ?? [],
    size: bytes.length,
    text: () => String(isZipped ? gunzipSync(bytes) : bytes),
  };
}

/** Signs a member in, and returns the cookies of the session. */
export async function signIn(origin: string, { email, password }: Reader): Promise<string> {
  const csrf = await send(`${origin}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(JSON.parse(csrf.text()));
  const signedIn = await send(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      cookie: toCookie(csrf.cookies),
    },
    body: String(new URLSearchParams({ csrfToken, email, password, json: "true" })),
  });
  if (signedIn.status !== 200) throw new Error(`the sign-in was answered ${signedIn.status}`);
  return toCookie(signedIn.cookies);
}

const toCookie = (set: readonly string[]) => set.map((cookie) => cookie.split(";")[0]).join("; ");

/** @throws if the page is not shown, or is the page that explains a fault */
export async function visit(origin: string, path: string, cookie: string): Promise<Visit> {
  const begin = performance.now();
  const answer = await send(origin + path, { headers: { cookie } });
  const ms = performance.now() - begin;
  const html = answer.text();
  if (answer.status !== 200 || !html.includes("</html>") || html.includes('data-dgst="'))
    throw new Error(`${path} was answered ${answer.status}`);
  const scripts = [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].flatMap(([, src]) => src ?? []);
  return { ms, bytes: answer.size, scripts: [...new Set(scripts)] };
}

/** Size of a file in bytes, as sent. */
export const measureFile = async (origin: string, path: string) => (await send(origin + path)).size;
