import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { type AddressInfo, type Socket, connect } from "node:net";
import { text } from "node:stream/consumers";
import { setImmediate as afterEvents } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createBodyWatch } from "./limit-bodies.ts";

/** A server that hands its first request to the test, a sender, and a clock to turn. */
async function scene({ declared = 1_000_000 } = {}) {
  const clock = { at: 0 };
  const watch = createBodyWatch(() => clock.at);
  const server = createServer();
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const sender = connect((server.address() as AddressInfo).port, "127.0.0.1");
  sender.on("error", () => {}); // it is cut off
  sender.write(`POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${declared}\r\n\r\n`);
  const [request, response] = (await once(server, "request")) as [IncomingMessage, ServerResponse];
  const pass = (ms: number) => {
    clock.at += ms;
    watch.sweep();
  };
  return { watch, pass, server, request, response, sender };
}

/** Sends so much, and waits until it has been read. */
const send = (sender: Socket, request: IncomingMessage, bytes: number) =>
  new Promise<void>((resolve) => {
    let missing = bytes;
    const read = (chunk: Buffer) => {
      missing -= chunk.length;
      if (missing > 0) return;
      request.off("data", read);
      resolve();
    };
    request.on("data", read);
    sender.write(Buffer.alloc(bytes));
  });

it("ends a body of which nothing comes for twenty seconds", async () => {
  const { watch, pass, request } = await scene();
  request.resume();
  let ends = 0;
  watch.watch(request, () => ends++);
  pass(20_000);
  expect(ends).toBe(0);
  pass(1);
  pass(60_000);
  expect(ends).toBe(1);
});

it("ends a body that drips, and not one that keeps its rate", async () => {
  const { watch, pass, request, sender } = await scene();
  request.resume();
  let ends = 0;
  watch.watch(request, () => ends++);
  for (let second = 0; second < 40; second++) {
    await send(sender, request, 16 * 1024);
    pass(1_000);
  }
  expect(ends).toBe(0);
  for (let second = 0; second < 21; second++) {
    await send(sender, request, 1);
    pass(1_000);
  }
  expect(ends).toBe(1);
});

it("does not blame a sender for what we have not read yet", async () => {
  const { watch, pass, request, sender } = await scene();
  let ends = 0;
  watch.watch(request, () => ends++);
  sender.write(Buffer.alloc(1_000));
  await once(request, "readable");
  pass(3_600_000);
  expect(ends).toBe(0);
});

it("ends a body that goes on beyond what it may have", async () => {
  const { watch, pass, request, sender } = await scene();
  let ends = 0;
  watch.watch(request, () => ends++, 100_000);
  await send(sender, request, 90_000);
  pass(1);
  expect(ends).toBe(0);
  await send(sender, request, 20_000);
  pass(1);
  expect(ends).toBe(1);
});

it("watches no body that has come whole", async () => {
  const { watch, pass, request, sender } = await scene({ declared: 10 });
  let ends = 0;
  watch.watch(request, () => ends++);
  sender.write(Buffer.alloc(10));
  request.resume();
  await once(request, "end");
  pass(3_600_000);
  expect(ends).toBe(0);
});

it.each([
  ["before", true],
  ["after", false],
])(
  "answers whoever sends on %s it, reads no more, and ends the connection",
  async (_, isBefore) => {
    const { watch, pass, request, response, sender } = await scene({ declared: 100_000_000 });
    if (isBefore) sender.write(Buffer.alloc(50_000_000));
    watch.leaveUnread(request, response);
    response.writeHead(413).end("too large");
    await once(response, "finish");
    if (!isBefore) sender.write(Buffer.alloc(50_000_000));
    const answer = await text(sender);
    expect(answer).toMatch(/^HTTP\/1.1 413 [^]*Connection: close[^]*too large/i);
    for (let turn = 0; turn < 1_000; turn++) await afterEvents();
    pass(1_999);
    expect(request.destroyed).toBe(false);
    expect(request.socket.bytesRead).toBeLessThan(1_000_000);
    pass(1);
    expect(request.destroyed).toBe(true);
  },
);

it("keeps a connection on which little is left to read", async () => {
  const { watch, pass, server, request, response, sender } = await scene({ declared: 300_000 });
  watch.leaveUnread(request, response);
  response.writeHead(415, { "content-length": "3" }).end("no!");
  await once(sender, "data");
  sender.write(Buffer.alloc(300_000));
  sender.write("GET /next HTTP/1.1\r\nhost: a\r\n\r\n");
  const [next] = (await once(server, "request")) as [IncomingMessage];
  pass(60_000);
  expect([next.url, next.socket === request.socket, sender.destroyed]).toEqual([
    "/next",
    true,
    false,
  ]);
});

it("ends a short body that it drops, if nothing more of it comes", async () => {
  const { watch, pass, request, response } = await scene({ declared: 300_000 });
  watch.leaveUnread(request, response);
  pass(20_000);
  expect(request.destroyed).toBe(false);
  pass(1);
  expect(request.destroyed).toBe(true);
});
