import { once } from "node:events";
import { request as ask } from "node:http";
import { type Socket, connect } from "node:net";
import { text } from "node:stream/consumers";
import { connectTwilio } from "@ringfence/services/do-not-call/inbound";
import { aNumber } from "@ringfence/db/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { aKey, aListeningServer } from "../testing/listening.ts";
import { postAsTwilio, signForm } from "../testing/twilio.ts";
import { STREAM_BYTES, bodyRooms } from "./guard-bodies.ts";

const MIB = 1024 * 1024;
const MAIL = "/v1/inbound/email/mailgun";
const multipart = { "content-type": "multipart/form-data; boundary=x" };
const from = (address: string) => ({ ...multipart, "x-forwarded-for": address });

/** An API, and the clock by which it finds slow bodies. */
async function scene(options: Parameters<typeof aListeningServer>[0] = {}) {
  const clock = { at: 0 };
  const { server, port, url } = await aListeningServer({ now: () => clock.at, ...options });
  const watched = vi.spyOn(server.bodyWatch, "watch");
  /**
   * A post that announces its length but sends only its headers and a first piece; it has been
   * given room.
   */
  async function unfinished(path: string, bytes: number, headers: Record<string, string> = {}) {
    const socket = connect(port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.on("error", () => {});
    const lines = Object.entries({ host: "a", "content-length": String(bytes), ...headers });
    const before = watched.mock.calls.length;
    socket.write(`POST ${path} HTTP/1.1\r\n`);
    socket.write(`${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n--x\r\n`);
    await expect.poll(() => watched.mock.calls.length).toBeGreaterThan(before);
    return socket;
  }
  const pass = (ms: number) => {
    clock.at += ms;
    server.bodyWatch.sweep();
  };
  return { server, port, url, unfinished, pass };
}

/** The first piece of what a connection hears. */
const heard = async (socket: Socket) => String((await once(socket, "data"))[0]);

/** Posts a body of so many bytes as fast as it is taken, and ends when there is an answer. */
async function post(
  port: number,
  path: string,
  bytes: number,
  headers: Record<string, string> = {},
) {
  const options = { port, host: "127.0.0.1", path, method: "POST", agent: false } as const;
  const sent = ask({ ...options, headers: { "content-length": bytes, ...headers } });
  sent.on("error", () => {}); // nobody reads the rest of it
  sent.write(Buffer.alloc(bytes));
  const [answer] = await once(sent, "response");
  const body = await text(answer);
  sent.destroy();
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(body) };
}

it("refuses a body with too large a declared length before reading it", async () => {
  const { port, server } = await scene();
  const before = process.memoryUsage().arrayBuffers;
  const reached = once(server.server, "request");
  const answering = post(port, MAIL, 26 * MIB, multipart);
  const [request] = await reached;
  const { status, body } = await answering;
  expect([status, body.code]).toEqual([413, "too-large"]);
  expect(request.socket.bytesRead).toBeLessThan(5 * MIB);
  expect(before).toBeGreaterThanOrEqual(0);
});

it("keeps a flood of unfinished mails within its limit, and still takes a STOP message", async () => {
  const { url, unfinished, port } = await scene();
  const fitting = Math.floor(bodyRooms.publicLarge.senderBytes / STREAM_BYTES);
  for (let index = 0; index < fitting; index++) await unfinished(MAIL, 20 * MIB, multipart);

  const { status, body, headers } = await post(port, MAIL, 20 * MIB, multipart);
  expect([status, body.code, headers["retry-after"]]).toEqual([503, "cannot-check", "1"]);
  expect(body.detail).toContain("busy with other large requests");

  const { ctx } = await aKey("screen");
  const [origin, token, path] = ["https://a.example.com", "token of a", "/v1/inbound/sms/twilio"];
  const AccountSid = "AC00000000000000000000000000000b0d";
  await connectTwilio(ctx, { account: AccountSid, token, origin });
  const form = { AccountSid, MessageSid: "SM-flood", From: aNumber(), To: aNumber(), Body: "STOP" };
  const signature = signForm(origin + path, form, token);
  const answer = await postAsTwilio(url, { origin, path, form, signature });
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining("<Message>")]);
});

it("counts the bodies of callers behind a proxy separately, so that nobody uses up another's room", async () => {
  const { unfinished, port } = await scene({ trustProxy: ["loopback"] });
  const fitting = Math.floor(bodyRooms.publicLarge.senderBytes / STREAM_BYTES);
  for (let index = 0; index < fitting; index++) {
    await unfinished(MAIL, 20 * MIB, from("198.51.100.7"));
  }
  expect((await post(port, MAIL, 3 * MIB, from("198.51.100.7"))).status).toBe(503);
  expect((await post(port, MAIL, 3 * MIB, from("198.51.100.8"))).status).toBe(401);
});

it("has room again once the senders that filled it have gone", async () => {
  const { unfinished, port } = await scene();
  const fitting = Math.floor(bodyRooms.publicLarge.senderBytes / STREAM_BYTES);
  const sockets: Socket[] = [];
  for (let index = 0; index < fitting; index++) {
    sockets.push(await unfinished(MAIL, 20 * MIB, multipart));
  }
  expect((await post(port, MAIL, 100_000, multipart)).status).toBe(503);
  for (const socket of sockets) socket.destroy();
  await expect.poll(async () => (await post(port, MAIL, 3 * MIB, multipart)).status).toBe(401);
});

it("ends a body that arrives too slowly, with a sentence, and accepts one that arrives in time", async () => {
  const { unfinished, pass } = await scene();
  const slow = await unfinished(MAIL, 1_000, multipart);
  const hearing = heard(slow);
  pass(20_001);
  expect(await hearing).toMatch(/^HTTP\/1.1 400 [^]*too slowly/);
  await once(slow, "close");

  const quick = await unfinished(MAIL, 10, multipart);
  pass(19_999);
  const answer = heard(quick);
  quick.write("--x--");
  expect(await answer).toMatch(/^HTTP\/1.1 401 /);
});

it.each([
  ["without a key", "/v1/screenings/batch", {}, 401],
  ["to an address where nothing is", "/nothing", {}, 413],
  ["of a type that is not taken", MAIL, { "content-type": "text/plain" }, 415],
])("does not read a large body %s", async (_, path, headers, status) => {
  const { port, server } = await scene();
  const reached = once(server.server, "request");
  const answering = post(port, path, 64 * MIB, headers);
  const [request] = await reached;
  expect((await answering).status).toBe(status);
  expect(request.socket.bytesRead).toBeLessThan(5 * MIB);
});

it("keeps the large bodies of a key within their limit, and still screens for it", async () => {
  const { unfinished, port } = await scene({ heavyLimits: { total: 100, ofOne: 100 } });
  const { authorization } = await aKey("screen");
  const headers = { authorization, "content-type": "application/json" };
  const batch = 8 * MIB;
  for (let index = 0; index < bodyRooms.key.senderBytes / batch; index++) {
    await unfinished("/v1/screenings/batch", batch, headers);
  }
  const full = await post(port, "/v1/screenings/batch", batch, headers);
  expect([full.status, full.body.code, full.body.verdict]).toEqual([503, "cannot-check", "refuse"]);

  const other = await aKey("screen");
  const theirs = { ...headers, authorization: other.authorization };
  expect((await post(port, "/v1/screenings/batch", 100_000, theirs)).status).toBe(400);
  expect((await post(port, "/v1/screenings", 100, headers)).status).toBe(400);
});
