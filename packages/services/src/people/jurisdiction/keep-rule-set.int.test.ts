import { hashRuleSet, ruleSetHash, ruleSetText } from "@ringfence/core/people/jurisdiction";
import { expect, it } from "vitest";
import { db } from "../../../testing/scenes.ts";
import { keepRuleSet } from "./keep-rule-set.ts";

const kept = (hash: string) => db.prisma.ruleSet.findMany({ where: { hash } });

it("keeps the rules of this version by the hash that screenings name, once", async () => {
  await Promise.all([keepRuleSet(db), keepRuleSet(db)]);
  await keepRuleSet(db);
  expect(await kept(ruleSetHash)).toMatchObject([{ document: ruleSetText() }]);
});

it("keeps no text under the hash of another", async () => {
  const hash = hashRuleSet("the law");
  await expect(keepRuleSet(db, [hash, "a milder law"])).rejects.toThrow(/rule_set_hash_check/);
  expect(await kept(hash)).toEqual([]);
});

it("lets nobody change or delete what is kept", async () => {
  await keepRuleSet(db);
  await expect(db.pool.query("UPDATE rule_set SET document = document")).rejects.toThrow(
    /append-only/,
  );
  await expect(db.pool.query("DELETE FROM rule_set")).rejects.toThrow(/append-only/);
});
