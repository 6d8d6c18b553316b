import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aKeyPair } from "../../../testing/public-keys.ts";
import { db } from "../../../testing/scenes.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { makeApiKey, revokeApiKey } from "./manage-api-keys.ts";
import { registerPublicKey, removePublicKey, stopRequiringSignatures } from "./public-keys.ts";

async function aScene() {
  const owner = await aMember({ role: "owner" });
  const { ctx } = owner;
  const reason = "The dialer of the bank asks before each call.";
  const { id: apiKeyId } = await makeApiKey(ctx, { name: "Dialer", reason, scopes: ["screen"] });
  const register = (publicKey = aKeyPair().pem) => registerPublicKey(ctx, { apiKeyId, publicKey });
  const remove = (thumbprint: string) => removePublicKey(ctx, { apiKeyId, thumbprint });
  const list = async () => {
    const [key] = (await listApiKeys(ctx, { limit: 50 })).items;
    return {
      isSigned: (key?.signedSince ?? null) !== null,
      thumbprints: key?.publicKeys.map(({ thumbprint }) => thumbprint),
    };
  };
  return { owner, ctx, apiKeyId, register, remove, list };
}

it("requires signatures from the first public key on, even after all are removed", async () => {
  const { ctx, apiKeyId, register, remove, list } = await aScene();
  expect(await list()).toEqual({ isSigned: false, thumbprints: [] });
  const pair = aKeyPair();
  const { thumbprint } = await register(pair.pem);
  expect(thumbprint).toBe(pair.thumbprint);
  expect(await list()).toEqual({ isSigned: true, thumbprints: [thumbprint] });

  await remove(thumbprint);
  await remove(thumbprint); // changes nothing more
  expect(await list()).toEqual({ isSigned: true, thumbprints: [] });
  await register(pair.pem);
  expect(await list()).toEqual({ isSigned: true, thumbprints: [thumbprint] });

  await stopRequiringSignatures(ctx, apiKeyId);
  await stopRequiringSignatures(ctx, apiKeyId); // changes nothing more
  expect(await list()).toEqual({ isSigned: false, thumbprints: [] });
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId: ctx.organizationId, action: "api-key.change" },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ details }) => details)).toMatchObject([
    { change: "made" },
    { apiKeyId, change: "public-key-registered", thumbprint },
    { apiKeyId, change: "public-key-removed", thumbprint },
    { apiKeyId, change: "public-key-registered", thumbprint },
    { apiKeyId, change: "signatures-not-required" },
  ]);
});

it("allows two public keys during a change, but no third and no duplicate", async () => {
  const { register, remove, list } = await aScene();
  const { pem, thumbprint } = aKeyPair();
  await register(pem);
  await expect(register(pem)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "public-key.registered" },
  });
  const second = await register();
  const third = { code: "conflict", explanation: { key: "public-key.two" } };
  await expect(register()).rejects.toMatchObject(third);
  await remove(thumbprint);
  const next = await register();
  expect(await list()).toEqual({
    isSigned: true,
    thumbprints: [second.thumbprint, next.thumbprint],
  });
});

it("registers two of three public keys that arrive at the same time", async () => {
  const { register, list } = await aScene();
  const outcomes = await Promise.allSettled([register(), register(), register()]);
  const registered = outcomes.flatMap((one) =>
    one.status === "fulfilled" ? one.value.thumbprint : [],
  );
  expect(registered).toHaveLength(2);
  expect((await list()).thumbprints?.toSorted()).toEqual(registered.toSorted());
});

it.each([
  [
    "a private key",
    "private",
    () => String(aKeyPair().privateKey.export({ type: "pkcs8", format: "pem" })),
  ],
  ["a text that is no key", "unreadable", () => "our key"],
])("refuses %s, and requires no signatures then", async (_, fault, text) => {
  const { register, list } = await aScene();
  await expect(register(text())).rejects.toMatchObject({
    code: "invalid-field",
    path: "/publicKey",
    explanation: { key: `public-key.${fault}` },
  });
  expect(await list()).toEqual({ isSigned: false, thumbprints: [] });
});

it("lets only members change public keys who may grant all of the key's scopes and have proved who they are", async () => {
  const { owner, ctx, apiKeyId, register } = await aScene();
  const { thumbprint } = await register();
  const developer = await aMember({ of: owner, role: "developer" });
  const unproven = { ...ctx, actor: { ...owner.ctx.actor, isProven: false } };
  const stranger = await aMember({ role: "owner" });
  for (const [who, code] of [
    [developer.ctx, "forbidden"],
    [unproven, "proof-needed"],
    [stranger.ctx, "not-found"],
  ] as const) {
    const publicKey = aKeyPair().pem;
    await expect(registerPublicKey(who, { apiKeyId, publicKey })).rejects.toMatchObject({ code });
    await expect(removePublicKey(who, { apiKeyId, thumbprint })).rejects.toMatchObject({ code });
    await expect(stopRequiringSignatures(who, apiKeyId)).rejects.toMatchObject({ code });
  }
  await revokeApiKey(ctx, apiKeyId);
  await expect(register()).rejects.toMatchObject({ code: "not-found" });
});

it.each([
  ["another key under the same thumbprint", "UPDATE api_key_public_key SET x = 'other'"],
  ["a public key that is deleted", "DELETE FROM api_key_public_key"],
])("has a database that refuses %s", async (_, change) => {
  const { apiKeyId, register } = await aScene();
  await register();
  const changed = db.pool.query(`${change} WHERE api_key_id = $1`, [apiKeyId]);
  await expect(changed).rejects.toThrow("append-only");
});
