import { readFile } from "node:fs/promises";
import { db } from "@ringfence/services/testing";
import { expect, it } from "vitest";
import { ask } from "../../testing/ask.ts";
import { aKey, aListeningServer } from "../../testing/listening.ts";

const { url } = await aListeningServer();
const csv = { "content-type": "text/csv" };
const fixture = (name: string) =>
  readFile(new URL(`../../testing/logs/${name}`, import.meta.url), "utf8");
const [master, exported] = [await fixture("Master.csv"), await fixture("call-export.txt")];

const send = (authorization: string, query: Record<string, string>, body: string) =>
  ask(`${url}/v1/calls?${new URLSearchParams(query)}`, authorization, body, csv);

const asterisk = {
  shape: "asterisk-cdr",
  zone: "America/New_York",
  purpose: "marketing",
  region: "US",
  prefix: "9",
  context: "from-internal",
};
const vicidial = { shape: "vicidial", zone: "America/New_York", purpose: "marketing" };

const onRecord = (organizationId: string) =>
  db.prisma.call.findMany({
    where: { organizationId },
    include: { phone: true },
    orderBy: { at: "asc" },
  });

it("accepts an unchanged log of Asterisk, and reports what it cannot read", async () => {
  const { ctx, authorization } = await aKey("calls:write");

  const { answer } = await send(authorization, asterisk, master);

  expect(answer).toMatchObject({ accepted: 3, rejected: 2 });
  expect(answer.rows).toEqual([
    { line: 1, status: "created" },
    { line: 2, status: "created" },
    { line: 4, status: "rejected", sentence: expect.stringMatching(/^phone: /) },
    { line: 5, status: "unchanged" },
    { line: 6, status: "rejected", sentence: expect.stringContaining("start: “02/03/2026 11:09”") },
  ]);
  expect(await onRecord(ctx.organizationId)).toMatchObject([
    {
      phone: { e164: "+12015550100" },
      at: new Date("2026-03-02T16:04:05Z"),
      outcome: "reached",
      seconds: 60,
    },
    { phone: { e164: "+12015550101" }, outcome: "no_answer", seconds: 0 },
  ]);
});

it("accepts VICIdial's exports, with columns that say nothing about the call", async () => {
  const { ctx, authorization } = await aKey("calls:write");

  const { answer } = await send(authorization, vicidial, exported);

  expect(answer).toMatchObject({
    accepted: 2,
    rejected: 1,
    rows: [{}, {}, { line: 4, sentence: "phone_number_dialed: This field is required." }],
  });
  expect(await onRecord(ctx.organizationId)).toMatchObject([
    {
      phone: { e164: "+12015550110" },
      at: new Date("2026-03-02T16:15:00Z"),
      outcome: "NI",
      campaign: "SPRING",
      seconds: 42,
    },
    { phone: { e164: "+12015550111" }, outcome: "DROP" },
  ]);
});

it("counts a repeated log once, even if it has grown", async () => {
  const { ctx, authorization } = await aKey("calls:write");
  for (const [query, log] of [
    [asterisk, master],
    [vicidial, exported],
  ] as const) {
    await send(authorization, query, log.split("\n").slice(0, 2).join("\n"));
    await send(authorization, query, log);
    const { answer } = await send(authorization, query, log);
    expect(answer.rows.filter(({ status }: { status: string }) => status === "created")).toEqual(
      [],
    );
  }
  expect(await onRecord(ctx.organizationId)).toHaveLength(4);
});

it("reads times in the organization's time zone unless another is given", async () => {
  const { ctx, authorization } = await aKey("calls:write");
  const { organizationId } = ctx;
  await db.prisma.organization.update({
    where: { id: organizationId },
    data: { zone: "Asia/Yekaterinburg" },
  });
  const { zone: _, ...query } = vicidial;
  await send(authorization, query, exported);
  expect(await onRecord(organizationId)).toMatchObject([
    { at: new Date("2026-03-02T06:15:00Z") },
    {},
  ]);
});

it("explains how to write a time zone", async () => {
  const { authorization } = await aKey("calls:write");
  const { answer } = await send(authorization, { ...vicidial, zone: "MSK" }, exported);
  expect(answer.errors[0].sentence).toContain("such as America/Chicago");
});

it.each<[Record<string, string>, string]>([
  [{ shape: "asterisk-cdr" }, "/purpose"],
  [{ purpose: "marketing" }, "/shape"],
  [{ ...vicidial, shape: "avaya" }, "/shape"],
  [{ ...vicidial, zone: "Mars/Olympus" }, "/zone"],
  [{ ...vicidial, regoin: "US" }, "/regoin"],
])("reports invalid settings for a log: %j", async (query, path) => {
  const { authorization } = await aKey("calls:write");
  const { status, answer } = await send(authorization, query, exported);
  expect([status, answer.errors[0].path]).toEqual([400, path]);
});
