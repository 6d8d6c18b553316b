import { membersOf, type Rule } from "@ringfence/core/segment";
import {
  aPerson,
  aRule,
  homeZone,
  otherSegment,
  segmentNow,
} from "@ringfence/core/testing/segments";
import fc from "fast-check";
import { expect, it } from "vitest";
import { atSegmentNow, keepPeople } from "../../testing/segments.ts";
import { aContext } from "../../testing/scenes.ts";
import { countMembers, findMembers } from "./find-members.ts";
import { scopeOf } from "./scope.ts";

const POPULATIONS = 5;
const PEOPLE = 40;
const RULES = 100;

const byNumber = (a: number, b: number) => a - b;

it(`finds whom the book finds: ${POPULATIONS * RULES} rules, nulls, zones, ends of days and late events among them`, async () => {
  const told = { all: 0, some: 0 };
  for (let seed = 1; seed <= POPULATIONS; seed++) {
    const ctx = await aContext();
    const people = fc.sample(aPerson, { seed, numRuns: PEOPLE });
    const kept = await keepPeople(ctx, people);
    const [other, ...rules] = fc.sample(aRule, { seed, numRuns: RULES + 1 }) as [Rule, ...Rule[]];
    const isPlain = !JSON.stringify(other).includes(otherSegment);
    const segments = new Map([
      [
        otherSegment,
        { id: otherSegment, name: "Other", rule: isPlain ? other : { is: "all" as const, of: [] } },
      ],
    ]);
    await atSegmentNow(ctx, async (ctx) => {
      const scope = await scopeOf(ctx, segments);
      for (const rule of rules) {
        const expected = membersOf(rule, kept, { now: segmentNow, zone: homeZone, segments });
        const found = await findMembers(ctx, scope, rule);
        expect({ rule, found: found.toSorted(byNumber) }).toEqual({
          rule,
          found: [...expected].toSorted(byNumber),
        });
        expect(await countMembers(ctx, scope, rule)).toBe(expected.size);
        told.all++;
        if (expected.size > 0 && expected.size < kept.length) told.some++;
      }
    });
  }
  expect(told.all).toBe(POPULATIONS * RULES);
  expect(told.some).toBeGreaterThan(told.all / 3);
}, 120_000);
