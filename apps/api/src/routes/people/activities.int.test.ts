import { recordContacts } from "@ringfence/services/people/contact";
import { db } from "@ringfence/services/testing";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();
const [activities, types] = [`${url}/v1/activities`, `${url}/v1/activity-types`];
const ndjson = { "content-type": "application/x-ndjson" };
const csv = { "content-type": "text/csv; charset=utf-8" };

/** A key, and a hundred people, `c0` to `c99`. */
async function scene() {
  const { ctx, authorization } = await aKey("activities:write");
  const rows = Array.from({ length: 100 }, (_, index) => ({ externalId: `c${index}` }));
  await recordContacts(ctx, { rows });
  const count = () => db.prisma.activity.count({ where: { organizationId: ctx.organizationId } });
  return { ctx, authorization, count };
}

const aVisit = (more: object = {}) => ({
  contact: "c1",
  type: "visit",
  at: "2026-03-01T15:00:00Z",
  ...more,
});

type Sent = Record<string, string | number | undefined>;
type Answer = { accepted: number; rejected: number; rows: { line: number; sentence?: string }[] };

/** Each way to send rows of which one in a hundred is bad; `first` is the line of the first row. */
const ways: Record<
  string,
  { first: number; send: (auth: string, rows: Sent[]) => Promise<Answer> }
> = {
  arrays: { first: 1, send: sendArrays },
  NDJSON: {
    first: 1,
    send: async (auth, rows) => {
      const lines = rows.map((row) => JSON.stringify(row));
      return (await ask(activities, auth, lines.join("\n"), ndjson)).answer;
    },
  },
  CSV: {
    first: 2,
    send: async (auth, rows) => {
      const names = ["externalId", "contact", "type", "at", "amount"];
      const lines = rows.map((row) => names.map((name) => String(row[name] ?? "")).join(";"));
      const file = [names.join(";"), ...lines].join("\r\n");
      return (await ask(activities, auth, file, csv)).answer;
    },
  },
};

/** Sends arrays of at most 10,000 rows; each array counts its rows from 1. */
async function sendArrays(auth: string, rows: Sent[]): Promise<Answer> {
  const all: Answer = { accepted: 0, rejected: 0, rows: [] };
  for (let from = 0; from < rows.length; from += 10_000) {
    const { answer } = await ask(activities, auth, rows.slice(from, from + 10_000));
    all.accepted += answer.accepted;
    all.rejected += answer.rejected;
    for (const row of answer.rows) {
      if (row.status === "rejected") all.rows.push({ ...row, line: row.line + from });
    }
  }
  return all;
}

const bad = [
  { contact: "eve" },
  { type: "theft" },
  { at: "soon" },
  { amount: -1 },
  { contact: "" },
];

it.each(Object.entries(ways))(
  "accepts all good rows of 12,000 as %s when one in a hundred is bad, and a repetition changes nothing",
  async (_, { first, send }) => {
    const { ctx, authorization, count } = await scene();
    // More than an array may have, or an answer lists.
    const rows = Array.from({ length: 12_000 }, (_, index) => {
      const fault = index % 100 === 37 ? bad[((index / 100) % bad.length) | 0] : {};
      return { ...aVisit(), externalId: `v${index}`, contact: `c${index % 100}`, ...fault };
    });

    for (const answer of [await send(authorization, rows), await send(authorization, rows)]) {
      expect(answer).toMatchObject({ accepted: 11_880, rejected: 120 });
      expect(answer.rows.map(({ line }) => line)).toEqual(
        Array.from({ length: 120 }, (_, index) => index * 100 + 37 + first),
      );
      expect(new Set(answer.rows.map(({ sentence }) => sentence)).size).toBe(bad.length);
    }
    expect(await count()).toBe(11_880);
    const { organizationId } = ctx;
    const { _sum: sum } = await db.prisma.activityRollup.aggregate({
      where: { organizationId },
      _sum: { count: true },
    });
    expect(sum.count).toBe(11_880);
  },
  120_000,
);

it("reads CSV by its header, with a column for each property", async () => {
  const { authorization } = await scene();
  const file =
    "External ID;contact;type;at;amount;category;properties.channel\r\n" +
    "o1;c1;purchase;2026-03-01T15:00:00Z;12.50;garden;web\r\n" +
    "o2;c1;purchase;2026-03-01T15:00:00Z;;;web\r\n" +
    "o3;c1;visit;2026-03-01T15:00:00Z;;;web\r\n";

  const { answer } = await ask(activities, authorization, file, csv);

  expect(answer.rows).toMatchObject([
    { line: 2, status: "created" },
    { line: 3, sentence: "amount: Say what was paid: the amount, or the items with their prices." },
    { line: 4, sentence: expect.stringContaining("no property “channel”") },
  ]);
});

it("defines a type once for all repetitions, and accepts activities of it", async () => {
  const { authorization } = await scene();
  const type = { key: "test-drive", properties: { model: "text" } };
  const row = aVisit({ type: "test-drive", properties: { model: "T" } });

  expect((await ask(activities, authorization, [row])).answer.rejected).toBe(1);
  expect(await ask(types, authorization, type)).toMatchObject({ status: 200, answer: type });
  expect((await ask(activities, authorization, [row])).answer.accepted).toBe(1);

  const changed = { key: "test-drive", properties: { model: "number" } };
  const { status, answer } = await ask(types, authorization, changed);
  expect([status, answer.code]).toEqual([409, "conflict"]);
});

it("requires the scope", async () => {
  const { authorization } = await aKey("contacts:write");
  expect((await ask(activities, authorization, [aVisit()])).status).toBe(403);
  const type = { key: "test-drive", properties: {} };
  expect((await ask(types, authorization, type)).status).toBe(403);
});
