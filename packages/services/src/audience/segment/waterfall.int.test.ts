import { expect, it, onTestFinished } from "vitest";
import { waitForLockWaiter } from "../../../testing/lock-waiter.ts";
import { recordOptOut } from "../../do-not-call/opt-out/index.ts";
import { screenCall } from "../../calling/screening/index.ts";
import { aContext, as, db } from "../../../testing/scenes.ts";
import { asRefresher } from "../../../testing/segment-scene.ts";
import {
  aScreenedSegment,
  asScreener,
  toContactId,
  everybody,
  screeningsAsked,
  sixPeople,
} from "../../../testing/waterfall-scene.ts";
import { setThreshold } from "../relevance/index.ts";
import { explainPerson } from "./explain-person.ts";
import { listPeople } from "./list-people.ts";
import { requestWaterfall, readWaterfall, screenSegment } from "./waterfall.ts";
import { refreshSegment } from "./refresh.ts";
import { saveSegment } from "./save.ts";
import type { Rule } from "@ringfence/core/audience/segment";
import { aSeller } from "@ringfence/db/testing";

const ended = {
  number: 1,
  consent: 1,
  refusals: 1,
  suppressions: 1,
  registries: 0,
  law: 0,
  caps: 0,
  hours: 0,
  relevance: 0,
  callable: 2,
};

it("waits until the members are found", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await saveSegment(ctx, { name: "All", rule: everybody });
  expect(await screenSegment(asScreener(ctx), { segmentId })).toBeNull();
  expect((await readWaterfall(ctx, { segmentId })).waterfall).toBeNull();
});

it("counts each member once, at the first step that stops them, until the next screening", async () => {
  const { ctx, ada } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  const { waterfall, seller, purpose } = await readWaterfall(ctx, { segmentId });
  expect({ seller: seller.key, purpose }).toEqual({ seller: "acme", purpose: "marketing" });
  expect(waterfall).toMatchObject({ isCurrent: true, contacts: 6, counts: ended });

  await recordOptOut(as(ctx, "agent"), { phone: ada.phone, channel: "agent" });
  expect((await readWaterfall(ctx, { segmentId })).waterfall).toEqual(waterfall);
  const after = { ...ended, refusals: 2, callable: 1 };
  expect(await screenSegment(asScreener(ctx), { segmentId })).toEqual(after);
  const again = (await readWaterfall(ctx, { segmentId })).waterfall;
  expect(again?.counts).toEqual(after);
  expect(again?.at.getTime()).toBeGreaterThan(waterfall?.at.getTime() ?? 0);
});

it("saves nothing if other members are found while it screens", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  const { waterfall } = await readWaterfall(ctx, { segmentId });
  const refresh = await db.pool.connect();
  onTestFinished(() => refresh.release());
  await refresh.query("BEGIN");
  await refresh.query("UPDATE segment SET refreshed_at = clock_timestamp() WHERE id = $1", [
    segmentId,
  ]);
  const screening = screenSegment(asScreener(ctx), { segmentId });
  await waitForLockWaiter();
  await refresh.query("COMMIT");
  expect(await screening).toEqual(ended);
  expect((await readWaterfall(ctx, { segmentId })).waterfall?.at).toEqual(waterfall?.at);
});

it("allows no call by a stored result: a later opt-out counts at once", async () => {
  const { ctx, ada } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  await recordOptOut(as(ctx, "agent"), { phone: ada.phone, channel: "agent" });

  expect((await readWaterfall(ctx, { segmentId })).waterfall?.counts.callable).toBe(2);
  const verdict = await screenCall(ctx, { phone: ada.phone, purpose: "marketing" });
  expect(verdict.refusals.map(({ reason }) => reason)).toEqual(["opted-out"]);
  const contactId = toContactId(ada);
  const person = await explainPerson(ctx, { segmentId, contactId, locale: "en" });
  expect(person.place).toBe("refusals");
});

it("is queued by every refresh, for all calls screened before", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const { id: segmentId } = await aScreenedSegment(ctx);
  const usual = { organizationId, segmentId };
  expect(await screeningsAsked(ctx, segmentId)).toEqual([usual]);

  await screenSegment(asScreener(ctx), { segmentId, purpose: "survey" });
  await refreshSegment(asRefresher(ctx), segmentId);
  expect(await screeningsAsked(ctx, segmentId)).toEqual([
    usual,
    { ...usual, seller: expect.any(String), purpose: "marketing" },
    { ...usual, seller: expect.any(String), purpose: "survey" },
  ]);
});

it("is screened first for the calls that its page shows by default", async () => {
  const { ctx } = await sixPeople();
  const { organizationId } = ctx;
  const purpose = { organizationId, name: "Loans", kind: "promotional" } as const;
  await db.prisma.purpose.createMany({ data: ["a-b", "a.b"].map((key) => ({ ...purpose, key })) });
  const { id: segmentId } = await aScreenedSegment(ctx);
  expect(await readWaterfall(ctx, { segmentId })).toMatchObject({
    purpose: "a.b",
    waterfall: { isCurrent: true },
  });
});

it("screens for the given calls, and stores each separately", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  const survey = { segmentId, purpose: "survey" };
  await screenSegment(asScreener(ctx), survey);
  expect((await readWaterfall(ctx, survey)).waterfall?.counts).toMatchObject({ consent: 5 });
  expect((await readWaterfall(ctx, { segmentId })).waterfall?.counts).toEqual(ended);
});

it("is refused to members, and finds no segment of another organization", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  await expect(screenSegment(ctx, { segmentId })).rejects.toMatchObject({ code: "forbidden" });
  expect(await screenSegment(asScreener(await aContext()), { segmentId })).toBeNull();
  expect(await db.prisma.segmentWaterfall.count({ where: { segmentId } })).toBe(1);
});

it("ends callable people at relevance if their chance is low", async () => {
  const { ctx, ada } = await sixPeople();
  await setThreshold(as(ctx, "marketer"), { threshold: 1 });
  const { id: segmentId } = await aScreenedSegment(ctx);
  const counts = { ...ended, relevance: 2, callable: 0 };
  expect((await readWaterfall(ctx, { segmentId })).waterfall?.counts).toEqual(counts);

  const contactId = toContactId(ada);
  const person = await explainPerson(ctx, { segmentId, contactId, locale: "en" });
  expect(person.place).toBe("relevance");
  expect(person.heldBack).toEqual({ chance: person.score?.chance, threshold: 1 });
  // The default weights apply, because nothing is known about Ada.
  expect(person.score).toMatchObject({ isLearned: false, isBelow: true, drivers: [] });
  // Leave to call is another matter, and stays.
  expect(person.phones[0]?.place).toBe("callable");
});

it("does not hold back people who opted out of profiling, and hides those who did so since", async () => {
  const { ctx, ada } = await sixPeople();
  await setThreshold(ctx, { threshold: 1 });
  const { id: segmentId } = await aScreenedSegment(ctx);
  const names = async () => {
    const { items } = await listPeople(ctx, { segmentId, place: "relevance", limit: 50 });
    return items.map(({ name }) => name);
  };
  expect(await names()).toContain("ada");

  await recordOptOut(as(ctx, "agent"), {
    phone: ada.phone,
    channel: "agent",
    scope: { profiling: true },
  });
  expect(await names()).not.toContain("ada");
  const contactId = toContactId(ada);
  expect((await explainPerson(ctx, { segmentId, contactId, locale: "en" })).score).toBeNull();
  await screenSegment(asScreener(ctx), { segmentId });
  const { items } = await listPeople(ctx, { segmentId, place: "callable", limit: 50 });
  expect(items.map(({ name }) => name)).toContain("ada");
});

it("shows when its rule was changed since", async () => {
  const { ctx } = await sixPeople();
  const segment = await aScreenedSegment(ctx);
  const isCurrent = async () =>
    (await readWaterfall(ctx, { segmentId: segment.id })).waterfall?.isCurrent;
  expect(await isCurrent()).toBe(true);
  await saveSegment(ctx, { segment, name: "All", rule: { is: "none", of: [everybody] } });
  expect(await isCurrent()).toBe(false);
});

it("is outdated when a segment it depends on has changed", async () => {
  const { ctx } = await sixPeople();
  const inner = await saveSegment(ctx, { name: "Inner", rule: everybody });
  const { id: segmentId } = await aScreenedSegment(ctx, { is: "segment", segment: inner.id });
  const isCurrent = async () => (await readWaterfall(ctx, { segmentId })).waterfall?.isCurrent;
  expect(await isCurrent()).toBe(true);
  const rule: Rule = { is: "none", of: [everybody] };
  await saveSegment(ctx, { segment: inner, name: "Inner", rule });
  expect(await isCurrent()).toBe(false);
  // The members were refreshed but not screened again yet.
  await refreshSegment(asRefresher(ctx), segmentId);
  expect(await isCurrent()).toBe(false);
  await screenSegment(asScreener(ctx), { segmentId });
  expect(await isCurrent()).toBe(true);
});

it("refuses agents, and reads nothing of another organization", async () => {
  const { ctx } = await sixPeople();
  const { id: segmentId } = await aScreenedSegment(ctx);
  await expect(readWaterfall(as(ctx, "agent"), { segmentId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(readWaterfall(await aContext(), { segmentId })).rejects.toMatchObject({
    code: "not-found",
  });
});

it("queues one screening for these calls, however many ask", async () => {
  const ctx = await aContext();
  const { organizationId } = ctx;
  const { id: segmentId } = await saveSegment(ctx, { name: "All", rule: everybody });
  const seller = await aSeller(db, organizationId);
  const asked = { segmentId, purpose: "marketing.loans" };
  await requestWaterfall(as(ctx, "marketer"), asked);
  await requestWaterfall(ctx, asked);
  expect(await screeningsAsked(ctx, segmentId)).toEqual([{ organizationId, seller, ...asked }]);
});

it("rejects an unknown purpose, and a seller that is not the member's", async () => {
  const ctx = await aContext();
  const { id: segmentId } = await saveSegment(ctx, { name: "All", rule: everybody });
  await expect(requestWaterfall(ctx, { segmentId, purpose: "pets" })).rejects.toMatchObject({
    code: "invalid-field",
    path: "/purpose",
  });
  const own = await aSeller(db, ctx.organizationId, "own");
  const limited = { type: "member", id: "bob", role: "marketer", sellerIds: [own] } as const;
  const asked = { segmentId, seller: "acme" };
  await expect(requestWaterfall({ ...ctx, actor: limited }, asked)).rejects.toMatchObject({
    code: "forbidden",
  });
});

it("refuses agents, and queues no segment of another organization", async () => {
  const ctx = await aContext();
  const { id: segmentId } = await saveSegment(ctx, { name: "All", rule: everybody });
  await expect(requestWaterfall(as(ctx, "agent"), { segmentId })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(requestWaterfall(await aContext(), { segmentId })).rejects.toMatchObject({
    code: "not-found",
  });
  expect(await screeningsAsked(ctx, segmentId)).toEqual([]);
});
