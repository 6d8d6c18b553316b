import type { Actor } from "@ringfence/core/platform/access";
import { expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { apiKeysOf } from "./find-api-key.ts";
import { makeApiKey } from "./make-api-key.ts";
import { revokeApiKey } from "./revoke-api-key.ts";

const owner: Actor = { type: "member", id: "ada", role: "owner", sellerIds: [] };
const findApiKey = apiKeysOf(db);

async function aKey() {
  const ctx = await aContext(owner);
  return {
    ctx,
    ...(await makeApiKey(ctx, { reason: "It calls for us.", name: "Dialer", scopes: ["screen"] })),
  };
}

it("ends a key at once", async () => {
  const { ctx, id, key } = await aKey();
  expect(await findApiKey(`Bearer ${key}`)).not.toBeNull();

  await revokeApiKey(ctx, id);

  expect(await findApiKey(`Bearer ${key}`)).toBeNull();
});

it("may be repeated: the first time stands", async () => {
  const { ctx, id } = await aKey();
  const { organizationId } = ctx;
  const readRevokedAt = async () =>
    (await db.prisma.apiKey.findFirstOrThrow({ where: { organizationId, id } })).revokedAt;

  await Promise.all([revokeApiKey(ctx, id), revokeApiKey(ctx, id)]);
  const first = await readRevokedAt();
  await revokeApiKey(ctx, id);

  expect(first).not.toBeNull();
  expect(await readRevokedAt()).toEqual(first);
  const made = { organizationId, details: { path: ["change"], equals: "revoked" } };
  expect(await db.prisma.auditEntry.count({ where: made })).toBe(1);
});

it("does not find the key of another organization", async () => {
  const { id, key } = await aKey();
  await expect(revokeApiKey(await aContext(owner), id)).rejects.toThrow("error.api-key-not-found");
  expect(await findApiKey(`Bearer ${key}`)).not.toBeNull();
});

it("is not for agents", async () => {
  const { ctx, id } = await aKey();
  const actor: Actor = { type: "member", id: "bob", role: "agent", sellerIds: [] };
  await expect(revokeApiKey({ ...ctx, actor }, id)).rejects.toThrow("error.forbidden");
});
