import type { Rule } from "@ringfence/core/audience/segment";
import { type Person, findMembersByDefinition } from "@ringfence/core/testing/segment-reference";
import { aPerson, homeZone, segmentNow } from "@ringfence/core/testing/segments";
import { anOrganization, openTestDb } from "@ringfence/db/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { PAIRS, PEOPLE, WORLDS, rulesOfWorld } from "../../../../testing/rule-worlds.ts";
import { keys, officer } from "../../../../testing/scenes.ts";
import { atSegmentNow, keepPeople } from "../../../../testing/segments.ts";
import { insertActivities } from "../../../people/activity/record-activities.ts";
import { findMembers } from "../find-members.ts";
import { loadScope } from "../sql/scope.ts";
import { openColumnStore } from "./store.ts";

/** A database of its own: beside the rows of all other tests, each statement would take far longer. */
const db = await openTestDb();

const byNumber = (a: number, b: number) => a - b;
const fail = (error: unknown) => {
  throw error;
};

it(`finds the same people in columns as the reference evaluator: ${PAIRS} rules, before and after some people changed`, async () => {
  const told = { all: 0, some: 0 };
  for (let seed = 1; seed <= WORLDS; seed++) {
    const columns = openColumnStore(db, { maxBytes: 1e8, minPeople: 1, onError: fail });
    const organizationId = await anOrganization(db);
    const ctx = { db, keys, organizationId, actor: officer, columns };
    const sampled = fc.sample(aPerson, { seed, numRuns: PEOPLE });
    const kept = await keepPeople(ctx, sampled);
    const loaded = await columns.load(organizationId);
    expect(loaded?.columns.ordinals).toHaveLength(PEOPLE);
    const { rules, segments } = rulesOfWorld(seed);
    await atSegmentNow(ctx, async (ctx) => {
      const scope = await loadScope(ctx, segments);
      const compare = async (people: readonly Person[], all: readonly Rule[]) => {
        for (const rule of all) {
          const expected = findMembersByDefinition(rule, people, {
            now: segmentNow,
            zone: homeZone,
            segments,
          });
          const found = await findMembers(ctx, scope, rule);
          expect({ rule, found: found.toSorted(byNumber) }).toEqual({
            rule,
            found: [...expected].toSorted(byNumber),
          });
          told.all++;
          if (expected.size > 0 && expected.size < people.length) told.some++;
        }
      };
      const half = rules.length / 2;
      await compare(kept, rules.slice(0, half));

      // A fifth of the people do what others did, and none of that is in the columns.
      const others = fc.sample(aPerson, { seed: 100 + seed, numRuns: PEOPLE });
      const changed = kept.map((person, index) => {
        const more = index % 5 === 0 ? (others[index]?.activities ?? []) : [];
        const late = more.map((activity) => ({ ...activity, key: `late-${activity.key}` }));
        return { ...person, activities: [...person.activities, ...late] };
      });
      const late = changed.flatMap(({ ordinal, activities }) =>
        activities
          .filter(({ key }) => key.startsWith("late-"))
          .map((activity) => ({
            externalId: `${activity.key}-${ordinal}`,
            ordinal,
            activity,
          })),
      );
      await insertActivities(ctx, late);
      await compare(changed, rules.slice(half));
    });
  }
  expect(told.all).toBe(PAIRS);
  expect(told.some).toBeGreaterThan(told.all / 3);
}, 600_000);
