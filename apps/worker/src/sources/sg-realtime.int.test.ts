import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { openTestDb } from "@ringfence/db/testing";
import { expect, it, onTestFinished } from "vitest";
import { nobodyAt } from "../../testing/serve.ts";
import { openSgServer } from "../../testing/sg-server.ts";
import { anAskedRegistry } from "../../testing/soap/asked-registry.ts";

const db = await openTestDb();
const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** Two contacts in Singapore, one of whom is registered; a wrong signature is answered S401. */
async function scene(secret = keys.privateKey) {
  const { world: service, url, close } = await openSgServer(keys.publicKey);
  onTestFinished(close);
  service.registered.add("81234567");
  const { asked } = service;
  const registry = await anAskedRegistry(db, {
    code: "SG-DNC-VOICE",
    format: { reader: "sg-dnc" },
    source: { kind: "sg-realtime", url, orgCode: "ORG", eServiceId: "SVC", monthlyNumbers: 4 },
    secret,
    host: "127.0.0.1",
  });
  for (const e164 of ["+6581234567", "+6561234567"]) await registry.contact(e164);
  return { asked, service, ...registry };
}

it("asks the real-time service with a signature, and believes its answer about voice calls", async () => {
  const { asked, sync, isListed } = await scene();
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 2 });
  expect(asked.map((numbers) => numbers.toSorted())).toEqual([["61234567", "81234567"]]);
  expect(await isListed(6_581_234_567)).toBe(true);
  expect(await isListed(6_561_234_567)).toBe(false);
  expect(await isListed(6_561_234_568)).toBe(true);
});

it("counts an unanswered question as paid for, and asks again within the budget", async () => {
  const { asked, service, sync, view } = await scene();
  service.instead = (response) => {
    response.destroy();
    return true;
  };
  await expect(sync()).rejects.toMatchObject({ explanation: { key: "source.unreachable" } });
  service.instead = () => false;
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 2 });
  expect(asked).toHaveLength(2);
  expect(await view()).toMatchObject({ askedNumbers: 4 });
});

it.each([
  [
    "another key",
    () =>
      generateKeyPairSync("rsa", {
        modulusLength: 2048,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
      }).privateKey,
    "source.wash-refused",
  ],
  ["no key", () => "secret", "source.no-private-key"],
])("reports what is wrong with %s", async (_, secret, key) => {
  const { sync, view } = await scene(secret());
  for (const _ of [1, 2]) {
    expect(await sync()).toMatchObject({ status: "failed", error: { key } });
  }
  expect(await view()).toMatchObject({ edition: null, askedNumbers: 0 });
});

it("pays nothing for a question that was never sent", async () => {
  const { asked, sync, view, change } = await scene();
  const { source } = await view();
  const { privateKey: secret } = keys;
  await change({ source: { ...source, url: await nobodyAt() }, secret });
  for (const _ of [1, 2]) {
    await expect(sync()).rejects.toMatchObject({ explanation: { key: "source.unreachable" } });
  }
  // Nobody speaks TLS there: the connection opens, but no question is sent.
  const insecure = "url" in source ? source.url.replace("http:", "https:") : "";
  await change({ source: { ...source, url: insecure }, secret });
  for (const _ of [1, 2]) {
    await expect(sync()).rejects.toMatchObject({ explanation: { values: { code: "EPROTO" } } });
  }
  await change({ source: { ...source, url: "http://127.0.0.2/" }, secret });
  for (const _ of [1, 2]) {
    expect((await sync()).error).toMatchObject({ key: "source.private-host" });
  }
  expect(asked).toEqual([]);
  expect(await view()).toMatchObject({ askedNumbers: 0 });
});

it("frees no number about which the service says two things", async () => {
  const { service, sync, isListed } = await scene();
  const numbers = [
    { number: "61234567", no_voice_call: "R" },
    { number: "61234567", no_voice_call: "NR" },
    { number: "81234567", no_voice_call: "NR" },
    { number: "81234567", no_voice_call: "NR" },
  ];
  service.instead = (response) => {
    response.end(JSON.stringify({ status_code: "S000", numbers }));
    return true;
  };
  expect((await sync()).outcome).toMatchObject({ outcome: "applied", answered: 2 });
  expect(await isListed(6_561_234_567)).toBe(true);
  expect(await isListed(6_581_234_567)).toBe(false);
});

it("repeats no number that the service sends instead of a code", async () => {
  const { service, sync } = await scene();
  service.instead = (response) => {
    response.end(JSON.stringify({ errorTo: { code: "No 81234567" } }));
    return true;
  };
  expect((await sync()).error).toMatchObject({ values: { code: "No …" } });
});

it.each([429, 500, 503])("retries later when the service answers %i", async (status) => {
  const { service, sync } = await scene();
  service.instead = (response) => {
    response.writeHead(status).end("<p>Busy");
    return true;
  };
  const fault = { explanation: { key: "source.status", values: { status } }, isTransient: true };
  await expect(sync()).rejects.toMatchObject(fault);
});

it("reads no more of an answer than its limit", async () => {
  const { service, sync } = await scene();
  let closed: Promise<unknown> = Promise.resolve();
  service.instead = (response) => {
    closed = once(response, "close");
    // The answer never ends, so whoever waited for the rest would wait forever.
    response.write(" ".repeat(1_100_000));
    return true;
  };
  expect((await sync()).error).toMatchObject({ key: "source.too-large" });
  await closed;
});
