// A bug planted to be caught: a proxy before the API that repeats its first answer to the same
// question.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { keptPort } from "../kept-port.ts";

const keptMs = 3_000;
const kept = new Map<string, { status: number; body: Buffer; until: number }>();
const { API_PORT } = process.env;
const behind = String(await keptPort());

async function forward(request: IncomingMessage, asked: Buffer) {
  const { authorization = "", ...headers } = request.headers;
  const response = await fetch(`http://127.0.0.1:${behind}${request.url}`, {
    method: request.method ?? "GET",
    headers: {
      authorization,
      "content-type": headers["content-type"] ?? "text/plain",
      ...(typeof headers["idempotency-key"] === "string" && {
        "idempotency-key": headers["idempotency-key"],
      }),
    },
    ...(request.method === "POST" && { body: Uint8Array.from(asked) }),
  });
  const type = response.headers.get("content-type") ?? "text/plain";
  return { status: response.status, type, body: Buffer.from(await response.arrayBuffer()) };
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  const asked = await buffer(request);
  const about = request.url === "/v1/screenings" ? asked.toString() : null;
  const known = about === null ? undefined : kept.get(about);
  const now = performance.now();
  if (known !== undefined && known.until > now) {
    response.writeHead(known.status, { "content-type": "application/json" }).end(known.body);
    return;
  }
  try {
    const { status, type, body } = await forward(request, asked);
    if (about !== null && status === 200) kept.set(about, { status, body, until: now + keptMs });
    response.writeHead(status, { "content-type": type }).end(body);
  } catch {
    response.destroy();
  }
}

process.env.API_PORT = behind;
await import("../../apps/api/src/main.ts");
createServer((request, response) => void answer(request, response)).listen(
  Number(API_PORT),
  "127.0.0.1",
);
