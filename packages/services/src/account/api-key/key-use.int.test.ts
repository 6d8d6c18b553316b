import type { Db } from "@ringfence/db";
import { expect, it, vi } from "vitest";
import type { RootContext } from "../../platform/internal.ts";
import { aMember } from "../../../testing/members.ts";
import { db } from "../../../testing/scenes.ts";
import { listNeeds } from "../../desk/today/list-needs.ts";
import { createApiKeyFinder } from "./find-api-key.ts";
import { createKeyUseLog } from "./key-use.ts";
import { listApiKeys } from "./list-api-keys.ts";
import { limitApiKey, makeApiKey } from "./manage-api-keys.ts";
import { announceKeyNetworks, confirmKeyNetworks, sendKeyAlarm } from "./new-networks.ts";

const OFFICE = "203.0.113.7";
const reason = "The dialer of the bank asks before each call.";

const failTest = (error: unknown) => {
  throw error;
};

/** The database, and what happens before each of its transactions. */
const withTransactions = (before: () => void): Db => ({
  ...db,
  prisma: new Proxy(db.prisma, {
    get: (target, name) =>
      name === "$transaction"
        ? async (...args: unknown[]) => {
            before();
            return Reflect.apply(target.$transaction, target, args);
          }
        : Reflect.get(target, name),
  }),
});

/** A key, and a process that uses it and notes each use. */
async function aUsedKey(beforeTransaction = () => {}) {
  const owner = await aMember({ role: "owner" });
  const { ctx } = owner;
  const { id, key } = await makeApiKey(ctx, { name: "Dialer", reason, scopes: ["screen"] });
  const log = createKeyUseLog(withTransactions(beforeTransaction), {
    now: () => performance.now(),
    report: failTest,
  });
  const findApiKey = createApiKeyFinder(db, log.note);
  /** Uses the key from these addresses, and writes that down. */
  const use = async (...addresses: string[]) => {
    for (const address of addresses)
      await findApiKey(`Bearer ${key}`, { address, mayBeHeld: true });
    await log.flush();
  };
  const read = async () => {
    const [item] = (await listApiKeys(ctx, { limit: 50 })).items;
    if (item === undefined) throw new Error("no key");
    return item;
  };
  return { owner, ctx, id, key, log, findApiKey, use, read };
}

const asJob = (ctx: RootContext, name: string): RootContext => ({
  ...ctx,
  actor: { type: "job", name },
});
const announce = (ctx: RootContext) => announceKeyNetworks(asJob(ctx, "api-key.new-network"));

/** Queued jobs of an organization with this name. */
async function countJobs({ organizationId }: RootContext, name: string) {
  const { rows } = await db.pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM graphile_worker._private_jobs AS jobs
     JOIN graphile_worker._private_tasks AS tasks ON tasks.id = task_id
     WHERE identifier = $1 AND payload ->> 'organizationId' = $2`,
    [name, organizationId],
  );
  return rows[0]?.count;
}

it("shows when and from where a key was last used", async () => {
  const { ctx, read, use } = await aUsedKey();
  expect(await read()).toMatchObject({ lastUse: null, isIdle: false, newNetworks: [] });
  await use(OFFICE);
  const { lastUse } = await read();
  expect(lastUse).toEqual({ at: expect.any(Date), network: OFFICE });
  expect(Math.abs(Date.now() - (lastUse?.at.getTime() ?? 0))).toBeLessThan(60_000);

  await use("2001:db8:7:1::9");
  expect((await read()).lastUse?.network).toBe("2001:db8:7:1::/64");
  const { organizationId } = ctx;
  expect(await db.prisma.apiKeyNetwork.count({ where: { organizationId } })).toBe(2);
});

it("writes many requests from one address by one statement, and nothing without requests", async () => {
  const transaction = vi.fn();
  const { use, log } = await aUsedKey(transaction);
  await use(...Array.from({ length: 200 }, () => OFFICE));
  await log.flush();
  expect(transaction).toHaveBeenCalledTimes(1);
});

it("loses no use when it stops, even if the database was away before", async () => {
  let isAway = true;
  const { key, read, log, findApiKey } = await aUsedKey(() => {
    if (isAway) throw new Error("away");
  });
  await findApiKey(`Bearer ${key}`, { address: OFFICE });
  await expect(log.flush()).rejects.toThrow("away");
  isAway = false;
  expect((await read()).lastUse).toBeNull();

  await log.close();
  expect((await read()).lastUse?.network).toBe(OFFICE);
});

it("marks a key that was not used for 90 days", async () => {
  const { ctx, read, use } = await aUsedKey();
  await use(OFFICE);
  const { organizationId } = ctx;
  const age = (days: number) =>
    db.pool.query(
      `UPDATE api_key_network SET last_at = clock_timestamp() - make_interval(days => $2)
       WHERE organization_id = $1`,
      [organizationId, days],
    );
  await age(89);
  expect(await read()).toMatchObject({ isIdle: false });
  await age(91);
  expect(await read()).toMatchObject({ isIdle: true });
});

it("alarms owners of a new network of a key that had been used, once, until they confirm it", async () => {
  const { owner, ctx, id, read, use } = await aUsedKey();
  await use(OFFICE, "192.0.2.1"); // the first networks of a key alarm nobody
  expect(await countJobs(ctx, "api-key.new-network")).toBe(0);
  await use(OFFICE);
  expect(await countJobs(ctx, "api-key.new-network")).toBe(0);

  await use("198.51.100.7", "198.51.100.7", OFFICE);
  expect(await countJobs(ctx, "api-key.new-network")).toBe(1);
  expect((await read()).newNetworks).toEqual(["198.51.100.7"]);
  await announce(ctx);
  await announce(ctx);
  expect(await countJobs(ctx, "api-key-alarm.send")).toBe(1);
  const { organizationId } = ctx;
  const audited = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "api-key.watch" },
  });
  expect(audited.map(({ details }) => details)).toEqual([
    { apiKeyId: id, change: "new-network", networks: "198.51.100.7", count: 1 },
  ]);
  const needs = async () => (await listNeeds(ctx)).map(({ kind }) => kind);
  expect(await needs()).toEqual(["keys-new-network"]);

  const email = vi.fn(async () => {});
  const messageSender = { email, sms: email } as never;
  await sendKeyAlarm(
    { ...asJob(ctx, "api-key-alarm.send"), messageSender, publicUrl: "https://rf.example" },
    { apiKeyId: id, memberId: owner.memberId },
  );
  expect(email).toHaveBeenCalledExactlyOnceWith({
    to: owner.signIn.email,
    subject: "Ringfence: the API key “Dialer” was used from a new network",
    text: expect.stringContaining("https://rf.example/keys"),
  });

  await confirmKeyNetworks(ctx, { apiKeyId: id, networks: ["198.51.100.7"] });
  expect(await needs()).toEqual([]);
  await use("198.51.100.7");
  await announce(ctx);
  expect(await needs()).toEqual([]);
});

it("mails nobody whose access the identity provider has ended", async () => {
  const { owner, ctx, id, use } = await aUsedKey();
  await use(OFFICE);
  await db.prisma.member.updateMany({
    where: { organizationId: ctx.organizationId, id: owner.memberId },
    data: { accessEndedAt: new Date() },
  });
  await use("198.51.100.7");
  await announce(ctx);
  expect(await countJobs(ctx, "api-key-alarm.send")).toBe(0);

  // Nor by a job that was queued before.
  const email = vi.fn(async () => {});
  const messageSender = { email, sms: email } as never;
  await sendKeyAlarm(
    { ...asJob(ctx, "api-key-alarm.send"), messageSender, publicUrl: "https://rf.example" },
    { apiKeyId: id, memberId: owner.memberId },
  );
  expect(email).not.toHaveBeenCalled();
});

it("confirms the networks that a member has seen, and no others", async () => {
  const { ctx, id, read, use } = await aUsedKey();
  await use(OFFICE);
  await use("198.51.100.7");
  const { newNetworks } = await read();
  await use("192.0.2.66");

  await confirmKeyNetworks(ctx, { apiKeyId: id, networks: newNetworks });
  expect((await read()).newNetworks).toEqual(["192.0.2.66"]);
});

it("sends one mail a day however many networks a key is used from, and audits all", async () => {
  const { ctx, id, use } = await aUsedKey();
  await use(OFFICE);
  await use("198.51.100.1");
  await announce(ctx);
  await use(...Array.from({ length: 60 }, (_, index) => `198.51.100.${index + 2}`));
  await announce(ctx);
  expect(await countJobs(ctx, "api-key-alarm.send")).toBe(1);
  const { organizationId } = ctx;
  const entries = await db.prisma.auditEntry.findMany({
    where: { organizationId, action: "api-key.watch" },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ details }) => details)).toMatchObject([{ count: 1 }, { count: 60 }]);

  // A day later, there is another mail. (The first is replaced here, because no worker has sent it.)
  await db.pool.query(
    "UPDATE api_key SET alarmed_at = alarmed_at - interval '25 hours' WHERE id = $1",
    [id],
  );
  await use("192.0.2.99");
  await announce(ctx);
  const { alarmedAt } = await db.prisma.apiKey.findFirstOrThrow({ where: { organizationId, id } });
  expect(Date.now() - (alarmedAt?.getTime() ?? 0)).toBeLessThan(60_000);
});

it("records no use that was refused, though the process held the key", async () => {
  const { ctx, id, read, use } = await aUsedKey();
  await use(OFFICE);
  await limitApiKey(ctx, { apiKeyId: id, lastDay: null, allowedAddresses: [OFFICE] });
  await use("198.51.100.7");
  expect(await read()).toMatchObject({ lastUse: { network: OFFICE }, newNetworks: [] });
});
