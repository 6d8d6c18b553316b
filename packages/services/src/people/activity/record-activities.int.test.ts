import { ContactId } from "@ringfence/core/ids";
import { aPhone } from "@ringfence/db/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { random } from "../../../testing/random.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { recordContacts } from "../contact/record-contacts.ts";
import { erasePerson } from "../../desk/erasure/erase-person.ts";
import { recordActivities } from "./record-activities.ts";

const aPurchase = (more: object = {}) => ({
  externalId: "o1",
  contact: "ada",
  type: "purchase",
  at: "2026-03-01T09:00:00Z",
  amount: 12.5,
  category: "garden",
  ...more,
});

/** Ada and Bo, whom the organization calls so. */
async function scene() {
  const ctx = await aContext();
  const rows = [
    { externalId: "ada", phones: ["+12015550111"], email: "Ada@example.org" },
    { externalId: "bo", phones: ["+12015550112"] },
  ];
  await recordContacts(ctx, { rows });
  return ctx;
}

const statuses = async (ctx: RootContext, rows: readonly unknown[]) =>
  (await recordActivities(ctx, { rows })).rows.map(({ status }) => status);

const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.activity.findMany({
    where: { organizationId },
    include: { contact: true },
    orderBy: [{ at: "asc" }, { key: "asc" }],
  });

const rollups = ({ organizationId }: RootContext) =>
  db.prisma.activityRollup.findMany({
    where: { organizationId },
    omit: { organizationId: true },
    orderBy: [{ type: "asc" }, { contactOrdinal: "asc" }],
  });

it("audits who did what, with the result", async () => {
  const ctx = await scene();
  const rows = [
    aPurchase({ items: [{ name: "Spade", quantity: 2, price: 6.25 }], amount: undefined }),
    aPurchase({ externalId: "o2", phone: "201 555 0111", contact: undefined, amount: "7" }),
    aPurchase({ externalId: "o3", email: "ADA@example.org", contact: "nobody", amount: 0.5 }),
  ];

  expect(await statuses(ctx, rows)).toEqual(["created", "created", "created"]);

  expect(await onRecord(ctx)).toMatchObject([
    {
      key: "o1",
      amount: 1250,
      category: "garden",
      contact: { externalId: "ada" },
      properties: { items: [{ name: "Spade", quantity: 2, price: 625 }] },
    },
    { key: "o2", amount: 700, contact: { externalId: "ada" } },
    { key: "o3", amount: 50, contact: { externalId: "ada" } },
  ]);
  expect(await rollups(ctx)).toMatchObject([{ type: "purchase", count: 3, amount: 2000 }]);
});

it("counts a repeated activity once: by its id, by equal content, in one batch, and in two concurrent ones", async () => {
  const ctx = await scene();
  const unnamed = aPurchase({ externalId: undefined });
  const rows = [aPurchase(), unnamed, aPurchase({ amount: 99 }), unnamed];

  const both = await Promise.all([statuses(ctx, rows), statuses(ctx, rows)]);

  expect(both.flat().filter((status) => status === "created")).toHaveLength(2);
  expect(await statuses(ctx, rows)).toEqual(rows.map(() => "unchanged"));
  expect(await rollups(ctx)).toMatchObject([{ count: 2, amount: 2500 }]);
});

it("treats late events as if they had arrived in time", async () => {
  const days = Array.from({ length: 12 }, (_, index) => index + 1);
  const all = days.map((day) =>
    aPurchase({
      externalId: `o${day}`,
      contact: day % 3 === 0 ? "bo" : "ada",
      type: day % 4 === 0 ? "visit" : "purchase",
      at: `2026-02-${String(day).padStart(2, "0")}T09:00:00Z`,
      amount: day,
    }),
  );
  const inTime = await scene();
  await recordActivities(inTime, { rows: all });
  const first = Math.min(...(await rollups(inTime)).map((row) => row.contactOrdinal));
  const relative = async (ctx: RootContext, from: number) =>
    (await rollups(ctx)).map((row) => ({ ...row, contactOrdinal: row.contactOrdinal - from }));
  const expected = await relative(inTime, first);

  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 12 }), async (seed, size) => {
      const ctx = await scene();
      const { below } = random(seed);
      const shuffled = all
        .map((row) => ({ row, place: below(1_000) }))
        .toSorted((a, b) => a.place - b.place);
      for (let from = 0; from < shuffled.length; from += size) {
        const rows = shuffled.slice(from, from + size).map(({ row }) => row);
        await recordActivities(ctx, { rows });
      }
      const least = Math.min(...(await rollups(ctx)).map((row) => row.contactOrdinal));
      expect(await relative(ctx, least)).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});

it("rejects what cannot be, row by row, and says why", async () => {
  const ctx = await scene();
  const rows = [
    aPurchase({ at: "9999-01-01T00:00:00Z" }),
    aPurchase({ contact: "eve" }),
    aPurchase({ contact: undefined, phone: "+12015550113" }),
    aPurchase({ contact: undefined, email: "eve@example.org" }),
    aPurchase({ type: "theft" }),
    aPurchase({ externalId: "good" }),
  ];

  const answer = await recordActivities(ctx, { rows, firstLine: 10 });

  expect(answer).toMatchObject({ accepted: 1, rejected: 5 });
  expect(answer.rows).toMatchObject([
    { line: 10, path: "/at", message: { key: "activity.from-the-future" } },
    { line: 11, path: "/contact", message: { key: "activity.person-unknown" } },
    { line: 12, path: "/phone", message: { key: "activity.person-unknown" } },
    { line: 13, path: "/email", message: { key: "activity.person-unknown" } },
    { line: 14, path: "/type", message: { key: "activity.type-unknown" } },
    { line: 15, status: "created" },
  ]);
});

it("does not guess which of two people a shared phone means", async () => {
  const ctx = await scene();
  await recordContacts(ctx, { rows: [{ externalId: "cy", phones: ["+12015550111"] }] });
  const row = aPurchase({ contact: undefined, phone: "+12015550111" });
  expect(await recordActivities(ctx, { rows: [row] })).toMatchObject({
    rows: [{ path: "/phone", message: { key: "activity.person-ambiguous" } }],
  });
});

it("finds by a shared phone the person who is left", async () => {
  const ctx = await scene();
  const phone = "+12015550111";
  const { organizationId } = ctx;
  await recordContacts(ctx, { rows: [{ externalId: "cy", phones: [phone] }] });
  const byPhone = [aPurchase({ contact: undefined, phone })];
  expect(await statuses(ctx, byPhone)).toEqual(["rejected"]);

  const cy = await db.prisma.contact.findFirstOrThrow({
    where: { organizationId, externalId: "cy" },
  });
  await erasePerson(ctx, { person: { contactId: ContactId.parse(cy.id) }, reason: "asked" });
  expect(await statuses(ctx, byPhone)).toEqual(["created"]);
  expect(await onRecord(ctx)).toMatchObject([{ contact: { externalId: "ada" } }]);
});

it("is not for agents", async () => {
  const ctx = await scene();
  await expect(recordActivities(as(ctx, "agent"), { rows: [] })).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("knows no contact of another organization, nor its ids", async () => {
  const [ctx, other] = [await scene(), await scene()];
  await aPhone(db, other.organizationId, { e164: "+12015550119" as never });
  const theirs = aPurchase({ contact: undefined, phone: "+12015550119" });

  expect(await statuses(ctx, [theirs])).toEqual(["rejected"]);
  expect(await statuses(other, [theirs])).toEqual(["created"]);
  expect(await statuses(ctx, [aPurchase()])).toEqual(["created"]);
  expect(await onRecord(other)).toHaveLength(1);
});
