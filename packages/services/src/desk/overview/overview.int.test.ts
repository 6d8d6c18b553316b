import { randomUUID } from "node:crypto";
import { ListConsents } from "@ringfence/core/consents/consent";
import { ListViolations } from "@ringfence/core/calling/violation";
import { ListContactsByStep } from "@ringfence/core/desk/overview";
import { ListOptOuts } from "@ringfence/core/do-not-call/opt-out";
import { ContactId, OptOutId, SellerId } from "@ringfence/core/ids";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { refuseCalls } from "../../../testing/phones.ts";
import { recorded } from "../../../testing/opt-outs.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { aCalledPerson, allowed, called, scan } from "../../../testing/violations.ts";
import { sixPeople } from "../../../testing/waterfall-scene.ts";
import { listViolations } from "../../calling/violation/list.ts";
import { listConsents } from "../../consents/consent/list.ts";
import { recordConsent } from "../../consents/consent/record.ts";
import { listOptOuts } from "../../do-not-call/opt-out/list.ts";
import type { RootContext } from "../../platform/context.ts";
import { listContacts } from "../contact/list-contacts.ts";
import { countOverview, startDueOverviews } from "./count.ts";
import { readOverview } from "./read.ts";

const DAY = 86_400_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

const count = (ctx: RootContext) =>
  countOverview({ ...ctx, actor: { type: "job", name: "overview.count" } });

/** Names of the contacts at a step, read two at a time. */
async function listAtStep(ctx: RootContext, ended: { seller: string; step: string }) {
  const names: (string | null)[] = [];
  let after: ContactId | undefined;
  do {
    const input = ListContactsByStep.parse({ ended, after, limit: 2 });
    const { items, next } = await listContacts(ctx, input);
    names.push(...items.map(({ name }) => name));
    after = next === null ? undefined : ContactId.parse(next);
  } while (after);
  return names;
}

it("counts every contact at the step that stops it, and lists as many at each step", async () => {
  const { ctx } = await sixPeople();
  expect(await readOverview(ctx)).toMatchObject({ at: null, callable: [], consents: [] });
  await count(ctx);

  const { at, callable } = await readOverview(ctx);
  expect(at?.getTime()).toBeGreaterThan(Date.now() - 60_000);
  expect(callable).toHaveLength(1);
  const [{ seller, steps, weekAgo } = expect.fail("no seller")] = callable;
  expect(weekAgo).toBeNull();
  expect(steps).toMatchObject({ callable: 2, consent: 1, refusals: 1, suppressions: 1, number: 1 });
  const listed: Record<string, string[]> = {};
  for (const [step, contacts] of Object.entries(steps)) {
    const names = await listAtStep(ctx, { seller: seller.key, step });
    expect(names).toHaveLength(contacts);
    if (contacts > 0) listed[step] = names.map(String).toSorted((a, b) => a.localeCompare(b));
  }
  expect(listed).toEqual({
    callable: ["ada", "bo"],
    consent: ["cy"],
    refusals: ["di"],
    suppressions: ["ed"],
    number: ["flo"],
  });
});

it("counts again what changed, and compares with a week ago", async () => {
  const { ctx, ada } = await sixPeople();
  const { organizationId } = ctx;
  await count(ctx);
  const week = new Date(Math.floor(Date.now() / DAY - 7) * DAY);
  await db.prisma.overviewCount.updateMany({ where: { organizationId }, data: { day: week } });
  await refuseCalls(ctx, ada.phoneId);
  await count(ctx);

  const [shown] = (await readOverview(ctx)).callable;
  expect(shown).toMatchObject({
    steps: { callable: 1, refusals: 2 },
    weekAgo: { callable: 2, refusals: 1 },
  });
  const seller = shown?.seller.key ?? "";
  expect(await listAtStep(ctx, { seller, step: "callable" })).toEqual(["bo"]);
});

it("counts consents by source and strength, and lists as many", async () => {
  const ctx = await aContext();
  await recordConsent(ctx, aConsent({ phone: aNumber() }));
  const other = await recordConsent(ctx, aConsent({ phone: aNumber() }));
  const given = await db.prisma.consentEvent.findFirstOrThrow({ where: { consentId: other.id } });
  const { id: _, mac: __, ...row } = given;
  await db.prisma.consentEvent.create({
    data: { ...row, actor: {}, type: "invalidated", recordedAt: new Date() },
  });
  await db.prisma.consentEvent.create({
    data: {
      ...row,
      consentId: randomUUID(),
      actor: {},
      at: hoursAgo(1),
      source: "paper",
      elements: [],
    },
  });
  await count(ctx);

  const { consents } = await readOverview(ctx);
  expect(consents).toHaveLength(2);
  for (const { source, consents: all, weak } of consents) {
    const list = async (strength: string) => {
      const { items, next } = await listConsents(ctx, ListConsents.parse({ source, strength }));
      expect(next).toBeNull();
      return items.length;
    };
    expect(await list("weak")).toBe(weak);
    expect(await list("sound")).toBe(all - weak);
  }
  expect(consents.find(({ source }) => source === "paper")).toMatchObject({ consents: 1, weak: 1 });
  expect(consents.reduce((sum, { weak }) => sum + weak, 0)).toBeGreaterThanOrEqual(2);
  const elsewhere = await listConsents(await aContext(), ListConsents.parse({ strength: "weak" }));
  expect(elsewhere.items).toEqual([]);
});

it("counts opt-outs by the campaign and dialer of the call before them, and lists as many", async () => {
  const { ctx, phone, phoneId } = await aCalledPerson();
  const second = await aCalledPerson(ctx);
  const at = hoursAgo(3);
  await called(
    ctx,
    phone,
    { at: hoursAgo(30), campaign: "autumn" },
    { at, campaign: "spring", dialer: "predictive" },
  );
  await called(ctx, second.phone, { at, campaign: "spring" }, { at: hoursAgo(50) });
  await refuseCalls(ctx, phoneId, hoursAgo(2));
  await recorded(ctx, { phone: aNumber(), channel: "web" }); // after no call
  await count(ctx);

  const { campaigns, dialers, refusalsFrom, at: until } = await readOverview(ctx);
  expect(campaigns).toEqual([
    { key: "spring", name: "spring", calls: 2, refused: 1 },
    { key: "", name: "", calls: 1, refused: 0 },
    { key: "autumn", name: "autumn", calls: 1, refused: 0 },
  ]);
  expect(dialers).toEqual([
    { name: "predictive", calls: 1, refused: 1 },
    { name: "", calls: 3, refused: 0 },
  ]);
  const list = async (filters: object) => {
    const span = { from: refusalsFrom, until };
    return (await listOptOuts(ctx, ListOptOuts.parse({ ...span, ...filters }))).items;
  };
  for (const { key, refused } of campaigns) {
    expect(await list({ campaign: key })).toHaveLength(refused);
  }
  for (const { name, refused } of dialers) {
    expect(await list({ dialer: name })).toHaveLength(refused);
  }
  const [listed] = await list({ campaign: "spring", dialer: "predictive" });
  expect(listed).toMatchObject({ phone });
  const after = OptOutId.parse(listed?.id);
  expect(await list({ campaign: "spring", after })).toEqual([]);
  const stranger = await aContext();
  const seen = await listOptOuts(stranger, ListOptOuts.parse({ campaign: "spring" }));
  expect(seen.items).toEqual([]);
});

it("counts calls without permission by how they were placed, and lists as many", async () => {
  const { ctx, phone, phoneId, ...who } = await aCalledPerson();
  await allowed(ctx, { phoneId, ...who }, hoursAgo(30));
  await called(ctx, phone, hoursAgo(20)); // long after its permit
  await allowed(ctx, { phoneId, ...who }, hoursAgo(5), "refuse");
  await called(ctx, phone, hoursAgo(4));
  await scan(ctx);

  const { bypasses, bypassesFrom: from } = await readOverview(ctx);
  expect(bypasses).toEqual([
    { cause: "refused-by-gate", count: 1, before: 0 },
    { cause: "permit-expired", count: 1, before: 0 },
    { cause: "without-permit", count: 0, before: 0 },
  ]);
  for (const { cause, count } of bypasses) {
    const input = ListViolations.parse({ status: "all", cause, from });
    expect((await listViolations(ctx, input)).count).toBe(count);
  }
});

it("shows members of a seller the figures of their seller only", async () => {
  const { ctx, phone, phoneId } = await aCalledPerson();
  const { organizationId } = ctx;
  const bank = SellerId.parse(await aSeller(db, organizationId, "bank"));
  await called(ctx, phone, { at: hoursAgo(3), campaign: "spring", seller: "acme" });
  await refuseCalls(ctx, phoneId, hoursAgo(2));
  await scan(ctx);
  await count(ctx);
  const marketer: RootContext = {
    ...ctx,
    actor: { type: "member", id: "bob", role: "marketer", sellerIds: [bank] },
  };

  const all = await readOverview(ctx);
  expect(all.callable.map(({ seller }) => seller.key).toSorted()).toEqual(["acme", "bank"]);
  expect(all.campaigns).toMatchObject([{ key: "spring", calls: 1, refused: 1 }]);
  expect(all.bypasses).toContainEqual({ cause: "without-permit", count: 1, before: 0 });

  const theirs = await readOverview(marketer);
  expect(theirs.callable.map(({ seller }) => seller.key)).toEqual(["bank"]);
  expect(theirs).toMatchObject({ campaigns: [], dialers: [], consents: [] });
  expect(theirs.bypasses.reduce((sum, { count: calls }) => sum + calls, 0)).toBe(0);

  const at = (seller: string) =>
    listContacts(marketer, ListContactsByStep.parse({ ended: { seller, step: "consent" } }));
  expect((await at("bank")).items).toHaveLength(1);
  await expect(at("acme")).rejects.toMatchObject({ code: "forbidden" });
  await expect(at("nobody")).rejects.toMatchObject({ code: "invalid-field" });
});

it("shows nothing of another organization, and refuses other roles", async () => {
  const { ctx } = await sixPeople();
  await count(ctx);
  const other = await aContext();
  await aSeller(db, other.organizationId, "acme");
  expect(await readOverview(other)).toMatchObject({ at: null, callable: [], campaigns: [] });
  expect(await listAtStep(other, { seller: "acme", step: "callable" })).toEqual([]);
  for (const role of ["agent", "developer"] as const) {
    await expect(readOverview(as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(countOverview(ctx)).rejects.toMatchObject({ code: "forbidden" });
});

it("queues a count each hour, and less often if it takes long", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const key = `overview.count ${organizationId}`;
  const isQueued = async () => {
    await startDueOverviews(db);
    const { rows } = await db.pool.query(
      "SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs WHERE key = $1 HAVING count(*) > 0",
      [key],
    );
    return rows.length > 0;
  };
  expect(await isQueued()).toBe(true);
  await count(ctx);
  expect(await isQueued()).toBe(false);
  const wasAt = (minutes: number, tookMs: number) =>
    db.pool.query(
      `UPDATE overview_count SET took_ms = $3, at = clock_timestamp() - make_interval(mins => $2)
       WHERE organization_id = $1`,
      [organizationId, minutes, tookMs],
    );
  await wasAt(61, 1_000);
  expect(await isQueued()).toBe(true);
  await wasAt(61, 60_000);
  expect(await isQueued()).toBe(false);
  await wasAt(101, 60_000);
  expect(await isQueued()).toBe(true);
});

it("queues no count while one runs, unless its worker was killed", async () => {
  const { ctx } = await sixPeople();
  const key = `overview.count ${ctx.organizationId}`;
  const runningSince = async (minutes: number) => {
    await db.pool.query(
      `UPDATE graphile_worker._private_jobs
       SET locked_by = 'worker', locked_at = clock_timestamp() - make_interval(mins => $2) WHERE key = $1`,
      [key, minutes],
    );
    await startDueOverviews(db);
    const { rows } = await db.pool.query(
      "SELECT locked_at IS NULL AS waits FROM graphile_worker.jobs WHERE key = $1",
      [key],
    );
    return rows;
  };
  await startDueOverviews(db);
  expect(await runningSince(6)).toEqual([{ waits: false }]);
  expect(await runningSince(16)).toEqual([{ waits: true }]);
});

it("leaves out people who were erased since, and still lists all others", async () => {
  const { ctx } = await sixPeople();
  await count(ctx);
  const [{ seller } = expect.fail("no seller")] = (await readOverview(ctx)).callable;
  const ended = { seller: seller.key, step: "callable" };
  expect(await listAtStep(ctx, ended)).toEqual(["bo", "ada"]);
  await db.prisma.contact.updateMany({
    where: { organizationId: ctx.organizationId, name: "bo" },
    data: { erasedAt: new Date(), name: null },
  });
  const { items } = await listContacts(ctx, ListContactsByStep.parse({ ended, limit: 1 }));
  expect(items).toMatchObject([{ name: "ada" }]);
});
