import { type Rule, compileRule } from "@ringfence/core/audience/segment";
import { findMembersByDefinition } from "@ringfence/core/testing/segment-reference";
import { aPerson, homeZone, segmentNow } from "@ringfence/core/testing/segments";
import { anOrganization, openTestDb } from "@ringfence/db/testing";
import fc from "fast-check";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { PAIRS, PEOPLE, WORLDS, rulesOfWorld } from "../../../../testing/rule-worlds.ts";
import { atSegmentNow, keepPeople } from "../../../../testing/segments.ts";
import { keys, officer } from "../../../../testing/scenes.ts";
import type { TransactionContext } from "../../../platform/context.ts";
import { selectMemberCount, selectMembers } from "./rule-to-sql.ts";
import { type RuleScope, loadScope } from "./scope.ts";

/** A database of its own: beside the rows of all other tests, each statement would take far longer. */
const db = await openTestDb();

/** Every how many rules the count is tested too. Counting differs from finding only in whom it subtracts. */
const COUNTED = 10;

const byNumber = (a: number, b: number) => a - b;

/** Whom the database finds, in one statement; with how many it counts. */
async function ask({ db }: TransactionContext, scope: RuleScope, rule: Rule, isCounted: boolean) {
  const compiled = compileRule(rule, scope.segments);
  const count = isCounted ? sql`(${selectMemberCount(scope, compiled)})` : sql`NULL`;
  const { rows } = await sql<{ found: number[]; count: string | null }>`
    SELECT ARRAY(${selectMembers(scope, compiled)}) AS found, ${count} AS count`.execute(
    db.$kysely,
  );
  const found = (rows[0]?.found ?? []).toSorted(byNumber);
  return { found, count: Number(rows[0]?.count ?? found.length) };
}

it(`finds the same people as the reference evaluator: ${PAIRS} rules, nulls, zones, ends of days and late events among them`, async () => {
  const told = { all: 0, some: 0 };
  for (let seed = 1; seed <= WORLDS; seed++) {
    const ctx = { db, keys, organizationId: await anOrganization(db), actor: officer };
    const people = fc.sample(aPerson, { seed, numRuns: PEOPLE });
    const kept = await keepPeople(ctx, people);
    const { rules, segments } = rulesOfWorld(seed);
    await atSegmentNow(ctx, async (ctx) => {
      const scope = await loadScope(ctx, segments);
      for (const [index, rule] of rules.entries()) {
        const expected = findMembersByDefinition(rule, kept, {
          now: segmentNow,
          zone: homeZone,
          segments,
        });
        const found = [...expected].toSorted(byNumber);
        const asked = await ask(ctx, scope, rule, index % COUNTED === 0);
        expect({ rule, ...asked }).toEqual({ rule, found, count: found.length });
        told.all++;
        if (expected.size > 0 && expected.size < kept.length) told.some++;
      }
    });
  }
  expect(told.all).toBe(PAIRS);
  expect(told.some).toBeGreaterThan(told.all / 3);
}, 600_000);

it("finds nobody by a date that does not exist, as the reference evaluator does", async () => {
  const ctx = { db, keys, organizationId: await anOrganization(db), actor: officer };
  const people = fc.sample(aPerson, { seed: 1, numRuns: 3 }).map((person, index) => ({
    ...person,
    fields: { joined: ["2026-02-28", "2026-02-31", "2026-13-01"][index] ?? "" },
  }));
  const kept = await keepPeople(ctx, people);
  const when = { span: "between", from: "2026-02-01" } as const;
  const rule: Rule = {
    is: "all",
    of: [{ is: "attribute", field: "joined", test: { test: "day", when } }],
  };
  await atSegmentNow(ctx, async (ctx) => {
    const { segments } = rulesOfWorld(1);
    const scope = await loadScope(ctx, segments);
    const expected = findMembersByDefinition(rule, kept, {
      now: segmentNow,
      zone: homeZone,
      segments,
    });
    expect([...expected]).toEqual([kept[0]?.ordinal]);
    expect(await ask(ctx, scope, rule, false)).toEqual({ found: [...expected], count: 1 });
  });
});
