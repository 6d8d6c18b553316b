import { once } from "node:events";
import { connect } from "node:net";
import { aNumber } from "@ringfence/db/testing";
import { createHeavyLimitsReader, setHeavyLimits } from "@ringfence/services/account/organization";
import { aConsent, db } from "@ringfence/services/testing";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { expect, it, onTestFinished, vi } from "vitest";
import { ask } from "../testing/ask.ts";
import { aKey, aListeningServer } from "../testing/listening.ts";

/** An API that runs two heavy requests at once, at most one of them of one organization. */
const { server, url, port } = await aListeningServer({ heavyLimits: { total: 2, ofOne: 1 } });
/** Called once a request may send its body. */
const bodies = vi.spyOn(server.bodyWatch, "watch");

const aCaller = () => aKey("screen", "contacts:write", "calls:write", "scrubs", "opt-outs:write");
type Caller = Awaited<ReturnType<typeof aCaller>>;

const ndjson = { "content-type": "application/x-ndjson" };
const aContact = () => JSON.stringify({ externalId: aNumber(), phones: [aNumber()], name: "Ada" });
const manyContacts = () => Array.from({ length: 300 }, aContact).join("\n");
const sendContacts = ({ authorization }: Caller) =>
  ask(`${url}/v1/contacts`, authorization, manyContacts(), ndjson);

/** Sends the headers and the first row of a long stream of contacts, and goes on when it is told to. */
async function startStream({ authorization }: Pick<Caller, "authorization">, to = port) {
  const socket = connect(to, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  socket.on("error", () => {});
  socket.write(
    [
      "POST /v1/contacts HTTP/1.1",
      "host: a",
      `authorization: ${authorization}`,
      "content-type: application/x-ndjson",
      "transfer-encoding: chunked",
      "\r\n",
    ].join("\r\n"),
  );
  return socket;
}

/** The same, once it has its turn. */
async function holdTurn(caller: Caller) {
  const before = bodies.mock.calls.length;
  const socket = await startStream(caller);
  await expect.poll(() => bodies.mock.calls.length).toBeGreaterThan(before);
  return socket;
}

it("refuses a second large request of an organization with the reason, and takes it once the first is over", async () => {
  const caller = await aCaller();
  const first = await holdTurn(caller);

  const { status, answer, headers } = await sendContacts(caller);
  expect([status, answer.code, headers.get("retry-after")]).toEqual([429, "rate-limited", "1"]);
  expect(answer.detail).toMatch(/already has 1 large request.* try again/);

  first.write(`${(aContact().length + 1).toString(16)}\r\n${aContact()}\n\r\n0\r\n\r\n`);
  expect(String((await once(first, "data"))[0])).toMatch(/^HTTP\/1.1 200 /);
  expect((await sendContacts(caller)).status).toBe(200);
});

it.each([
  ["/v1/calls", ndjson],
  ["/v1/activities", ndjson],
  ["/v1/scrubs?purpose=marketing", { "content-type": "text/csv" }],
  ["/v1/screenings/batch", {}],
])("counts a large body to %s as large work", async (path, headers) => {
  const caller = await aCaller();
  await holdTurn(caller);
  const { status } = await ask(url + path, caller.authorization, " ".repeat(20_000), headers);
  expect(status).toBe(429);
});

it("never limits screenings, refusals and small requests", async () => {
  const caller = await aCaller();
  const { authorization } = caller;
  await holdTurn(caller);
  await holdTurn(await aCaller());
  const phone = aNumber();
  const call = { phone, purpose: "marketing" };
  const optOut = { phone, channel: "agent" };
  const answers = await Promise.all([
    ask(`${url}/v1/opt-outs`, authorization, optOut),
    ask(`${url}/v1/screenings`, authorization, call),
    ask(`${url}/v1/screenings/batch`, authorization, { items: [call] }),
    ask(`${url}/v1/contacts`, authorization, aContact(), ndjson),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200]);
});

it("lets an organization wait for its turn, and take it when another is done", async () => {
  const [busy, other, third] = [await aCaller(), await aCaller(), await aCaller()];
  const first = await holdTurn(busy);
  await holdTurn(other);
  // One of them waits, and the other is refused, because its organization already has one that waits.
  const sent = [sendContacts(third), sendContacts(third)];
  expect((await Promise.race(sent)).status).toBe(429);

  first.destroy();

  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 429]);
});

it("holds the lower limit that the operator has set, and never delays a refusal or a single call by it", async () => {
  const report = vi.fn<(error: unknown) => void>();
  const readLimits = vi.fn(createHeavyLimitsReader(db, { now: () => performance.now(), report }));
  const limited = await aListeningServer({
    heavyLimits: { total: 4, ofOne: 3 },
    readHeavyLimits: readLimits,
  });
  const caller = await aKey("screen", "contacts:write", "opt-outs:write", "consents:write");
  const { ctx, authorization } = caller;
  await setHeavyLimits(db, ctx.organizationId, { requests: 1 });
  const post = (path: string, body: object) =>
    ask(`${limited.url}/v1/${path}`, authorization, body);
  const { phone } = await aCallablePhone(ctx);
  const call = { phone, purpose: "marketing.loans" };
  const { permit } = (await post("screenings", call)).answer;
  const consent = (await post("consents", aConsent())).answer.id;
  expect(readLimits).not.toHaveBeenCalled();

  const held = vi.spyOn(limited.server.bodyWatch, "watch");
  await startStream(caller, limited.port);
  await expect.poll(() => held.mock.calls.length).toBe(1);
  const second = await ask(`${limited.url}/v1/contacts`, authorization, manyContacts(), ndjson);
  expect([second.status, second.answer.detail]).toEqual([
    429,
    expect.stringMatching(/already has 1 large request/),
  ]);
  const asked = readLimits.mock.calls.length;

  const answers = [
    await post("screenings", call),
    await post("permits/verify", { permit, phone, singleUse: true }),
    await post(`consents/${consent}/withdrawals`, {}),
    await post("opt-outs", { phone, channel: "agent" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 201, 201]);
  expect(readLimits).toHaveBeenCalledTimes(asked);
  expect(report).not.toHaveBeenCalled();
});
