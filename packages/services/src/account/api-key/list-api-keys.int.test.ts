import type { Actor } from "@ringfence/core/platform/access";
import { expect, it } from "vitest";
import { aContext } from "../../../testing/scenes.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { makeApiKey, revokeApiKey } from "./manage-api-keys.ts";

const owner: Actor = { type: "member", id: "ada", role: "owner", sellerIds: [], isProven: true };

async function keysNamed(...names: string[]) {
  const ctx = await aContext(owner);
  for (const name of names)
    await makeApiKey(ctx, { reason: "It calls for us.", name, scopes: ["screen"] });
  return ctx;
}

it("lists the newest first, page by page", async () => {
  const ctx = await keysNamed("first", "second", "third");

  const page = await listApiKeys(ctx, { limit: 2 });
  expect(page.items.map(({ name }) => name)).toEqual(["third", "second"]);

  const rest = await listApiKeys(ctx, { limit: 2, after: page.next ?? undefined });
  expect(rest.items.map(({ name }) => name)).toEqual(["first"]);
  expect(rest.next).toBeNull();
});

it("shows what was revoked, and no secret", async () => {
  const ctx = await keysNamed("Dialer");
  const [key] = (await listApiKeys(ctx, { limit: 50 })).items;
  if (key) await revokeApiKey(ctx, key.id);

  const { items } = await listApiKeys(ctx, { limit: 50 });

  expect(items).toMatchObject([{ name: "Dialer", scopes: ["screen"] }]);
  expect(items[0]?.revokedAt).toBeInstanceOf(Date);
  expect(Object.keys(items[0] ?? {})).not.toContain("secretHash");
});

it("does not list the keys of another organization", async () => {
  await keysNamed("theirs");
  expect((await listApiKeys(await aContext(owner), { limit: 50 })).items).toEqual([]);
});

it("is not for marketers", async () => {
  const actor: Actor = {
    type: "member",
    id: "bob",
    role: "marketer",
    sellerIds: [],
    isProven: true,
  };
  await expect(listApiKeys(await aContext(actor), { limit: 50 })).rejects.toThrow(
    "error.forbidden",
  );
});
