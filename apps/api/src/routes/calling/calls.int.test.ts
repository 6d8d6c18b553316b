import { aNumber } from "@ringfence/db/testing";
import { db } from "@ringfence/services/testing";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();
const [contacts, calls] = [`${url}/v1/contacts`, `${url}/v1/calls`];
const ndjson = { "content-type": "application/x-ndjson" };
const csv = { "content-type": "text/csv; charset=utf-8" };

const aCall = (more: object = {}) => ({
  phone: aNumber(),
  purpose: "marketing",
  at: "2026-03-01T15:00:00Z",
  ...more,
});

it("reports the outcome of every row, and loses no good row to a bad one", async () => {
  const { authorization } = await aKey("contacts:write");
  const rows = [
    { externalId: "7", phones: [aNumber()], addressRegion: "US-TX" },
    { externalId: "8", phones: ["call me"] },
    "Ada",
    { externalId: "7", name: "Ada" },
  ];

  const { status, answer } = await ask(contacts, authorization, rows);

  expect(status).toBe(200);
  expect(answer).toMatchObject({ accepted: 2, rejected: 2 });
  expect(answer.rows).toMatchObject([
    { line: 1, status: "created" },
    { line: 2, status: "rejected", sentence: expect.stringContaining("phones.0: ") },
    { line: 3, status: "rejected", sentence: "This must be an object." },
    { line: 4, status: "updated" },
  ]);
});

it("reads lines of JSON, and reports which line is invalid", async () => {
  const { ctx, authorization } = await aKey("calls:write");
  const lines = [JSON.stringify(aCall()), "", "{call}", JSON.stringify(aCall())];

  const { answer } = await ask(calls, authorization, lines.join("\n"), ndjson);

  expect(answer).toMatchObject({ accepted: 2, rejected: 1 });
  expect(answer.rows).toEqual([
    { line: 1, status: "created" },
    {
      line: 3,
      status: "rejected",
      sentence: "This line is not valid JSON: syntax error at column 2.",
    },
    { line: 4, status: "created" },
  ]);
  const { organizationId } = ctx;
  expect(await db.prisma.call.count({ where: { organizationId } })).toBe(2);
});

it("reads CSV by its header, and recognizes a repeated log", async () => {
  const { authorization } = await aKey("calls:write");
  const file = `external_id;phone;purpose;at;outcome\r\na;${aNumber()};marketing;2026-03-01T15:00:00Z;\r\nb;;survey;2026-03-01T15:00:00Z;busy\r\n`;

  const first = await ask(calls, authorization, file, csv);
  const again = await ask(calls, authorization, file, csv);

  expect(first.answer.rows).toMatchObject([
    { line: 2, status: "created" },
    { line: 3, status: "rejected", sentence: "phone: This field is required." },
  ]);
  expect(again.answer.rows[0]).toEqual({ line: 2, status: "unchanged" });
});

it("names the unknown column of a file", async () => {
  const { authorization } = await aKey("contacts:write");
  const { status, answer } = await ask(contacts, authorization, "name,colour\nAda,red\n", csv);
  expect([status, answer.code]).toEqual([400, "invalid-request"]);
  expect(answer.detail).toContain("“colour”");
});

it("accepts a stream of any length, and for very many rows reports only the bad ones", async () => {
  const { ctx, authorization } = await aKey("calls:write");
  const phone = aNumber();
  const lines = Array.from({ length: 12_000 }, (_, index) =>
    JSON.stringify(aCall({ phone: index === 11_500 ? "nobody" : phone, externalId: `c${index}` })),
  );

  const { answer } = await ask(calls, authorization, lines.join("\n"), ndjson);

  expect(answer).toMatchObject({ accepted: 11_999, rejected: 1, rows: [{ line: 11_501 }] });
  expect(answer.rows).toHaveLength(1);
  const { organizationId } = ctx;
  expect(await db.prisma.call.count({ where: { organizationId } })).toBe(11_999);
}, 60_000);

const sevens = (count: number) => Array.from({ length: count }, () => 7);

it("accepts an array of 10,000 rows of any kind, and not one more", async () => {
  const { authorization } = await aKey("contacts:write");

  const { answer } = await ask(contacts, authorization, sevens(10_000));
  expect([answer.rejected, answer.rows.length]).toEqual([10_000, 10_000]);
  const over = await ask(contacts, authorization, sevens(10_001));
  expect([over.status, over.answer.code]).toEqual([413, "too-large"]);
});

it("says why it gives up a long stream, and keeps running", async () => {
  const { authorization } = await aKey("calls:write");
  const rows = `${aNumber()},marketing\n`.repeat(500_000);

  const unknown = await ask(calls, authorization, `phone,colour\n${rows}`, csv);
  expect([unknown.status, unknown.answer.code]).toEqual([400, "invalid-request"]);
  const endless = await ask(calls, authorization, "x".repeat(20_000_000), ndjson);
  expect(endless.answer).toMatchObject({ accepted: 0, rejected: 1, rows: [{ line: 1 }] });
  const { authorization: other } = await aKey("screen");
  const forbidden = await ask(calls, other, `phone,purpose\n${rows}`, csv);
  expect([forbidden.status, forbidden.answer.code]).toEqual([403, "scope-missing"]);
});

it("accepts nothing but rows", async () => {
  const { authorization } = await aKey("contacts:write");
  for (const body of ["{}", "null", "7"]) {
    expect(await ask(contacts, authorization, body)).toMatchObject({
      status: 400,
      answer: { errors: [{ path: "", sentence: "This must be a list." }] },
    });
  }
  const { status, answer } = await ask(contacts, authorization, "x", {
    "content-type": "application/xml",
  });
  expect([status, answer.code]).toEqual([415, "unsupported-media-type"]);
  expect(answer.detail).toContain("application/x-ndjson");
});

it("requires the scope, even without rows", async () => {
  const { authorization } = await aKey("screen");
  for (const [body, headers] of [
    [[], {}],
    [[aCall()], {}],
    ["", csv],
    ["\n", ndjson],
  ] as const) {
    expect((await ask(calls, authorization, body, headers)).status).toBe(403);
  }
});

it("answers a repeated stream as the first time", async () => {
  const { ctx, authorization } = await aKey("calls:write");
  const send = (line: object) =>
    ask(calls, authorization, JSON.stringify(line), { ...ndjson, "idempotency-key": "k" });
  const call = aCall();

  const [first, again] = [await send(call), await send(call)];
  const other = await send(aCall({ outcome: "busy" }));

  expect(again.answer).toEqual(first.answer);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect([other.status, other.answer.code]).toEqual([409, "idempotency-conflict"]);
  const { organizationId } = ctx;
  expect(await db.prisma.call.count({ where: { organizationId } })).toBe(1);
});

it("compares a repeated body as a whole, and names the size limit for that", async () => {
  const { authorization } = await aKey("calls:write");
  const { status, answer } = await ask(calls, authorization, "\n".repeat(9 * 1024 * 1024), {
    ...ndjson,
    "idempotency-key": "k",
  });
  expect([status, answer.code]).toEqual([413, "too-large"]);
});
