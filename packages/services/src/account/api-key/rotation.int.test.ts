import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { db } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { createApiKeyFinder } from "./find-api-key.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { endKeyOverlap, makeApiKey, rotateApiKey } from "./manage-api-keys.ts";

const reason = "The dialer of the bank asks before each call.";

/** A key that a process holds, and a call that may be placed. */
async function aHeldKey() {
  const owner = await aMember({ role: "owner" });
  const { ctx } = owner;
  const { phone } = await aCallablePhone(ctx);
  const { id, key } = await makeApiKey(ctx, { name: "Dialer", reason, scopes: ["screen"] });
  const findApiKey = createApiKeyFinder(db);
  /** Screens with a key as the route does, which holds it from its first use on. */
  const screen = async (with_: string) => {
    const held = await findApiKey(`Bearer ${with_}`, { mayBeHeld: true });
    if (held === null) return "unknown";
    const call = { phone, purpose: "marketing.loans" };
    return screenCall({ ...ctx, ...held }, call).then(
      ({ verdict }) => verdict,
      (error: { code?: string }) => error.code,
    );
  };
  const find = async (key: string) => (await findApiKey(`Bearer ${key}`))?.actor.id ?? null;
  const rotate = (overlapHours: number) => rotateApiKey(ctx, { apiKeyId: id, overlapHours });
  const end = () => endKeyOverlap(ctx, id);
  /** Lets the overlap end, as if its hours were over. */
  const endByTime = () =>
    db.pool.query(
      "UPDATE api_key SET previous_until = clock_timestamp() - interval '1 ms' WHERE id = $1",
      [id],
    );
  return { owner, ctx, id, key, find, screen, rotate, end, endByTime };
}

it("opens the same key with both secrets until the overlap ends, though the old one is held", async () => {
  const { id, key: old, find, screen, rotate, endByTime } = await aHeldKey();
  expect(await screen(old)).toBe("allow");

  const { key: next, previousUntil } = await rotate(24);
  expect(next).not.toBe(old);
  expect(previousUntil?.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  expect([await find(old), await find(next)]).toEqual([id, id]);
  expect([await screen(old), await screen(next)]).toEqual(["allow", "allow"]);

  await endByTime();
  expect([await find(old), await find(next)]).toEqual([null, id]);
  expect([await screen(old), await screen(next)]).toEqual(["key-invalid", "allow"]);
});

it("ends the previous secret at once, with no overlap or when the owner ends it", async () => {
  const { key: first, find, screen, rotate, end } = await aHeldKey();
  expect(await screen(first)).toBe("allow");
  const { key: second, previousUntil } = await rotate(0);
  expect(previousUntil).toBeNull();
  expect([await screen(first), await screen(second)]).toEqual(["key-invalid", "allow"]);

  const { key: third } = await rotate(168);
  expect([await screen(second), await screen(third)]).toEqual(["allow", "allow"]);
  await end();
  await end(); // changes nothing more
  expect([await screen(second), await screen(third)]).toEqual(["key-invalid", "allow"]);
  expect([await find(first), await find(second)]).toEqual([null, null]);
});

it("gives a key no third secret while two work", async () => {
  const { key: first, find, id, rotate, endByTime } = await aHeldKey();
  const { key: second } = await rotate(24);
  await expect(rotate(24)).rejects.toMatchObject({
    code: "conflict",
    explanation: { key: "api-key.overlap-runs" },
  });
  expect([await find(first), await find(second)]).toEqual([id, id]);

  await endByTime();
  const { key: third } = await rotate(1);
  expect([await find(first), await find(second), await find(third)]).toEqual([null, id, id]);
});

it("rotates once when two rotate at the same time", async () => {
  const { find, id, rotate } = await aHeldKey();
  const outcomes = await Promise.allSettled([rotate(0), rotate(0)]);
  const made = outcomes.flatMap((one) => (one.status === "fulfilled" ? one.value.key : []));
  const found = await Promise.all(made.map(find));
  expect(found.filter((one) => one === id)).toHaveLength(1);
});

it("shows how long the previous secret works, audits each step, and stores no secret", async () => {
  const { ctx, id, rotate, end } = await aHeldKey();
  const readPrevious = async () => (await listApiKeys(ctx, { limit: 50 })).items[0]?.previousUntil;
  expect(await readPrevious()).toBeNull();
  const { key, previousUntil } = await rotate(24);
  expect(await readPrevious()).toEqual(previousUntil);
  await end();
  expect(await readPrevious()).toBeNull();

  const { organizationId } = ctx;
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "api-key.change" },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ details }) => details)).toMatchObject([
    { change: "made" },
    { apiKeyId: id, change: "rotated", previousUntil: previousUntil?.toISOString() },
    { apiKeyId: id, change: "overlap-ended" },
  ]);
  const { rows } = await db.pool.query<{ row: string }>(
    "SELECT row_to_json(api_key)::text AS row FROM api_key WHERE id = $1",
    [id],
  );
  expect(rows.map(({ row }) => row).join()).not.toContain(key.split("_")[2]);
});

it("gives a new secret only to those who may do all that the key may", async () => {
  const { owner, id, end, rotate } = await aHeldKey();
  const developer = await aMember({ of: owner, role: "developer" });
  const input = { apiKeyId: id, overlapHours: 24 };
  await expect(rotateApiKey(developer.ctx, input)).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await aMember({ role: "owner" });
  await expect(rotateApiKey(stranger.ctx, input)).rejects.toMatchObject({ code: "not-found" });
  await rotate(24);
  await expect(endKeyOverlap(stranger.ctx, id)).rejects.toMatchObject({ code: "not-found" });
  await end();
});

it.each([
  ["another secret under the same number", "secret_hash = '\\x01'"],
  ["a previous secret that comes back", "previous_secret_hash = '\\x02', previous_until = now()"],
  ["a number that skips one", "secret_number = secret_number + 2, secret_hash = '\\x03'"],
  ["an earlier number", "secret_number = secret_number - 1, secret_hash = '\\x04'"],
])("has a database that refuses %s", async (_, change) => {
  const { id } = await aHeldKey();
  await expect(db.pool.query(`UPDATE api_key SET ${change} WHERE id = $1`, [id])).rejects.toThrow(
    "changes only with its number",
  );
});
