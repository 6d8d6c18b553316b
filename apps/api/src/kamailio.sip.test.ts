import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { aCallablePhone, aFederalNumber, refuseCalls } from "@ringfence/services/testing/phones";
import getPort from "get-port";
import { afterAll, expect, it, onTestFinished } from "vitest";
import { aKey, aListeningServer } from "../testing/listening.ts";
import { aKamailio } from "../testing/sip/kamailio.ts";
import { sendSip } from "../testing/sip/send-sip.ts";
import { aFarEnd, callInVain, callThrough } from "../testing/sip/sipp.ts";

const { url } = await aListeningServer();
const { ctx, key } = await aKey("screen");
const carrier = await aFarEnd();
const screenings = `${url}/v1/screenings`;
const gate = await aKamailio({ screenings, key, carrier: carrier.port }, afterAll);

const readStatus = async (...asked: Parameters<typeof sendSip>) =>
  (await sendSip(...asked))?.status;
const asExpected = { isAsExpected: true };
const unplus = (phone: string) => phone.slice(1);

/** A gate in front of a service that is not Ringfence, or that is broken. */
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

it("lets an allowed call through, to the number that was screened", async () => {
  const { phone } = await aCallablePhone(ctx);
  expect(await callThrough(gate, unplus(phone))).toEqual(asExpected);
  expect(carrier.numbers()).toContain(phone);
});

it("refuses with 608 and the reason from the moment of an opt-out", async () => {
  const { phone, phoneId } = await aCallablePhone(ctx);
  expect(await callThrough(gate, phone)).toEqual(asExpected);
  await refuseCalls(ctx, phoneId);
  expect(await callInVain(gate, phone, "opted-out")).toEqual(asExpected);
});

it("names every reason, and lets nothing of a refused call out", async () => {
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
  const nobody = `http://127.0.0.1:${await getPort()}/v1/screenings`;
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
])("lets no call out if the gate %s", async (_, answer) => {
  const { phone } = await aCallablePhone(ctx);
  const broken = await aGateBefore(answer);
  expect(await callInVain(broken, phone, "cannot-check")).toEqual(asExpected);
  expect(carrier.numbers()).not.toContain(phone);
});

it("lets no call out with an invalid key", async () => {
  const { phone } = await aCallablePhone(ctx);
  const stranger = await aKamailio({ screenings, key: "rf_none", carrier: carrier.port });
  expect(await callInVain(stranger, phone, "cannot-check")).toEqual(asExpected);
  expect(carrier.numbers()).not.toContain(phone);
});

it("accepts calls from the PBX only", async () => {
  const { phone } = await aCallablePhone(ctx);
  const closed = await aKamailio({ screenings, key, carrier: carrier.port, pbx: "10.0.0.0/8" });
  expect(await readStatus(closed, { method: "INVITE", number: phone })).toBe(403);
});

it("has no way around it: no call of another shape reaches the carrier", async () => {
  const { phone } = await aCallablePhone(ctx);
  const route = `Route: <sip:127.0.0.1:${carrier.port};lr>`;
  const within = { to: ";tag=forged", number: phone };
  expect(await readStatus(gate, { method: "INVITE", ...within, headers: [route] })).toBe(481);
  expect(await readStatus(gate, { method: "REFER", ...within })).toBe(405);
  expect(await readStatus(gate, { method: "MESSAGE", number: phone })).toBe(405);
  const odd = '1"},"x":"';
  expect(await readStatus(gate, { method: "INVITE", number: encodeURIComponent(odd) })).toBe(484);
  expect(carrier.numbers()).not.toContain(phone);
});

it("tells a refused caller whom to contact, if a card is configured", async () => {
  const card = "https://calls.example.com/jcard";
  const polite = await aKamailio({ screenings, key, carrier: carrier.port, card });
  const heard = await sendSip(polite, { method: "INVITE", number: aFederalNumber() });
  expect(heard?.status).toBe(608);
  expect(heard?.headers).toContain(`Call-Info: <${card}>;purpose=jwscard`);
});

it("does not follow a route supplied by a refused caller", async () => {
  const { phone, phoneId } = await aCallablePhone(ctx);
  await refuseCalls(ctx, phoneId);
  const headers = [`Route: <sip:127.0.0.1:${carrier.port};lr>`];
  expect(await readStatus(gate, { method: "INVITE", number: phone, headers })).toBe(608);
  expect(carrier.numbers()).not.toContain(phone);
});
