import { randomUUID } from "node:crypto";
import { db } from "@ringfence/services/testing";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();
const optOuts = `${url}/v1/opt-outs`;

it("records an opt-out, and answers with a reference to read aloud", async () => {
  const { authorization } = await aKey("opt-outs:write");
  const phone = aNumber();

  const { status, answer } = await ask(optOuts, authorization, { phone, channel: "agent" });

  expect(status).toBe(201);
  expect(answer).toMatchObject({ phone, scope: {}, notes: [] });
  expect(answer.reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(answer.effectiveAt).toMatch(/Z$/);
});

it("loses no opt-out to other invalid fields, and says what it could not read", async () => {
  const { authorization } = await aKey("opt-outs:write");
  const body = {
    phone: "+1 (201) 555-0142",
    region: 7,
    scope: { seller: "nobody" },
    channel: "pigeon",
    at: "yesterday",
    more: true,
  };

  const { status, answer } = await ask(optOuts, authorization, body, { "accept-language": "ru" });

  expect([status, answer.phone, answer.scope]).toEqual([201, "+12015550142", {}]);
  const notes = answer.notes.join(" ");
  for (const field of ["«region»", "«channel»", "«at»", "nobody"]) expect(notes).toContain(field);
});

it("says of a number that was not sent as text and of a long note that they are on record", async () => {
  const { authorization } = await aKey("opt-outs:write");
  const body = { phone: 12015550142, region: "US", note: "x".repeat(2_001), channel: "agent" };
  const { status, answer } = await ask(optOuts, authorization, body);
  expect([status, answer.phone]).toEqual([201, "+12015550142"]);
  expect(answer.notes).toEqual([
    "“note” is longer than 2,000 characters. The rest was left out.",
    "“phone” was sent as a JSON number and is on record. Send it as text, so that no digit is lost.",
  ]);
});

it.each(["a b", "", "k".repeat(256), "a, b", "ключ"])(
  "loses no opt-out to the Idempotency-Key %j",
  async (key) => {
    const { authorization } = await aKey("opt-outs:write");
    const body = { phone: aNumber(), channel: "agent" };
    const headers = { "idempotency-key": Buffer.from(key).toString("latin1") };
    const { status, answer } = await ask(optOuts, authorization, body, headers);
    expect([status, answer.phone]).toEqual([201, body.phone]);
    expect(answer.notes).toEqual([expect.stringContaining("Idempotency-Key")]);
  },
);

it("keeps an unreadable number for an officer, and says so", async () => {
  const { ctx, authorization } = await aKey("opt-outs:write");

  const { status, answer } = await ask(optOuts, authorization, { phone: "my phone" });

  expect([status, answer.code, answer.errors[0].path]).toEqual([422, "unprocessable", "/phone"]);
  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.count({ where: { organizationId } })).toBe(1);
});

it("is exempt from the rate limit", async () => {
  const narrow = await aListeningServer({ rateLimit: 1 });
  const { authorization } = await aKey("opt-outs:write");
  const send = () =>
    ask(`${narrow.url}/v1/opt-outs`, authorization, { phone: aNumber(), channel: "api" });

  const statuses = await Promise.all(
    [send(), send(), send()].map(async (sent) => (await sent).status),
  );
  expect(statuses).toEqual([201, 201, 201]);
});

it("is in force for every screening that begins after the answer", async () => {
  const { authorization } = await aKey("opt-outs:write", "screen");
  const screen = async (phone: string) => {
    const body = { phone, purpose: "marketing" };
    const { answer } = await ask(`${url}/v1/screenings`, authorization, body);
    return answer.refusals.map(({ reason }: { reason: string }) => reason);
  };
  const refuseAndScreen = async (phone: string) => {
    const before = screen(phone); // is on its way as the refusal comes
    await ask(optOuts, authorization, { phone, channel: "agent" });
    const after = await Promise.all([screen(phone), screen(phone)]);
    await before;
    return after;
  };

  const seen = await Promise.all(Array.from({ length: 10 }, () => refuseAndScreen(aNumber())));

  // A host that is too busy to look refuses as well, and says so.
  const reasons = seen.flat().map(([first]) => first);
  expect(reasons).toContain("opted-out");
  expect(reasons.filter((reason) => !["opted-out", "cannot-check"].includes(reason))).toEqual([]);
});

it("lists changes page by page, always with a cursor", async () => {
  const { authorization } = await aKey("opt-outs:write", "opt-outs:read");
  expect((await ask(optOuts, authorization)).answer).toMatchObject({ items: [], next: "0" });
  const phones = [aNumber(), aNumber(), aNumber()];
  for (const phone of phones) await ask(optOuts, authorization, { phone, channel: "sms" });

  const first = (await ask(`${optOuts}?limit=2`, authorization)).answer;
  const rest = (await ask(`${optOuts}?limit=2&after=${first.next}`, authorization)).answer;
  const none = (await ask(`${optOuts}?after=${rest.next}`, authorization)).answer;

  const items = [...first.items, ...rest.items];
  expect(items.map(({ phone }: { phone: string }) => phone)).toEqual(phones);
  expect(items[0]).toMatchObject({ change: "added", scope: {} });
  expect(none).toEqual({ items: [], next: rest.next });

  const whole = (await ask(`${optOuts}?after=&limit=`, authorization)).answer;
  expect(whole.items).toHaveLength(phones.length);

  const { status, answer } = await ask(`${optOuts}?limit=0&after=x`, authorization);
  expect(status).toBe(400);
  expect(answer.errors.map(({ path }: { path: string }) => path)).toEqual(["/after", "/limit"]);
  expect(answer.errors[0].sentence).toMatch(/^This is not a valid cursor/);
});

it("returns all opt-outs as a file", async () => {
  const { authorization } = await aKey("opt-outs:write", "opt-outs:read");
  const phone = aNumber();
  await ask(optOuts, authorization, { phone, channel: "ivr" });

  const { status, answer, headers } = await ask(`${optOuts}.csv`, authorization);

  expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  const [names, row] = answer.split("\r\n");
  expect(names).toContain("phone");
  expect(row).toContain(phone);
});

it("shows nothing to a key without the scope or of another organization", async () => {
  const mine = await aKey("opt-outs:write", "opt-outs:read");
  await ask(optOuts, mine.authorization, { phone: aNumber(), channel: "agent" });

  const theirs = await aKey("opt-outs:read");
  expect((await ask(optOuts, theirs.authorization)).answer.items).toEqual([]);
  expect(await ask(optOuts, theirs.authorization, { phone: aNumber() })).toMatchObject({
    status: 403,
    answer: { code: "scope-missing" },
  });
  for (const path of [optOuts, `${optOuts}.csv`]) {
    expect((await ask(path, (await aKey("screen")).authorization)).status).toBe(403);
  }
});

it("gives a repeated request the first answer, and does nothing again", async () => {
  const { ctx, authorization } = await aKey("opt-outs:write");
  const body = { phone: aNumber(), channel: "agent" };
  const headers = { "idempotency-key": randomUUID() };

  const first = await ask(optOuts, authorization, body, headers);
  const again = await ask(optOuts, authorization, body, { ...headers, "accept-language": "ru" });

  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.answer).toEqual(first.answer);
  expect(first.headers.get("idempotency-replayed")).toBeNull();
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const { organizationId } = ctx;
  expect(await db.prisma.optOut.count({ where: { organizationId } })).toBe(1);

  const other = await ask(optOuts, authorization, { ...body, channel: "sms" }, headers);
  expect([other.status, other.answer.code]).toEqual([409, "idempotency-conflict"]);
});

it("answers one of many simultaneous requests, and tells the others that it is running", async () => {
  const { ctx, authorization } = await aKey("opt-outs:write");
  const body = { phone: aNumber(), channel: "agent" };
  const headers = { "idempotency-key": randomUUID() };

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => ask(optOuts, authorization, body, headers)),
  );

  const others = answers.filter(({ status }) => status !== 201);
  expect(others.length).toBeLessThan(8);
  for (const { answer } of others) expect(answer.code).toBe("idempotency-running");
  const { organizationId } = ctx;
  expect(await db.prisma.optOut.count({ where: { organizationId } })).toBe(1);
  expect((await ask(optOuts, authorization, body, headers)).status).toBe(201);
});

it("repeats the answer about an unreadable number too, and saves it once", async () => {
  const { ctx, authorization } = await aKey("opt-outs:write");
  const send = () => ask(optOuts, authorization, { phone: "nobody" }, { "idempotency-key": "k" });

  const [first, again] = [await send(), await send()];

  expect([first.status, again.status]).toEqual([422, 422]);
  expect(again.headers.get("content-type")).toContain("application/problem+json");
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.count({ where: { organizationId } })).toBe(1);
});
