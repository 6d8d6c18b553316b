import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { IncomingMessage, ServerResponse, request as ask, createServer } from "node:http";
import { type AddressInfo, Socket, connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it, onTestFinished } from "vitest";
import { createLayers, guardBodies, removeBuildKey } from "./incoming-requests";

const MIB = 1024 * 1024;

/** A server like Next's behind the guard. It answers once a body has arrived completely. */
async function scene() {
  const clock = { at: 0 };
  const { guard, watch } = guardBodies(() => clock.at);
  const layers = createLayers([guard]);
  subscribe("http.server.request.start", layers);
  const read: number[] = [];
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on("data", (chunk: Buffer) => (bytes += chunk.length));
    request.on("end", () => {
      read.push(bytes);
      response.end("taken");
    });
    request.on("error", () => {}); // the client is gone
  });
  onTestFinished(() => {
    unsubscribe("http.server.request.start", layers);
    server.closeAllConnections();
    server.close();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;

  async function post(path: string, bytes: number, headers: Record<string, string> = {}) {
    const connected = once(server, "connection");
    const where = { port, host: "127.0.0.1", path, method: "POST", agent: false };
    const sent = ask({ ...where, headers: { "content-length": bytes, ...headers } });
    sent.on("error", () => {}); // the rest is not read
    sent.write(Buffer.alloc(bytes));
    const answering = once(sent, "response");
    const [socket] = await connected;
    const [answer] = await answering;
    const body = await text(answer);
    sent.destroy();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body,
      bytesRead: socket.bytesRead,
    };
  }
  async function unfinished(path: string, bytes: number) {
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => {}); // the connection is cut
    const reached = once(server, "request");
    socket.write(`POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-length: ${bytes}\r\n\r\nx`);
    await reached;
    return socket;
  }
  const pass = (ms: number) => {
    clock.at += ms;
    watch.sweep();
  };
  return { post, unfinished, pass, read };
}

it("rejects a form that is too long before it is read, and says that nothing is on record", async () => {
  const { post, read } = await scene();
  await post("/", 1); // the first request reveals the server
  const russian = { "accept-language": "ru" };
  const { status, headers, body, bytesRead } = await post("/stop/a/refuse", 20 * MIB, russian);
  expect([status, body]).toEqual([413, expect.stringContaining("Отказ пока не записан")]);
  expect(headers).toMatchObject({
    "cache-control": "private, no-store",
    "content-security-policy": expect.stringMatching(/^default-src 'none';.* sandbox$/),
    "x-content-type-options": "nosniff",
  });
  expect(bytesRead).toBeLessThan(2 * MIB);
  expect(await post("/api/trpc/a.b", 2 * MIB)).toMatchObject({
    status: 413,
    body: expect.stringContaining('"message":"The form is too large'),
  });
  expect(read).toEqual([1]);
});

it("guards the first request of a server too", async () => {
  const { post, read } = await scene();
  expect((await post("/stop/a/refuse", 20 * MIB)).status).toBe(413);
  expect(read).toEqual([]);
});

it.each(["//", "///", "/\\", "http://["])(
  "guards a request to an address that cannot be read: %s",
  async (path) => {
    const { post } = await scene();
    expect(await post(path, 5)).toMatchObject({ status: 200, body: "taken" });
    expect((await post(path, 20 * MIB)).status).toBe(413);
  },
);

it("accepts a file of any length", async () => {
  const { post, read } = await scene();
  expect(await post("/api/uploads/scrubs", 20 * MIB)).toMatchObject({ status: 200, body: "taken" });
  expect(read).toEqual([20 * MIB]);
});

it("keeps unfinished large forms within their budget, and accepts an opt-out meanwhile", async () => {
  const { post, unfinished } = await scene();
  for (let index = 0; index < 64; index++) await unfinished("/f/a", 256 * 1024);
  expect(await post("/f/a", 256 * 1024)).toMatchObject({
    status: 503,
    body: expect.stringContaining("busy with other large requests"),
  });
  expect((await post("/stop/a/refuse", 300)).status).toBe(200);
});

it("aborts a form that arrives too slowly", async () => {
  const { unfinished, pass } = await scene();
  const socket = await unfinished("/stop/a/refuse", 1_000);
  pass(20_001);
  await once(socket, "close");
  expect(socket.destroyed).toBe(true);
});

it("keeps the header with the key of the build from Next", () => {
  const headers: Record<string, string> = { "x-prerender-revalidate": "a key", accept: "*/*" };
  const request = Object.assign(new IncomingMessage(new Socket()), { headers });
  const seen: unknown[] = [];
  removeBuildKey(request, new ServerResponse(request), () => seen.push({ ...request.headers }));
  expect(seen).toEqual([{ accept: "*/*" }]);
});
