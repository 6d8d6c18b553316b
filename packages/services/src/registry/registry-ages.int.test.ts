import { expect, it } from "vitest";
import { aContext, db } from "../../testing/scenes.ts";
import type { RootContext } from "../context.ts";
import { isStale, registryAges } from "./registry-ages.ts";

const days = (count: number) => new Date(Date.now() - count * 86_400_000);

const aRegistry = ({ organizationId }: RootContext, code: string, verifiedAt: Date | null) =>
  db.prisma.registry.create({
    data: { organizationId, code, name: code, format: {}, source: {}, maxAgeDays: 31, verifiedAt },
  });

it("tells how old each registry is, the oldest against its limit first", async () => {
  const ctx = await aContext();
  await aRegistry(ctx, "fresh", days(1));
  await aRegistry(ctx, "never", null);
  await aRegistry(ctx, "old", days(31.01));
  await aRegistry(ctx, "limit", days(30.99));

  const ages = await registryAges(ctx);

  expect(ages.map((age) => [age.code, age.ageDays, isStale(age)])).toEqual([
    ["never", null, true],
    ["old", expect.closeTo(31.01), true],
    ["limit", expect.closeTo(30.99), false],
    ["fresh", expect.closeTo(1), false],
  ]);
});

it("shows none of another organization", async () => {
  await aRegistry(await aContext(), "theirs", days(1));
  expect(await registryAges(await aContext())).toEqual([]);
});

it("refuses who may not read registries", async () => {
  const ctx = await aContext({ type: "member", id: "bob", role: "agent", sellerIds: [] });
  await expect(registryAges(ctx)).rejects.toMatchObject({ code: "forbidden" });
});
