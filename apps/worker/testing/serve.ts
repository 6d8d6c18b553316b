import type { IncomingMessage, RequestListener } from "node:http";
import getPort from "get-port";
import { onTestFinished } from "vitest";
import { openServer } from "./open-server.ts";

/** A server on this machine, until the test ends, and the requests it received. */
export async function serve(answer: RequestListener) {
  const asked: IncomingMessage[] = [];
  const { host, close } = await openServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  onTestFinished(close);
  return { host, url: `http://${host}/2026-8-5_818_A.txt`, asked };
}

/** An address on this machine at which nobody listens. */
export const nobodyAt = async () => `http://127.0.0.1:${await getPort()}/`;
