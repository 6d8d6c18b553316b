import { expect, it } from "vitest";
import { aFileContext, anUpload, remarkedLines, runOnce } from "../../../testing/imports.ts";
import { db } from "../../../testing/scenes.ts";
import { recordContacts } from "../../people/contact/record-contacts.ts";
import type { FileContext } from "../../platform/context.ts";

const header =
  "Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Phone";
const order = (id: number, { phone = "+12015550111", total = "5.00", item = "Pen" } = {}) =>
  `#${id},ada@example.org,paid,${total},2026-03-01 12:00:00 -0500,1,${item},5.00,Ada,${phone}`;

const purchasesOf = ({ organizationId }: FileContext) =>
  db.prisma.activity.findMany({
    where: { organizationId },
    include: { contact: { include: { phones: true } } },
    orderBy: { key: "asc" },
  });

it("imports orders of a shop: an activity for each, and a contact for who is new", async () => {
  const ctx = await aFileContext();
  const rows = [
    order(1),
    order(1, { total: "", item: "Ink" }),
    order(2),
    order(3, { phone: "call me" }),
  ];
  const { id } = await anUpload(ctx, "activities", [header, ...rows].join("\n"));

  expect(await runOnce(ctx, id)).toMatchObject({ rows: 4, created: 3, rejected: 1 });

  expect(await purchasesOf(ctx)).toMatchObject([
    { key: "#1", amount: 500, properties: { items: [{ name: "Pen" }, { name: "Ink" }] } },
    { key: "#2", contact: { name: "Ada", email: "ada@example.org", phones: [{}] } },
  ]);
  expect(await remarkedLines(ctx, id)).toEqual([
    expect.stringMatching(/^#3,.*rejected,"?Phone: Write the number in digits/),
  ]);
  const again = await anUpload(ctx, "activities", [header, ...rows].join("\n"));
  expect(await runOnce(ctx, again.id)).toMatchObject({ created: 0, unchanged: 3, rejected: 1 });
  const { organizationId } = ctx;
  expect(await db.prisma.contact.count({ where: { organizationId } })).toBe(1);
});

it("leaves the contact of who is known as it was", async () => {
  const ctx = await aFileContext();
  await recordContacts(ctx, {
    rows: [{ externalId: "7", name: "Augusta", email: "ADA@example.org" }],
  });
  const { id } = await anUpload(ctx, "activities", `${header}\n${order(1)}`);
  await runOnce(ctx, id);
  expect(await purchasesOf(ctx)).toMatchObject([
    { contact: { externalId: "7", name: "Augusta", phones: [] } },
  ]);
});

it("parts no order, wherever a batch ends", async () => {
  const ctx = await aFileContext();
  const rows = Array.from({ length: 999 }, (_, index) => order(index));
  const last = ["Pen", "Ink", "Pad"].map((item) => order(5_000, { item }));
  const { id } = await anUpload(ctx, "activities", [header, ...rows, ...last].join("\n"));

  expect(await runOnce(ctx, id)).toMatchObject({ rows: 1_002, created: 1_002 });

  const { organizationId } = ctx;
  const found = await db.prisma.activity.findMany({ where: { organizationId, key: "#5000" } });
  expect(found).toMatchObject([
    { properties: { items: [{ name: "Pen" }, { name: "Ink" }, { name: "Pad" }] } },
  ]);
});
