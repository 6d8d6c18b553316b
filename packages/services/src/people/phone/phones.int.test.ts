import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { type RootContext, inTransaction } from "../../platform/context.ts";
import { findOrAddPhones } from "./phones.ts";

const intern = (ctx: RootContext, phones: Parameters<typeof findOrAddPhones>[1]) =>
  inTransaction(ctx, (ctx) => findOrAddPhones(ctx, phones));

const onRecord = ({ organizationId }: RootContext) =>
  db.prisma.phone.count({ where: { organizationId } });

it("stores each number once, and always returns the same id", async () => {
  const ctx = await aContext();
  const [a, b] = [aNumber(), aNumber()];

  const first = await intern(ctx, [a, b, a]);

  expect([...first.keys()]).toEqual([a, b].toSorted());
  expect(await intern(ctx, [b, a])).toEqual(first);
  expect(await onRecord(ctx)).toBe(2);
});

it("gives all who intern the same numbers at once the same ids", async () => {
  const ctx = await aContext();
  const numbers = Array.from({ length: 50 }, () => aNumber());
  const orders = [numbers, numbers.toReversed(), numbers.toSorted(), numbers.slice(10, 40)];

  const all = await Promise.all(orders.map((order) => intern(ctx, order)));

  const ids = new Set(all.flatMap((found) => [...found.values()].map(({ id }) => id)));
  expect(ids.size).toBe(50);
  expect(await onRecord(ctx)).toBe(50);
});

it("finds a number that was erased by its key, and leaves it erased", async () => {
  const ctx = await aContext();
  const { organizationId, keys } = ctx;
  const [gone, other] = [aNumber(), aNumber()];
  const phoneKey = keys.phoneKey(organizationId, gone);
  const { id } = await db.prisma.phone.create({ data: { organizationId, phoneKey } });

  const found = await intern(ctx, [gone, other]);

  expect(found.get(gone)).toEqual({ id, isErased: true });
  expect(found.get(other)).toMatchObject({ isErased: false });
  expect(await db.prisma.phone.findMany({ where: { id } })).toMatchObject([{ e164: null }]);
});

it("does not see another organization's phones", async () => {
  const [ctx, other] = [await aContext(), await aContext()];
  const number = aNumber();
  const theirs = await intern(other, [number]);
  expect((await intern(ctx, [number])).get(number)).not.toEqual(theirs.get(number));
});
