import { Scope } from "@ringfence/core/platform/access";
import { aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { db } from "../../../testing/scenes.ts";
import { changeMember } from "../member/change-member.ts";
import { removeMember } from "../member/remove-member.ts";
import { optOutFeed } from "../../do-not-call/opt-out/opt-out-feed.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";
import { apiKeysOf, listApiKeys, makeApiKey, takeOverApiKey } from "./index.ts";

const reason = "The dialer of the bank asks before each call.";

/** Creates two owners, and a key made by the second. */
async function aMadeKey(sellers?: string[]) {
  const owner = await aMember({ role: "owner" });
  const maker = await aMember({ of: owner, role: "owner" });
  const { phone } = await aCallablePhone(owner.ctx);
  const limit = sellers && { sellers };
  const named = { name: "Dialer", reason, scopes: [...Scope.options], ...limit };
  const { id, key } = await makeApiKey(maker.ctx, named);
  const findApiKey = apiKeysOf(db);
  /** Finds the key the way a route does, which then holds what it found. */
  const find = async () => {
    const found = await findApiKey(`Bearer ${key}`);
    if (found === null) throw new Error("no such key");
    return found.actor;
  };
  const held = { ...owner.ctx, actor: await find() };
  const screen = () => screenCall(held, { phone, purpose: "marketing.loans" });
  return { owner, maker, id, find, screen };
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
  expect((await listApiKeys(owner.ctx)).items).toMatchObject([
    { maker: "Ada", reason, cutScopes: [] },
  ]);
});

it.each([
  ["auditor", ["opt-outs:write", "consents:read", "proofs:read"]],
  ["marketer", ["screen", "opt-outs:write", "contacts:write", "activities:write", "scrubs"]],
  ["developer", ["opt-outs:write"]],
] as const)("keeps a key of one who became %s within what they may do", async (role, left) => {
  const { owner, maker, find } = await aMadeKey();
  await changeMember(owner.ctx, { memberId: maker.memberId, role, sellerIds: [] });
  const { scopes, cutScopes } = await find();
  expect(scopes).toEqual(left);
  expect(cutScopes).toEqual(Scope.options.filter((scope) => !scopes.includes(scope)));
});

it("refuses every call with a key whose maker was removed, until an owner takes the key over", async () => {
  const { owner, maker, id, find, screen } = await aMadeKey();
  expect((await screen()).verdict).toBe("allow");

  await removeMember(owner.ctx, maker.memberId);
  const cut = { explanation: { key: "error.key-cut" } };
  await expect(screen()).rejects.toMatchObject({ code: "key-invalid", ...cut });
  const actor = await find();
  expect(actor.scopes).toEqual(["opt-outs:write"]); // for no refusal is lost
  await expect(optOutFeed({ ...owner.ctx, actor }, { limit: 1 })).rejects.toMatchObject(cut);
  expect((await listApiKeys(owner.ctx)).items).toMatchObject([
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
  expect((await find()).scopes).toEqual(Scope.options);
});

it("stops a key for sellers that its maker no longer acts for", async () => {
  const { owner, maker, find, screen } = await aMadeKey();
  const bank = await aSeller(db, owner.ctx.organizationId, "bank-2");
  await changeMember(owner.ctx, { memberId: maker.memberId, role: "marketer", sellerIds: [bank] });
  expect((await find()).scopes).toEqual(["opt-outs:write"]);
  await expect(screen()).rejects.toMatchObject({ code: "key-invalid" });
});
