import { once } from "node:events";
import { Agent, get } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { aListeningServer } from "../testing/listening.ts";

/** Sends bytes over a plain socket and returns the server's answer. */
async function answerTo(port: number, bytes: string) {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

it("answers bytes that are not HTTP with a problem, and keeps running", async () => {
  const { port, url } = await aListeningServer();

  expect(await answerTo(port, "\u0016\u0003 hello\r\n\r\n")).toMatch(
    /^HTTP\/1.1 400 [^]*invalid-req/,
  );
  const endless = `GET / HTTP/1.1\r\nhost: a\r\nx: ${"a".repeat(20_000)}\r\n\r\n`;
  expect(await answerTo(port, endless)).toMatch(/^HTTP\/1.1 431 [^]*16 KiB/);
  const broken = "GET /%zz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
  expect(await answerTo(port, broken)).toMatch(/^HTTP\/1.1 40[04] [^]*problem\+json/);

  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

it("answers requests in progress when it stops, and accepts no new ones", async () => {
  const reached = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<null>();
  const { server, port, url } = await aListeningServer({
    findReadinessFault: () => {
      reached.resolve();
      return goOn.promise;
    },
  });
  const agent = new Agent({ keepAlive: true });
  const request = get({ agent, port, host: "127.0.0.1", path: "/readyz" });
  await reached.promise;

  const closed = server.close();
  goOn.resolve(null);
  const [response] = await once(request, "response");

  expect(await text(response)).toBe('{"status":"ok"}');
  await closed;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
});
