import { Scope } from "@ringfence/core/platform/access";
import { toLastDay } from "@ringfence/core/account/api-key";
import { DAY_MS } from "@ringfence/core/platform/time";
import { expect, it } from "vitest";
import { aMember } from "../../../testing/members.ts";
import { aCallablePhone } from "../../../testing/phones.ts";
import { db } from "../../../testing/scenes.ts";
import { screenCall } from "../../calling/screening/screen-call.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";
import { createApiKeyFinder } from "./find-api-key.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { limitApiKey, makeApiKey } from "./manage-api-keys.ts";

const OFFICE = "203.0.113.7";

const inDays = (days: number) => toLastDay(new Date(Date.now() + days * DAY_MS));

/** A key of an owner, which a process holds, and a call that may be placed. */
async function aHeldKey(limits: { lastDay?: string; allowedAddresses?: string[] } = {}) {
  const { ctx, of } = await anOwner();
  const { phone } = await aCallablePhone(ctx);
  const { id, key } = await makeApiKey(ctx, {
    name: "Dialer",
    reason,
    scopes: ["screen"],
    ...limits,
  });
  const findApiKey = createApiKeyFinder(db);
  const find = (address: string, mayBeHeld = false) =>
    findApiKey(`Bearer ${key}`, { address, mayBeHeld });
  await find(OFFICE, true);
  /** Screens the way the route does, with the key as it is held. */
  const screen = async (address: string) => {
    const held = await find(address, true);
    if (held === null) throw new Error("not held");
    const { verdict } = await screenCall(
      { ...ctx, ...held },
      { phone, purpose: "marketing.loans" },
    );
    return verdict;
  };
  const limit = (change: { lastDay?: string | null; allowedAddresses?: string[] }) =>
    limitApiKey(ctx, { apiKeyId: id, lastDay: null, allowedAddresses: [], ...change });
  /** Lets the key expire, as if the day were over. */
  const expire = (ago: string) =>
    db.pool.query(
      "UPDATE api_key SET expires_at = clock_timestamp() - $2::interval WHERE id = $1",
      [id, ago],
    );
  return { ctx, of, id, find, screen, limit, expire };
}

async function anOwner() {
  const of = await aMember({ role: "owner" });
  return { ctx: of.ctx, of };
}

const reason = "The dialer of the bank asks before each call.";
const refused = { code: "key-invalid" };

it("refuses an expired key on the next request, though it is held, until it gets a later day", async () => {
  const { find, screen, limit, expire } = await aHeldKey({ lastDay: inDays(1) });
  expect(await screen(OFFICE)).toBe("allow");

  await expire("1 millisecond");
  expect(await find(OFFICE)).toBeNull();
  await expect(screen(OFFICE)).rejects.toMatchObject(refused);

  await limit({ lastDay: inDays(0) });
  expect(await find(OFFICE)).not.toBeNull();
  expect(await screen(OFFICE)).toBe("allow");
});

it("refuses an address that is no longer allowed on the next request, though the key is held", async () => {
  const { find, screen, limit } = await aHeldKey();
  expect(await screen("198.51.100.7")).toBe("allow");

  await limit({ allowedAddresses: ["203.0.113.9/24", "2001:db8:7::/48", "::ffff:192.0.2.1"] });

  const allowed = [OFFICE, "203.0.113.255", "2001:db8:7:1::9", "192.0.2.1"];
  const found = await Promise.all(allowed.map((address) => find(address)));
  expect(found.map((key) => key?.actor.address)).toEqual(allowed);
  expect(await Promise.all(allowed.map(screen))).toEqual(["allow", "allow", "allow", "allow"]);

  const others = ["198.51.100.7", "203.0.114.1", "2001:db8:8::1", "192.0.2.2", ""];
  expect(await Promise.all(others.map((address) => find(address)))).toEqual(others.map(() => null));
  const outcomes = await Promise.allSettled(others.map(screen));
  expect(outcomes).toMatchObject(others.map(() => ({ status: "rejected", reason: refused })));
});

it("holds no key that came from an address that is not allowed", async () => {
  const { find } = await aHeldKey({ allowedAddresses: ["192.0.2.1"] });
  expect(await find(OFFICE, true)).toBeNull();
  expect(await find("192.0.2.1", true)).not.toBeNull();
});

it("answers requests from different addresses that share a query each for itself", async () => {
  const { find } = await aHeldKey({ allowedAddresses: [OFFICE] });
  const found = await Promise.all([find(OFFICE), find("198.51.100.7"), find(OFFICE)]);
  expect(found.map((key) => key?.actor.address ?? null)).toEqual([OFFICE, null, OFFICE]);
});

it("lists and audits the limits, each network once", async () => {
  const { ctx, id, limit } = await aHeldKey({ lastDay: "2999-12-31" });
  const readKey = async () => (await listApiKeys(ctx, { limit: 50 })).items[0];
  expect(await readKey()).toMatchObject({
    expiresAt: new Date("3000-01-01T00:00:00Z"),
    isExpired: false,
    allowedAddresses: [],
  });

  await limit({ allowedAddresses: ["203.0.113.0/24", "203.0.113.77/24", OFFICE] });

  expect(await readKey()).toMatchObject({
    expiresAt: null,
    allowedAddresses: ["203.0.113.0/24", OFFICE],
  });
  const { details } = await db.prisma.auditEntry.findFirstOrThrow({
    where: { organizationId: ctx.organizationId },
    orderBy: { id: "desc" },
  });
  expect(details).toEqual({
    apiKeyId: id,
    change: "limited",
    expiresAt: "",
    addresses: `203.0.113.0/24,${OFFICE}/32`,
  });
});

it("sets no day that is over", async () => {
  const { ctx, limit } = await aHeldKey();
  const past = { code: "invalid-field", path: "/lastDay" };
  await expect(limit({ lastDay: inDays(-1) })).rejects.toMatchObject(past);
  const old = { name: "Old", reason, scopes: [...Scope.options], lastDay: "2020-01-01" };
  await expect(makeApiKey(ctx, old)).rejects.toMatchObject(past);
});

it("is changed only by those who may do all that the key may", async () => {
  const { of, id } = await aHeldKey({ allowedAddresses: [OFFICE] });
  const developer = await aMember({ of, role: "developer" });
  const input = { apiKeyId: id, lastDay: null, allowedAddresses: [] };
  await expect(limitApiKey(developer.ctx, input)).rejects.toMatchObject({ code: "forbidden" });
  const stranger = await aMember({ role: "owner" });
  await expect(limitApiKey(stranger.ctx, input)).rejects.toMatchObject({ code: "not-found" });
});

it("warns owners 30 and 7 days before, and once a key has expired", async () => {
  const { ctx, of, limit, expire } = await aHeldKey();
  const listWarnings = async () =>
    (await listNeeds(ctx)).flatMap((need) =>
      need.kind === "keys-expiring" ? [[need.when, need.names]] : [],
    );
  await limit({ lastDay: inDays(40) });
  expect(await listWarnings()).toEqual([]);
  await limit({ lastDay: inDays(28) });
  expect(await listWarnings()).toEqual([["week", ["Dialer"]]]);
  await limit({ lastDay: inDays(5) });
  expect(await listWarnings()).toEqual([["today", ["Dialer"]]]);
  await expire("1 day");
  await makeApiKey(ctx, { name: "Reports", reason, scopes: ["screen"], lastDay: inDays(20) });
  expect(await listWarnings()).toEqual([
    ["now", ["Dialer"]],
    ["week", ["Reports"]],
  ]);
  const agent = await aMember({ of, role: "agent" });
  expect(await listNeeds(agent.ctx)).toEqual([]);
  await expire("31 days");
  expect(await listWarnings()).toEqual([["week", ["Reports"]]]);
});
