import type { Actor } from "@ringfence/core/platform/access";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { apiKeysOf } from "./find-api-key.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { makeApiKey } from "./make-api-key.ts";

const owner: Actor = { type: "member", id: "ken", role: "owner", sellerIds: [] };
const dialer = { name: "Dialer", scopes: ["screen", "opt-outs:write"] } as const;
const findApiKey = apiKeysOf(db);

it("makes a key that opens the organization, with its scopes", async () => {
  const ctx = await aContext(owner);

  const { id, key } = await makeApiKey(ctx, {
    reason: "It calls for us.",
    ...dialer,
    scopes: [...dialer.scopes],
  });

  expect(await findApiKey(`Bearer ${key}`)).toEqual({
    organizationId: ctx.organizationId,
    actor: { type: "key", id, scopes: dialer.scopes },
  });
});

it("makes a key for some sellers alone, which are there", async () => {
  const ctx = await aContext(owner);
  const sellerId = await aSeller(db, ctx.organizationId, "bank");
  await aSeller(db, ctx.organizationId, "shop");
  const { key } = await makeApiKey(ctx, {
    reason: "It calls for us.",
    name: "Dialer",
    scopes: ["screen"],
    sellers: ["bank"],
  });
  expect((await findApiKey(`Bearer ${key}`))?.actor).toMatchObject({ sellerIds: [sellerId] });
  expect((await listApiKeys(ctx)).items).toMatchObject([{ sellerIds: [sellerId] }]);
  await expect(
    makeApiKey(ctx, {
      reason: "It calls for us.",
      name: "Dialer",
      scopes: ["screen"],
      sellers: ["bank", "nobody"],
    }),
  ).rejects.toMatchObject({ code: "invalid-field", path: "/sellers/1" });
});

it("stores nothing from which the key could be had", async () => {
  const ctx = await aContext(owner);
  const { key } = await makeApiKey(ctx, {
    reason: "It calls for us.",
    name: "Dialer",
    scopes: ["screen"],
  });
  const secret = key.split("_")[2] ?? "";

  const { rows } = await db.pool.query<{ row: string }>(
    "SELECT row_to_json(api_key)::text AS row FROM api_key WHERE organization_id = $1",
    [ctx.organizationId],
  );
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(rows.map(({ row }) => row).join()).not.toContain(secret);
});

it("never makes the same key twice, and puts each on record", async () => {
  const ctx = await aContext(owner);
  const make = async () =>
    (await makeApiKey(ctx, { reason: "It calls for us.", name: "Dialer", scopes: ["screen"] })).key;

  expect(new Set(await Promise.all([make(), make(), make()])).size).toBe(3);

  const { organizationId } = ctx;
  expect(await db.prisma.auditEntry.count({ where: { organizationId } })).toBe(3);
});

it("is for owners and developers", async () => {
  await expect(
    makeApiKey(await aContext(), { reason: "It calls for us.", name: "Mine", scopes: ["screen"] }),
  ).rejects.toThrow("error.forbidden");
});

it("makes no key to another organization", async () => {
  const [mine, theirs] = [await aContext(owner), await aContext(owner)];
  const { key } = await makeApiKey(mine, {
    reason: "It calls for us.",
    name: "Dialer",
    scopes: ["screen"],
  });

  const renamed = key.replace(
    mine.organizationId.replaceAll("-", ""),
    theirs.organizationId.replaceAll("-", ""),
  );
  expect(await findApiKey(`Bearer ${renamed}`)).toBeNull();
});
