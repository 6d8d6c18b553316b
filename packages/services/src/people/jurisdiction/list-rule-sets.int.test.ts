import {
  hashRuleSet,
  bundledRuleBook,
  bundledRuleSetHash,
  serializeRuleSet,
} from "@ringfence/core/people/jurisdiction";
import { openTestDb } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aContext } from "../../../testing/scenes.ts";
import { saveRuleSet } from "../../../testing/rule-scene.ts";
import { listRuleSets } from "./rule-sets.ts";

/** A database of its own, because rule sets belong to the installation. */
const db = await openTestDb();

/** The rule set of this version as it was a year ago: of another day, without its last rules. */
function earlierText() {
  const document = JSON.parse(serializeRuleSet());
  document.as_of = "2025-01-31";
  const place = document.jurisdictions.find(({ rules }: { rules: unknown[] }) => rules.length > 1);
  const [removed] = place.rules.splice(-1);
  place.rules[0].citation = "A law of old";
  return {
    text: JSON.stringify(document),
    added: removed.rule_id,
    changed: place.rules[0].rule_id,
  };
}

const keepAt = (day: string, document: string) =>
  db.prisma.ruleSet.create({
    data: { hash: hashRuleSet(document), document, keptAt: new Date(day) },
  });

it("lists the rule set of this version first, with its differences from the one before", async () => {
  const ctx = { ...(await aContext()), db };
  const { text, added, changed } = earlierText();
  await keepAt("2024-01-31", "{}");
  await keepAt("2025-02-01", text);
  await saveRuleSet(db);

  const [present, before, unreadable] = await listRuleSets(ctx);
  expect(present).toMatchObject({
    hash: bundledRuleSetHash,
    isCurrent: true,
    asOf: bundledRuleBook.asOf,
  });
  expect(present?.changes?.added.map(({ id }) => id)).toEqual([added]);
  expect(present?.changes?.removed).toEqual([]);
  expect(present?.changes?.changed).toMatchObject([
    { rule: { id: changed }, fields: [{ field: "citation", before: "A law of old" }] },
  ]);
  expect(before).toMatchObject({ isCurrent: false, asOf: "2025-01-31", changes: null });
  expect(unreadable).toMatchObject({ hash: hashRuleSet("{}"), asOf: null, changes: null });
});

it("is the same for another organization, and for members alone", async () => {
  const actor = { type: "key", id: "dialer", scopes: ["screen" as const] } as const;
  const ctx = { ...(await aContext()), db };
  await saveRuleSet(db);
  const other = { ...(await aContext()), db };
  expect(await listRuleSets(other)).toEqual(await listRuleSets(ctx));
  await expect(listRuleSets({ ...ctx, actor })).rejects.toMatchObject({ code: "forbidden" });
});
