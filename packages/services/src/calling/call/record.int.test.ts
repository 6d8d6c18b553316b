import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordCalls } from "./record.ts";

const aCall = (more: object = {}) => ({
  externalId: "c1",
  phone: aNumber(),
  purpose: "marketing.loans",
  at: "2026-03-01T09:00:00+03:00",
  ...more,
});

const statuses = async (ctx: RootContext, rows: readonly unknown[]) =>
  (await recordCalls(ctx, { rows })).rows.map(({ status }) => status);

const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.call.findMany({
    where: { organizationId },
    include: { phone: true, seller: true },
    orderBy: { externalId: "asc" },
  });

it("records calls with everything in the log", async () => {
  const ctx = await aContext();
  const call = aCall({ seller: "acme", outcome: "reached", campaign: "spring" });

  expect(await recordCalls(ctx, { rows: [call] })).toEqual({
    accepted: 1,
    rejected: 0,
    rows: [{ line: 1, status: "created" }],
  });

  expect(await onRecord(ctx)).toMatchObject([
    {
      externalId: "c1",
      phone: { e164: call.phone },
      seller: { key: "acme" },
      purpose: "marketing.loans",
      at: new Date("2026-03-01T06:00:00Z"),
      outcome: "reached",
      campaign: "spring",
    },
  ]);
});

it("recognizes a log that is sent again, or twice at once, by the dialer's ids", async () => {
  const ctx = await aContext();
  const rows = [aCall({ externalId: "c2" }), aCall(), aCall({ externalId: "c2" })];

  const both = await Promise.all([statuses(ctx, rows), statuses(ctx, rows)]);

  expect(both.flat().filter((status) => status === "created")).toHaveLength(2);
  expect(await statuses(ctx, rows)).toEqual(["unchanged", "unchanged", "unchanged"]);
  expect(await onRecord(ctx)).toHaveLength(2);
});

it("records the first of two rows with the same id", async () => {
  const ctx = await aContext();
  const rows = [aCall({ outcome: "busy" }), aCall({ externalId: "b" }), aCall({ outcome: "late" })];
  expect(await statuses(ctx, rows)).toEqual(["created", "created", "unchanged"]);
  expect(await onRecord(ctx)).toMatchObject([{ externalId: "b" }, { outcome: "busy" }]);
});

it("rejects invalid rows one by one, and says why", async () => {
  const ctx = await aContext();
  const rows = [
    aCall({ at: "9999-01-01T00:00:00Z" }),
    aCall({ phone: "call me" }),
    aCall({ seller: "acmee" }),
    aCall({ purpose: "marketing.cars" }),
    aCall({ screening: "01890000-0000-7000-8000-00000000000A" }),
    aCall({ at: "0000-01-01T00:00:00Z" }),
    aCall({ externalId: undefined }),
  ];

  const answer = await recordCalls(ctx, { rows });

  expect(answer).toMatchObject({ accepted: 1, rejected: 6 });
  expect(answer.rows).toMatchObject([
    { path: "/at", message: { key: "call.from-the-future" } },
    { path: "/phone" },
    { path: "/seller", message: { key: "seller.unknown" } },
    { path: "/purpose", message: { key: "purpose.unknown" } },
    { path: "/screening", message: { key: "call.screening-unknown" } },
    { path: "/at", message: { key: "fault.instant-odd" } },
    { line: 7, status: "created" },
  ]);
});

it("requires a seller if there are several", async () => {
  const ctx = await aContext();
  await aSeller(db, ctx.organizationId, "bank");
  expect(await recordCalls(ctx, { rows: [aCall()] })).toMatchObject({
    rows: [
      { path: "/seller", message: { key: "seller.several", values: { known: "acme, bank" } } },
    ],
  });
});

it("refuses agents", async () => {
  const ctx = await aContext();
  await expect(recordCalls(as(ctx, "agent"), { rows: [] })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("does not confuse ids with those of another organization's dialer", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  await recordCalls(other, { rows: [aCall()] });

  expect(await statuses(ctx, [aCall()])).toEqual(["created"]);
  expect(await onRecord(other)).toHaveLength(1);
});
