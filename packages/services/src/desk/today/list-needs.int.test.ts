import { randomUUID } from "node:crypto";
import type { SellerId } from "@ringfence/core/ids";
import { WithdrawConsent } from "@ringfence/core/consents/consent";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { serializePolicy } from "@ringfence/core/calling/policy";
import { aRuleOfKind } from "../../../testing/policies.ts";
import { aConsent, aContext, as, db } from "../../../testing/scenes.ts";
import { recordConsent, withdrawConsent } from "../../consents/consent/index.ts";
import type { RootContext } from "../../platform/context.ts";
import { listEndingConsents, listNeeds } from "./list-needs.ts";

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const error = { key: "run.gave-up", values: { attempts: 3 } };

async function aRegistry({ organizationId }: RootContext, name: string, ageDays: number | null) {
  const { id } = await db.prisma.registry.create({
    data: {
      organizationId,
      code: name,
      name,
      format: { reader: "us-dnc" },
      source: { kind: "folder", path: "lists" },
      maxAgeDays: 30,
      verifiedAt: ageDays === null ? null : inDays(-ageDays - 0.01),
    },
  });
  return id;
}

const aRun = (
  { organizationId }: RootContext,
  subjectId: string,
  status: "done" | "failed" | "queued",
  ended = inDays(-1),
) =>
  db.prisma.run.create({
    data: {
      organizationId,
      job: "registry.sync",
      subjectId,
      status,
      createdAt: ended,
      ...(status !== "queued" && { endedAt: ended }),
      ...(status === "failed" && { error }),
    },
  });

const ending = (ctx: RootContext, validUntil: Date, more: object = {}) =>
  recordConsent(ctx, aConsent({ validUntil, ...more }));

const listAll = async (ctx: RootContext) => [
  ...(await listNeeds(ctx)),
  ...(await listEndingConsents(ctx)),
];
const kinds = async (ctx: RootContext) => (await listAll(ctx)).map(({ kind }) => kind);

it("lists no needs if all is well", async () => {
  const ctx = await aContext();
  await aRun(ctx, await aRegistry(ctx, "fresh", 1), "done");
  await ending(ctx, inDays(30));
  expect(await listAll(ctx)).toEqual([]);
});

it("names places in policies that the law data no longer has", async () => {
  const ctx = await aContext();
  const rules = [aRuleOfKind("dialer", { places: ["US-ZZ"], dialers: ["live_agent"] })];
  const { document, hash } = serializePolicy(rules);
  await db.prisma.policy.create({
    data: {
      organizationId: ctx.organizationId,
      hash,
      document,
      inForceFrom: new Date(),
      publishedAt: new Date(),
      publishedBy: randomUUID(),
      authors: [randomUUID()],
      reason: "Before the law changed.",
    },
  });
  expect(await listNeeds(ctx)).toEqual([
    { kind: "policy-names-gone", when: "now", names: ["US-ZZ"] },
  ]);
  expect(await listNeeds(as(ctx, "agent"))).toEqual([]);
});

it("names registries that refuse calls, and those that soon will, with the last failure", async () => {
  const ctx = await aContext();
  await aRegistry(ctx, "fresh", 1);
  await aRegistry(ctx, "near", 24);
  await aRegistry(ctx, "never", null);
  const old = await aRegistry(ctx, "old", 31);
  const { endedAt } = await aRun(ctx, old, "failed");

  expect(await listNeeds(ctx)).toMatchObject([
    { kind: "registry-unread", when: "now", name: "never", failure: null },
    {
      kind: "registry-stale",
      when: "now",
      name: "old",
      ageDays: expect.closeTo(31.01),
      limitDays: 30,
      failure: { at: endedAt, error },
    },
    { kind: "registry-near", when: "week", name: "near", ageDays: expect.closeTo(24.01) },
  ]);
});

it("names a run that failed until it is tried again, or for a week", async () => {
  const ctx = await aContext();
  const registry = await aRegistry(ctx, "fresh", 1);
  await aRun(ctx, registry, "failed");
  await aRun(ctx, randomUUID(), "failed", inDays(-8));
  expect(await listNeeds(ctx)).toMatchObject([
    {
      kind: "run-failed",
      when: "today",
      job: "registry.sync",
      subject: "fresh",
      failure: { error },
    },
  ]);

  await aRun(ctx, registry, "queued");
  expect(await listNeeds(ctx)).toEqual([]);
});

it("names an edition that is held", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const registryId = await aRegistry(ctx, "fresh", 1);
  const fault = { key: "registry.held.empty", values: {} };
  await db.prisma.registryEdition.create({
    data: {
      organizationId,
      registryId,
      status: "held",
      kind: "full",
      sha256: "0",
      revision: 1,
      lines: 0,
      bytes: 0,
      listed: 0,
      added: 0,
      removed: 0,
      readAt: inDays(-1),
      fault,
    },
  });
  expect(await listNeeds(ctx)).toMatchObject([{ kind: "edition-held", name: "fresh", fault }]);
});

it("lists unreadable opt-outs first", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  await aRegistry(ctx, "never", null);
  for (const recordedAt of [inDays(-1), inDays(-2)]) {
    await db.prisma.misreadOptOut.create({
      data: { organizationId, input: "call me never", channel: "sms", recordedAt, actor: {} },
    });
  }
  const [first] = await listNeeds(ctx);
  expect(first).toMatchObject({ kind: "opt-outs-misread", when: "now", count: 2 });
});

it("counts consents that end within a week, unless something came after them", async () => {
  const ctx = await aContext();
  await aSeller(db, ctx.organizationId, "zeta");
  const first = inDays(2);
  await ending(ctx, inDays(3), { seller: "acme" });
  await ending(ctx, first, { seller: "acme" });
  await ending(ctx, inDays(6), { seller: "zeta" });
  await ending(ctx, inDays(8), { seller: "acme" });
  const prolonged = { phone: aNumber(), seller: "acme" };
  await ending(ctx, inDays(3), prolonged);
  await ending(ctx, inDays(300), { ...prolonged, obtainedAt: inDays(-1) });

  expect(await listEndingConsents(ctx)).toMatchObject([
    { kind: "consents-ending", when: "week", count: 3, first, sellers: ["Acme", "zeta"] },
  ]);
});

it("counts no consent that was withdrawn", async () => {
  const ctx = await aContext();
  const { id } = await ending(ctx, inDays(3));
  await withdrawConsent(ctx, WithdrawConsent.parse({ consent: id }));
  expect(await listEndingConsents(ctx)).toEqual([]);
});

it("shows a role what it may see, and a member of some sellers only theirs", async () => {
  const ctx = await aContext();
  const acme = await aSeller(db, ctx.organizationId);
  await aRun(ctx, await aRegistry(ctx, "never", null), "failed");
  await ending(ctx, inDays(3));
  const createAgent = (sellerId: SellerId): RootContext => ({
    ...ctx,
    actor: { type: "member", id: "bob", role: "agent", sellerIds: [sellerId] },
  });

  expect(await kinds(as(ctx, "officer"))).toEqual(["registry-unread", "consents-ending"]);
  expect(await kinds(as(ctx, "marketer"))).toEqual(["run-failed", "consents-ending"]);
  expect(await kinds(as(ctx, "developer"))).toEqual([]);
  expect(await kinds(createAgent(acme))).toEqual(["consents-ending"]);
  expect(await kinds(createAgent(await aSeller(db, ctx.organizationId, "zeta")))).toEqual([]);
});

it("lists no needs of another organization", async () => {
  const theirs = await aContext();
  await aRun(theirs, await aRegistry(theirs, "never", null), "failed");
  await ending(theirs, inDays(3));
  expect(await listNeeds(await aContext())).toEqual([]);
});

it("refuses actors that are not members", async () => {
  const ctx = await aContext({ type: "job", name: "registry.sync" });
  await expect(listNeeds(ctx)).rejects.toMatchObject({ code: "forbidden" });
});
