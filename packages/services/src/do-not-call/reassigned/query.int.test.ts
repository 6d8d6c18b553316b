import { expect, it } from "vitest";
import { aSeller } from "@ringfence/db/testing";
import { Phone } from "@ringfence/core/people/phone";
import type { RootContext } from "../../platform/context.ts";
import { screenBatch } from "../../calling/screening/index.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { answered, asked, readQueryText } from "../../../testing/reassigned.ts";
import { createReassignedQuery, listReassignedQueries, exportQueryFile } from "./query.ts";

it("asks about US numbers since the day of their last consent", async () => {
  const ctx = await aContext();
  const { phone } = await aCallablePhone(ctx);
  const { organizationId } = ctx;
  const known = await db.prisma.consentEvent.findFirstOrThrow({ where: { organizationId } });
  const { id: _, ...again } = known;
  // At this instant it is still the 8th of February somewhere on Earth, so the query asks about the 8th.
  await db.prisma.consentEvent.create({
    data: { ...again, type: "renewed", at: new Date("2026-02-09T11:59:59Z"), actor: {} },
  });
  await db.prisma.consentEvent.create({
    data: { ...again, type: "withdrawn", at: new Date("2026-03-09T12:00:00Z"), actor: {} },
  });
  const abroad = await db.prisma.phone.create({ data: { organizationId, e164: "+442071838750" } });
  const canadian = await db.prisma.phone.create({ data: { organizationId, e164: "+14165550100" } });
  for (const { id: phoneId } of [abroad, canadian]) {
    await db.prisma.consentEvent.create({ data: { ...again, phoneId, actor: {} } });
  }

  const { id, numbers } = await createReassignedQuery(ctx);

  expect(numbers).toBe(1);
  expect(await readQueryText(ctx, id)).toBe(`${phone.slice(2)},2026-02-08\n`);
  const audit = { organizationId, action: "reassigned.ask" };
  expect(
    await db.prisma.auditEntry.findMany({ where: audit, orderBy: { id: "asc" } }),
  ).toMatchObject([
    { details: { queryId: id, numbers: 1 } },
    { details: { queryId: id, file: 1, exported: true } },
  ]);
});

it("asks about numbers of Maine without a consent since somebody last talked to the person", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const sellerId = await aSeller(db, organizationId);
  const talk = async (e164: string, outcome: string | null, ...days: string[]) => {
    const { id: phoneId } = await db.prisma.phone.create({ data: { organizationId, e164 } });
    const calls = days.map((day) => new Date(`${day}T11:59:59Z`));
    await db.prisma.call.createMany({
      data: calls.map((at) => ({
        organizationId,
        phoneId,
        sellerId,
        purpose: "marketing",
        outcome,
        at,
        recordedAt: at,
      })),
    });
    return phoneId;
  };
  // At this instant it is still the 8th of February somewhere on Earth.
  await talk("+12075550101", "SALE", "2026-01-03", "2026-02-09");
  await talk("+12075550102", "no_answer", "2026-02-09");
  await talk("+12075550103", "opted_out", "2026-02-09");
  await talk("+12075550104", null, "2026-02-09");
  await talk("+12075550105", "reached", "2999-02-09");
  // Florida asks only about consents.
  await talk("+13055550101", "reached", "2026-02-09");
  const moved = await talk("+13055550102", "not-interested", "2026-02-09");
  await db.prisma.contact.create({
    data: {
      organizationId,
      addressRegion: "US-ME",
      createdAt: new Date("2026-02-09"),
      updatedAt: new Date("2026-02-09"),
      phones: { create: { phoneId: moved } },
    },
  });

  const { id, numbers } = await createReassignedQuery(ctx);

  expect(numbers).toBe(2);
  const lines = (await readQueryText(ctx, id)).trimEnd().split("\n");
  expect(lines.toSorted()).toEqual(["2075550101,2026-02-08", "3055550102,2026-02-08"]);
});

it("clears a live call to Maine without consent once the answer is no, for this organization only", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const phone = Phone.parse("+12075550101");
  const reasons = async (ctx: RootContext) => {
    const { results } = await screenBatch(ctx, {
      defaults: { purpose: "marketing", seller: "acme" },
      items: [{ phone }],
    });
    return results.flatMap(({ refusals }) => refusals.map(({ reason }) => reason));
  };
  for (const { organizationId } of [ctx, other]) {
    const sellerId = await aSeller(db, organizationId);
    await db.prisma.seller.updateMany({
      where: { organizationId },
      data: { consentPolicy: "opt_out_with_registry" },
    });
    const { id: phoneId } = await db.prisma.phone.create({ data: { organizationId, e164: phone } });
    const at = new Date("2026-03-01T12:00:00Z");
    const call = { organizationId, phoneId, sellerId, purpose: "marketing", outcome: "reached" };
    await db.prisma.call.create({ data: { ...call, at, recordedAt: at } });
  }
  expect(await reasons(ctx)).toContain("number-reassigned");
  const { id } = await createReassignedQuery(ctx);
  await answered(ctx, id, ["2075550101,2026-03-01,no"]);
  expect(await reasons(ctx)).not.toContain("number-reassigned");
  expect(await reasons(other)).toContain("number-reassigned");
});

it("refuses a query without any consent", async () => {
  const ctx = await aContext();
  await expect(createReassignedQuery(ctx)).rejects.toMatchObject({
    explanation: { key: "error.reassigned-nobody" },
  });
});

it("allows officers only, and asks about no number of another organization", async () => {
  const { ctx } = await asked(1);
  await expect(createReassignedQuery(as(ctx, "auditor"))).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(createReassignedQuery(await aContext())).rejects.toMatchObject({ code: "conflict" });
});

it("leaves numbers out of the file that were erased after the query", async () => {
  const { ctx, phones, queryId } = await asked(2);
  const { organizationId } = ctx;
  await db.prisma.phone.updateMany({
    where: { organizationId, e164: phones[0] ?? "" },
    data: { e164: null, phoneKey: new Uint8Array(32) },
  });
  expect(await readQueryText(ctx, queryId)).toBe(`${phones[1]?.slice(2)},2026-01-04\n`);
  expect(await readQueryText(ctx, queryId, 2)).toBe("");
});

it("allows officers only, and exports no query of another organization", async () => {
  const { ctx, queryId } = await asked(1);
  await expect(exportQueryFile(as(ctx, "auditor"), { queryId, file: 1 })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(exportQueryFile(await aContext(), { queryId, file: 1 })).rejects.toMatchObject({
    code: "not-found",
  });
});

it("lists queries with their answers in pages, latest first", async () => {
  const { ctx, phones, queryId } = await asked(3);
  await answered(ctx, queryId, [
    `${phones[0]?.slice(2)},2026-01-04,no`,
    `${phones[1]?.slice(2)},2026-01-04,yes`,
  ]);
  const rest = Array.from({ length: 20 }, () => 0);
  for (const _ of rest) await createReassignedQuery(ctx);

  const first = await listReassignedQueries(ctx, {});
  expect(first.queries).toHaveLength(20);
  const { queries, next } = await listReassignedQueries(ctx, { after: first.next ?? undefined });

  expect(next).toBeNull();
  expect(queries).toMatchObject([
    { id: queryId, numbers: 3, files: 1, yes: 1, no: 1, noData: 0, answeredAt: expect.any(Date) },
  ]);
});

it("allows readers of registries, and lists none of another organization", async () => {
  const { ctx } = await asked(1);
  expect((await listReassignedQueries(as(ctx, "auditor"), {})).queries).toHaveLength(1);
  await expect(listReassignedQueries(as(ctx, "agent"), {})).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await listReassignedQueries(await aContext(), {})).toEqual({ queries: [], next: null });
});
