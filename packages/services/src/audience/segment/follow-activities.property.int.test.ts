import { SegmentId } from "@ringfence/core/ids";
import {
  type KnownSegments,
  type Rule,
  canFollowActivities,
  listOrdinals,
} from "@ringfence/core/audience/segment";
import { aPerson, aRule, segmentNow } from "@ringfence/core/testing/segments";
import fc from "fast-check";
import { expect, it } from "vitest";
import { atSegmentNow, keepPeople } from "../../../testing/segments.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import { asRefresher } from "../../../testing/segment-scene.ts";
import { insertActivities } from "../../people/activity/record-activities.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { openColumnStore } from "./columns/store.ts";
import { byDatabase, loadTouchedPeople, updateMembership } from "./follow-activities.ts";
import { refreshSegment } from "./refresh.ts";

const WORLDS = 3;
const RULES = 60;

/** Later than everything that was recorded before the columns were loaded, whatever today's date is. */
const later = new Date("2999-01-01T00:00:00Z");
const fail = (error: unknown) => {
  throw error;
};

const none: KnownSegments = new Map();
const canFollow = (rule: Rule) =>
  !JSON.stringify(rule).includes('"segment"') && canFollowActivities(rule, none);

/** Loads the members of segments, in their order. */
async function loadMembers({ db, organizationId }: TransactionContext, ids: readonly SegmentId[]) {
  const sizes = await db.segment.findMany({ where: { organizationId, id: { in: [...ids] } } });
  const blocks = await db.segmentBlock.findMany({
    where: { organizationId, segmentId: { in: [...ids] } },
  });
  return ids.map((segmentId) => ({
    size: sizes.find(({ id }) => id === segmentId)?.size ?? fail(new Error("no such segment")),
    members: blocks
      .filter((block) => block.segmentId === segmentId)
      .flatMap(({ block, bits }) => [...listOrdinals(block, bits)]),
  }));
}

async function keepRules({ db, organizationId }: TransactionContext, rules: readonly Rule[]) {
  const ids: SegmentId[] = [];
  for (const [index, rule] of rules.entries()) {
    const made = { name: `s${index}`, version: 1, createdAt: segmentNow };
    const { id } = await db.segment.create({ data: { organizationId, ...made } });
    const version = { number: 1, at: segmentNow, actor: {} };
    const kept: object = rule;
    await db.segmentVersion.create({
      data: { organizationId, segmentId: id, ...version, rule: kept },
    });
    ids.push(SegmentId.parse(id));
  }
  return ids;
}

it(`finds for some people what a full refresh finds, in columns and in the database: ${WORLDS * RULES} rules`, async () => {
  const told = { all: 0, moved: 0 };
  for (let seed = 1; seed <= WORLDS; seed++) {
    const root = asRefresher(await aContext());
    const people = await keepPeople(root, fc.sample(aPerson, { seed, numRuns: 40 }));
    const columns = openColumnStore(db, { minPeople: 1, onError: fail });
    await columns.load(root.organizationId);
    const rules = fc.sample(aRule.filter(canFollow), { seed, numRuns: RULES });
    // A third of them do what others did.
    const touched = people.filter((_, index) => index % 3 === 0);
    const others = fc.sample(aPerson, { seed: 100 + seed, numRuns: touched.length });
    await atSegmentNow(root, async (ctx) => {
      const ids = await keepRules(ctx, rules);
      for (const id of ids) await refreshSegment(ctx, id);
      await insertActivities(
        { ...ctx, now: later },
        touched.flatMap(({ ordinal }, index) =>
          (others[index]?.activities ?? []).map((activity) => ({
            externalId: `new-${ordinal}-${activity.key}`,
            ordinal,
            activity,
          })),
        ),
      );
      const ordinals = touched.map(({ ordinal }) => ordinal);
      const read = await loadTouchedPeople({ ...ctx, columns }, ordinals);
      expect(read).toMatchObject({
        incomplete: [],
        columns: { ordinals: { length: ordinals.length } },
      });
      const before = await loadMembers(ctx, ids);
      for (const [index, segmentId] of ids.entries()) {
        const touched = index % 2 === 0 ? read : byDatabase(ordinals);
        await updateMembership(ctx, { segmentId, touched });
      }
      const followed = await loadMembers(ctx, ids);
      for (const id of ids) await refreshSegment(ctx, id);
      const refreshed = await loadMembers(ctx, ids);
      for (const [index, rule] of rules.entries()) {
        expect({ rule, ...followed[index] }).toEqual({ rule, ...refreshed[index] });
        told.all++;
        if (String(before[index]?.members) !== String(followed[index]?.members)) told.moved++;
      }
    });
  }
  expect(told.all).toBe(WORLDS * RULES);
  expect(told.moved).toBeGreaterThan(told.all / 4);
}, 120_000);
