import { sign } from "node:crypto";
import type { RequestSignature } from "@ringfence/core/account/api-key";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { aKeyPair } from "../../../testing/public-keys.ts";
import { db } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { createApiKeyFinder } from "./find-api-key.ts";
import type { KeyUse } from "./key-use.ts";
import { makeApiKey } from "./manage-api-keys.ts";
import { registerPublicKey, removePublicKey, stopRequiringSignatures } from "./public-keys.ts";
import { forgetNonces } from "./verify-signature.ts";

type Pair = ReturnType<typeof aKeyPair>;

let nonces = 0;

/** A signature of some request, as the API reads it. */
function aSignature(pair: Pair, changes: Partial<RequestSignature> = {}): RequestSignature {
  const base = Buffer.from('"@method": POST');
  const signature = sign(null, base, pair.privateKey);
  return {
    keyId: pair.thumbprint,
    nonce: `nonce-of-this-test-${++nonces}`,
    created: Math.floor(Date.now() / 1_000),
    expires: null,
    base,
    signature,
    bodyDigest: null,
    ...changes,
  };
}

/** A key that a process holds, and a call that may be placed. */
async function aHeldKey() {
  const owner = await aMember({ role: "owner" });
  const { ctx } = owner;
  const { phone } = await aCallablePhone(ctx);
  const reason = "The dialer of the bank asks before each call.";
  const { id, key } = await makeApiKey(ctx, { name: "Dialer", reason, scopes: ["screen"] });
  const uses: KeyUse[] = [];
  const findApiKey = createApiKeyFinder(db, (use) => uses.push(use));
  /** Screens as the route does, which holds the key from its first use on. */
  const screen = async (signature: RequestSignature | null = null) => {
    const held = await findApiKey(`Bearer ${key}`, { mayBeHeld: true, signature });
    if (held === null) return "unknown";
    const call = { phone, purpose: "marketing.loans" };
    return screenCall({ ...ctx, ...held }, call).then(
      ({ verdict }) => verdict,
      (error: { code?: string }) => error.code,
    );
  };
  /** Finds the key as other routes do; the message of the error if there is one. */
  const findBy =
    (finder: typeof findApiKey) =>
    async (signature: RequestSignature | null = null) =>
      finder(`Bearer ${key}`, { signature }).then(
        (found) => found?.actor.id ?? null,
        (error: { explanation?: { key: string } }) => error.explanation?.key,
      );
  const find = findBy(findApiKey);
  const findElsewhere = findBy(createApiKeyFinder(db));
  const register = async () => {
    const pair = aKeyPair();
    await registerPublicKey(ctx, { apiKeyId: id, publicKey: pair.pem });
    return pair;
  };
  const remove = ({ thumbprint }: Pair) => removePublicKey(ctx, { apiKeyId: id, thumbprint });
  return { ctx, id, find, findElsewhere, screen, register, remove, uses };
}

it("refuses the next unsigned request with a held key once signatures are required", async () => {
  const { id, find, screen, register } = await aHeldKey();
  expect([await screen(), await screen()]).toEqual(["allow", "allow"]);
  const pair = await register();
  expect([await screen(), await find()]).toEqual(["key-invalid", null]);
  expect(await screen(aSignature(pair))).toBe("allow");
  expect(await find(aSignature(pair))).toBe(id);
  expect([await screen(), await find()]).toEqual(["key-invalid", null]); // the signed ones opened nothing
});

it("ignores signatures where none is required", async () => {
  const { ctx, id, find, screen, register } = await aHeldKey();
  expect([await find(aSignature(aKeyPair())), await screen(aSignature(aKeyPair()))]).toEqual([
    id,
    "allow",
  ]);
  await register();
  await stopRequiringSignatures(ctx, id);
  expect([await find(), await screen()]).toEqual([id, "allow"]);
});

it("accepts both public keys during a change, and a removed one never again", async () => {
  const { id, find, screen, register, remove } = await aHeldKey();
  const [old, next] = [await register(), await register()];
  expect([await find(aSignature(old)), await find(aSignature(next))]).toEqual([id, id]);
  await remove(old);
  expect([await find(aSignature(old)), await find(aSignature(next))]).toEqual([null, id]);
  await remove(next);
  expect([await find(aSignature(next)), await screen(aSignature(next)), await find()]).toEqual([
    null,
    "unknown",
    null,
  ]);
});

it("refuses the public key of another API key, another signature base, and a changed signature", async () => {
  const [mine, theirs] = [await aHeldKey(), await aHeldKey()];
  const [pair, other] = [await mine.register(), await theirs.register()];
  expect(await mine.find(aSignature(pair))).toBe(mine.id);
  const { signature } = aSignature(pair);
  for (const wrong of [
    aSignature(other),
    aSignature(pair, { keyId: other.thumbprint }),
    aSignature(other, { keyId: pair.thumbprint }),
    aSignature(pair, { base: Buffer.from('"@method": GET') }),
    aSignature(pair, { signature: signature.with(0, (signature[0] ?? 0) ^ 1) }),
    aSignature(pair, { signature: new Uint8Array(64) }),
  ]) {
    expect(await mine.find(wrong)).toBeNull();
  }
});

const seconds = () => Math.floor(Date.now() / 1_000);

it("refuses a signature with a wrong time, and says so only if it verifies", async () => {
  const { id, find, register } = await aHeldKey();
  const pair = await register();
  const late = "signature.out-of-time";
  expect(await find(aSignature(pair, { created: seconds() - 290 }))).toBe(id);
  expect(await find(aSignature(pair, { created: seconds() + 290 }))).toBe(id);
  expect(await find(aSignature(pair, { expires: seconds() + 60 }))).toBe(id);
  expect(await find(aSignature(pair, { created: seconds() - 310 }))).toBe(late);
  expect(await find(aSignature(pair, { created: seconds() + 310 }))).toBe(late);
  expect(await find(aSignature(pair, { expires: seconds() - 1 }))).toBe(late);
  expect(await find(aSignature(pair, { created: 0 }))).toBe(late);
  expect(await find(aSignature(pair, { created: Number.MAX_SAFE_INTEGER }))).toBe(late);
  const forged = aSignature(aKeyPair(), { keyId: pair.thumbprint, created: 0 });
  expect(await find(forged)).toBeNull();
});

it("accepts a nonce once, even from ten simultaneous requests to two processes", async () => {
  const { ctx, id, find, findElsewhere, register, remove } = await aHeldKey();
  const pair = await register();
  const replayed = aSignature(pair);
  expect(await find(replayed)).toBe(id);
  expect(await find(replayed)).toBe("signature.nonce-used");

  const raced = aSignature(pair);
  const processes = Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? find : findElsewhere));
  const outcomes = await Promise.all(processes.map((each) => each(raced)));
  expect(outcomes.filter((outcome) => outcome === id)).toHaveLength(1);

  await remove(pair);
  await registerPublicKey(ctx, { apiKeyId: id, publicKey: pair.pem });
  expect(await find(raced)).toBe("signature.nonce-used"); // registered again, it accepts no old request
});

it("does not count a request as a use of the key if its signature was refused", async () => {
  const { find, register, uses } = await aHeldKey();
  const pair = await register();
  const used = aSignature(pair);
  await find(used);
  const count = uses.length;
  for (const refused of [null, used, aSignature(aKeyPair())]) await find(refused);
  expect(uses).toHaveLength(count);
});

it("forgets nonces only when their signatures would be refused anyway", async () => {
  const { id, find, register } = await aHeldKey();
  const pair = await register();
  const readNonces = async () =>
    (await db.prisma.signatureNonce.findMany({ where: { apiKeyId: id } })).length;
  await find(aSignature(pair, { created: seconds() - 290 }));
  await find(aSignature(pair));
  await forgetNonces(db);
  expect(await readNonces()).toBe(2);
  await db.pool.query(
    "UPDATE signature_nonce SET signed_at = signed_at - interval '80 s' WHERE api_key_id = $1",
    [id],
  );
  await forgetNonces(db);
  expect(await readNonces()).toBe(1);
});
