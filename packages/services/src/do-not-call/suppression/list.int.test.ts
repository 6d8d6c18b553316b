import { SuppressionId } from "@ringfence/core/ids";
import { ListSuppressions } from "@ringfence/core/do-not-call/suppression";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { listSuppressions } from "./list.ts";
import { recordSuppression } from "./record.ts";

async function scene() {
  const ctx = await aContext();
  const phones = [aNumber(), aNumber(), aNumber()];
  for (const phone of phones) await recordSuppression(ctx, { phone, reason: "partner_list" });
  const list = (input: object = {}) => listSuppressions(ctx, ListSuppressions.parse(input));
  const listPhones = async (input: object) => (await list(input)).items.map(({ phone }) => phone);
  return { ctx, phones, list, listPhones };
}

it("gives page after page, last recorded first", async () => {
  const { phones, list, listPhones } = await scene();

  const first = await list({ limit: 2 });

  expect(first.items.map(({ phone }) => phone)).toEqual([phones[2], phones[1]]);
  const after = SuppressionId.parse(first.next);
  expect(await listPhones({ after })).toEqual([phones[0]]);
});

it("finds by phone and by reason", async () => {
  const { phones, listPhones } = await scene();
  expect(await listPhones({ search: phones[0] })).toEqual([phones[0]]);
  expect(await listPhones({ search: aNumber() })).toEqual([]);
  expect(await listPhones({ reason: "litigator" })).toEqual([]);
});

it("leaves out what has ended, unless it is asked for", async () => {
  const { ctx, phones, listPhones } = await scene();
  const [at, until] = [new Date("2020-01-01T00:00:00Z"), new Date("2020-02-01T00:00:00Z")];
  const phone = phones[0] ?? "";
  await recordSuppression(ctx, { phone, reason: "wrong_person", at, until });

  expect(await listPhones({ search: phone })).toEqual([phone]);
  expect(await listPhones({ search: phone, ended: true })).toEqual([phone, phone]);
});

it("shows who recorded it", async () => {
  const { ctx } = await aMember();
  await recordSuppression(ctx, { phone: aNumber(), reason: "deceased" });

  const { items } = await listSuppressions(ctx, ListSuppressions.parse({}));

  expect(items).toMatchObject([{ reason: "deceased", by: { type: "member", name: "Ada" } }]);
});

it("audits who looked", async () => {
  const { ctx, list } = await scene();
  await list();

  const where = { organizationId: ctx.organizationId, action: "suppression.read" };
  expect(await db.prisma.auditEntry.findMany({ where })).toMatchObject([
    { details: { listed: 3 } },
  ]);
});

it("is not for agents", async () => {
  const { ctx } = await scene();
  const input = ListSuppressions.parse({});
  await expect(listSuppressions(as(ctx, "agent"), input)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("does not list the numbers of another organization", async () => {
  const [{ phones }, { listPhones }] = [await scene(), await scene()];
  expect(await listPhones({ search: phones[0] })).toEqual([]);
});
