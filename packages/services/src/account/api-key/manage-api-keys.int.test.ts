import { type Actor, Scope } from "@ringfence/core/platform/access";
import { aSeller } from "@ringfence/db/testing";
import { describe, expect, it } from "vitest";
import { aContext, db } from "../../../testing/scenes.ts";
import { createApiKeyFinder } from "./find-api-key.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { makeApiKey, revokeApiKey, takeOverApiKey } from "./manage-api-keys.ts";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { changeMember, removeMember } from "../member/manage-members.ts";
import { readOptOutFeed } from "../../do-not-call/opt-out/feed.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";

describe("make api key", () => {
  const owner: Actor = { type: "member", id: "ken", role: "owner", sellerIds: [], isProven: true };

  const dialer = { name: "Dialer", scopes: ["screen", "opt-outs:write"] } as const;

  const findApiKey = createApiKeyFinder(db);

  it("makes a key that opens the organization, with its scopes", async () => {
    const ctx = await aContext(owner);

    const { id, key } = await makeApiKey(ctx, {
      reason: "It calls for us.",
      ...dialer,
      scopes: [...dialer.scopes],
    });

    expect(await findApiKey(`Bearer ${key}`)).toEqual({
      organizationId: ctx.organizationId,
      actor: { type: "key", id, scopes: dialer.scopes, address: "", secretNumber: 1 },
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
    expect((await listApiKeys(ctx, { limit: 50 })).items).toMatchObject([
      { sellerIds: [sellerId] },
    ]);
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

  it("never creates the same key twice, and audits each", async () => {
    const ctx = await aContext(owner);
    const make = async () =>
      (await makeApiKey(ctx, { reason: "It calls for us.", name: "Dialer", scopes: ["screen"] }))
        .key;

    expect(new Set(await Promise.all([make(), make(), make()])).size).toBe(3);

    const { organizationId } = ctx;
    expect(await db.prisma.auditEntry.count({ where: { organizationId } })).toBe(3);
  });

  it("is for owners and developers", async () => {
    await expect(
      makeApiKey(await aContext(), {
        reason: "It calls for us.",
        name: "Mine",
        scopes: ["screen"],
      }),
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
});

const reason = "The dialer of the bank asks before each call.";

/** Creates two owners, and a key made by the second. */
async function aMadeKey(sellers?: string[]) {
  const owner = await aMember({ role: "owner" });
  const maker = await aMember({ of: owner, role: "owner" });
  const { phone } = await aCallablePhone(owner.ctx);
  const limit = sellers && { sellers };
  const named = { name: "Dialer", reason, scopes: [...Scope.options], ...limit };
  const { id, key } = await makeApiKey(maker.ctx, named);
  const findApiKey = createApiKeyFinder(db);
  /** Finds the key the way a route does, which then holds what it found. */
  const find = async () => {
    const found = await findApiKey(`Bearer ${key}`);
    if (found === null) throw new Error("no such key");
    return found.actor;
  };
  const held = { ...owner.ctx, actor: await find() };
  const screen = () => screenCall(held, { phone, purpose: "marketing.loans" });
  return { owner, maker, id, key, find, screen };
}

it("makes no key for a member who may not do everything the key may", async () => {
  const { ctx } = await aMember({ role: "developer" });
  for (const scope of Scope.options) {
    await expect(makeApiKey(ctx, { name: "Mine", reason, scopes: [scope] })).rejects.toMatchObject({
      code: "forbidden",
      explanation: { key: "api-key.scope-not-yours" },
      path: "/scopes/0",
    });
  }
  expect(await db.prisma.apiKey.count({ where: { organizationId: ctx.organizationId } })).toBe(0);
});

it("lets an owner make a key with any scope, and records its reason", async () => {
  const { owner, find } = await aMadeKey();
  expect((await find()).scopes).toEqual(Scope.options);
  expect((await listApiKeys(owner.ctx, { limit: 50 })).items).toMatchObject([
    { maker: "Ada", reason, cutScopes: [] },
  ]);
});

it.each([
  ["auditor", ["opt-outs:write", "consents:read", "proofs:read"]],
  [
    "marketer",
    [
      "screen",
      "opt-outs:write",
      "contacts:write",
      "activities:write",
      "complaints:write",
      "scrubs",
    ],
  ],
  ["developer", ["opt-outs:write"]],
] as const)("keeps a key of one who became %s within what they may do", async (role, left) => {
  const { owner, maker, find } = await aMadeKey();
  await changeMember(owner.ctx, { memberId: maker.memberId, role, sellerIds: [] });
  const { scopes, cutScopes } = await find();
  expect(scopes).toEqual(left);
  expect(cutScopes).toEqual(Scope.options.filter((scope) => !scopes.includes(scope)));
});

it("refuses every call with a key whose maker was removed, until an owner takes the key over", async () => {
  const { owner, maker, id, key, find, screen } = await aMadeKey();
  expect((await screen()).verdict).toBe("allow");

  await removeMember(owner.ctx, maker.memberId);
  const cut = { explanation: { key: "error.key-cut" } };
  await expect(screen()).rejects.toMatchObject({ code: "key-invalid", ...cut });
  const actor = await find();
  expect(actor.scopes).toEqual(["opt-outs:write"]); // for no refusal is lost
  const findWithNewCache = createApiKeyFinder(db);
  const holdKey = () => findWithNewCache(`Bearer ${key}`, { mayBeHeld: true });
  expect(await holdKey()).toMatchObject({ actor: { scopes: ["opt-outs:write"] } });
  await expect(readOptOutFeed({ ...owner.ctx, actor }, { limit: 1 })).rejects.toMatchObject(cut);
  expect((await listApiKeys(owner.ctx, { limit: 50 })).items).toMatchObject([
    { cutScopes: Scope.options.filter((scope) => scope !== "opt-outs:write") },
  ]);

  expect(await listNeeds(owner.ctx)).toContainEqual({
    kind: "keys-cut",
    when: "now",
    names: ["Dialer"],
  });

  const developer = await aMember({ of: owner, role: "developer" });
  await expect(takeOverApiKey(developer.ctx, id)).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await aMember({ role: "owner" }); // of another organization
  await expect(takeOverApiKey(stranger.ctx, id)).rejects.toMatchObject({ code: "not-found" });

  await takeOverApiKey(owner.ctx, id);
  expect((await screen()).verdict).toBe("allow");
  expect(await holdKey()).toMatchObject({ actor: { scopes: Scope.options } });
  expect((await find()).scopes).toEqual(Scope.options);
});

it("stops a key for sellers that its maker no longer acts for", async () => {
  const { owner, maker, find, screen } = await aMadeKey();
  const bank = await aSeller(db, owner.ctx.organizationId, "bank-2");
  await changeMember(owner.ctx, { memberId: maker.memberId, role: "marketer", sellerIds: [bank] });
  expect((await find()).scopes).toEqual(["opt-outs:write"]);
  await expect(screen()).rejects.toMatchObject({ code: "key-invalid" });
});

describe("revoke api key", () => {
  const owner: Actor = { type: "member", id: "ada", role: "owner", sellerIds: [], isProven: true };

  const findApiKey = createApiKeyFinder(db);

  async function aKey() {
    const ctx = await aContext(owner);
    return {
      ctx,
      ...(await makeApiKey(ctx, {
        reason: "It calls for us.",
        name: "Dialer",
        scopes: ["screen"],
      })),
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
    await expect(revokeApiKey(await aContext(owner), id)).rejects.toThrow(
      "error.api-key-not-found",
    );
    expect(await findApiKey(`Bearer ${key}`)).not.toBeNull();
  });

  it("is not for agents", async () => {
    const { ctx, id } = await aKey();
    const actor: Actor = {
      type: "member",
      id: "bob",
      role: "agent",
      sellerIds: [],
      isProven: true,
    };
    await expect(revokeApiKey({ ...ctx, actor }, id)).rejects.toThrow("error.forbidden");
  });
});
