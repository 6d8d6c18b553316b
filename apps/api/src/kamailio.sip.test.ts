import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { freePort } from "@ringfence/db/postgres";
import { aCallablePhone, aFederalNumber, refuseCalls } from "@ringfence/services/testing/phones";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { aKey, aListeningDoor } from "../testing/listening.ts";
import { aKamailio } from "../testing/sip/kamailio.ts";
import { sendSip } from "../testing/sip/send-sip.ts";
import { aFarEnd, callInVain, callThrough } from "../testing/sip/sipp.ts";

const { url } = await aListeningDoor();
const { ctx, key } = await aKey("screen");
const carrier = await aFarEnd();
const screenings = `${url}/v1/screenings`;
const gate = await aKamailio({ screenings, key, carrier: carrier.port }, afterAll);

const statusOf = async (...asked: Parameters<typeof sendSip>) => (await sendSip(...asked))?.status;
const asExpected = { isAsExpected: true };
const unplus = (phone: string) => phone.slice(1);

/** A gate in front of something that is no Ringfence, or a broken one. */
async function aGateBefore(answer: RequestListener) {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return aKamailio({ screenings: `http://127.0.0.1:${port}/`, key, carrier: carrier.port });
}

it("lets a call through that may be placed, to the number that was screened", async () => {
  const { phone } = await aCallablePhone(ctx);
  expect(await callThrough(gate, unplus(phone))).toEqual(asExpected);
  expect(carrier.numbers()).toContain(phone);
});

it("refuses with 608 and the reason who has refused, from that moment on", async () => {
  const { phone, phoneId } = await aCallablePhone(ctx);
  expect(await callThrough(gate, phone)).toEqual(asExpected);
  await refuseCalls(ctx, phoneId);
  expect(await callInVain(gate, phone, "opted-out")).toEqual(asExpected);
});

it("says every reason, and lets nothing of a refused call out", async () => {
  const { phone, phoneId } = await aCallablePhone(ctx);
  await refuseCalls(ctx, phoneId);
  expect(await callInVain(gate, phone, "opted-out")).toEqual(asExpected);
  expect(await callInVain(gate, phone, "suppressed")).toEqual({ isAsExpected: false });
  const unmet = aFederalNumber();
  expect(await callInVain(gate, unmet, "consent-missing")).toEqual(asExpected);
  expect(carrier.numbers()).not.toContain(phone);
  expect(carrier.numbers()).not.toContain(unmet);
});

it("lets no call out while the gate is down", async () => {
  const { phone } = await aCallablePhone(ctx);
  const nobody = `http://127.0.0.1:${await freePort()}/v1/screenings`;
  const alone = await aKamailio({ screenings: nobody, key, carrier: carrier.port });
  expect(await callInVain(alone, phone, "cannot-check")).toEqual(asExpected);
  expect(carrier.numbers()).not.toContain(phone);
});

it.each<[string, RequestListener]>([
  ["does not answer", () => {}],
  ["answers no JSON", (_, response) => response.end("allow")],
  ["answers without a number", (_, response) => response.end('{"verdict":"allow"}')],
  [
    "answers another status",
    (_, response) => response.writeHead(503).end('{"verdict":"allow","phone":"+12025550100"}'),
  ],
  ["breaks off", (request) => request.socket.destroy()],
])("lets no call out where the gate %s", async (_, answer) => {
  const { phone } = await aCallablePhone(ctx);
  const broken = await aGateBefore(answer);
  expect(await callInVain(broken, phone, "cannot-check")).toEqual(asExpected);
  expect(carrier.numbers()).not.toContain(phone);
});

it("lets no call out with a key that is none", async () => {
  const { phone } = await aCallablePhone(ctx);
  const stranger = await aKamailio({ screenings, key: "rf_none", carrier: carrier.port });
  expect(await callInVain(stranger, phone, "cannot-check")).toEqual(asExpected);
  expect(carrier.numbers()).not.toContain(phone);
});

it("takes calls of the PBX alone", async () => {
  const { phone } = await aCallablePhone(ctx);
  const closed = await aKamailio({ screenings, key, carrier: carrier.port, pbx: "10.0.0.0/8" });
  expect(await statusOf(closed, { method: "INVITE", number: phone })).toBe(403);
});

it("knows no way around: no call of another shape reaches the carrier", async () => {
  const { phone } = await aCallablePhone(ctx);
  const route = `Route: <sip:127.0.0.1:${carrier.port};lr>`;
  const within = { to: ";tag=forged", number: phone };
  expect(await statusOf(gate, { method: "INVITE", ...within, headers: [route] })).toBe(481);
  expect(await statusOf(gate, { method: "REFER", ...within })).toBe(405);
  expect(await statusOf(gate, { method: "MESSAGE", number: phone })).toBe(405);
  const odd = '1"},"x":"';
  expect(await statusOf(gate, { method: "INVITE", number: encodeURIComponent(odd) })).toBe(484);
  expect(carrier.numbers()).not.toContain(phone);
});

it("says where a refused caller may turn to, where a card says so", async () => {
  const card = "https://calls.example.com/jcard";
  const polite = await aKamailio({ screenings, key, carrier: carrier.port, card });
  const heard = await sendSip(polite, { method: "INVITE", number: aFederalNumber() });
  expect(heard?.status).toBe(608);
  expect(heard?.headers).toContain(`Call-Info: <${card}>;purpose=jwscard`);
});

it("does not follow a route that a refused caller brings", async () => {
  const { phone, phoneId } = await aCallablePhone(ctx);
  await refuseCalls(ctx, phoneId);
  const headers = [`Route: <sip:127.0.0.1:${carrier.port};lr>`];
  expect(await statusOf(gate, { method: "INVITE", number: phone, headers })).toBe(608);
  expect(carrier.numbers()).not.toContain(phone);
});
