import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { serve } from "./serve.ts";

export type Received = { id: string; type: string; data: { phone: string } };
type Answer = (response: ServerResponse, received: Received, nth: number) => void;

/**
 * A dialer that receives changes, until the test ends. It accepts only what is signed with its
 * secret, and answers 204 unless the test says otherwise.
 */
export async function aReceiver(answer: Answer = (response) => response.writeHead(204).end()) {
  const received: Received[] = [];
  const forged: IncomingMessage[] = [];
  const secrets: string[] = [];
  const { host } = await serve((request, response) => {
    void text(request).then((body) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      if (!secrets.some((secret) => isSigned(secret, body, headers))) {
        forged.push(request);
        return response.writeHead(401).end();
      }
      const change = { id: headers["webhook-id"] ?? "", ...JSON.parse(body) };
      received.push(change);
      return answer(response, change, received.length);
    });
  });
  return {
    host,
    url: `http://${host}/hook`,
    received,
    forged,
    trust: (secret: string) => secrets.push(secret),
  };
}

function isSigned(secret: string, body: string, headers: Record<string, string>) {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
