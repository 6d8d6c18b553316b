import { expect, it } from "vitest";
import { aContext, db } from "../../testing/scenes.ts";
import type { RootContext } from "../context.ts";
import { countStaleRegistries } from "./count-stale-registries.ts";

const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

const aRegistry = ({ organizationId }: RootContext, code: string, verifiedAt: Date | null) =>
  db.prisma.registry.create({
    data: { organizationId, code, name: code, format: {}, source: {}, maxAgeDays: 31, verifiedAt },
  });

it("counts what is older than its limit, and what was never read", async () => {
  const ctx = await aContext();
  expect(await countStaleRegistries(ctx)).toBe(0);

  await aRegistry(ctx, "fresh", ago(30.9));
  expect(await countStaleRegistries(ctx)).toBe(0);

  await aRegistry(ctx, "old", ago(31.1));
  await aRegistry(ctx, "never", null);
  expect(await countStaleRegistries(ctx)).toBe(2);
});

it("counts none of another organization", async () => {
  await aRegistry(await aContext(), "theirs", null);
  expect(await countStaleRegistries(await aContext())).toBe(0);
});

it("refuses who may not read registries", async () => {
  const ctx = await aContext({ type: "member", id: "bob", role: "agent", sellerIds: [] });
  await expect(countStaleRegistries(ctx)).rejects.toMatchObject({ code: "forbidden" });
});
