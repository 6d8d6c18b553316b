import { bundledRuleSetHash } from "@ringfence/core/people/jurisdiction";
import { expect, it } from "vitest";
import { db, keys } from "../../../testing/scenes.ts";
import { recordRules } from "./record-rules.ts";

async function said() {
  const { rows } = await db.pool.query<{ statement: string }>(
    "SELECT statement FROM ledger.entry WHERE kind = 'rules.changed' ORDER BY accepted_at",
  );
  return rows.map(({ statement }) =>
    JSON.parse(Buffer.from(statement.split(".")[1] ?? "", "base64url").toString()),
  );
}

it("names the rules of this version once, however many workers start", async () => {
  await Promise.all([recordRules({ db, keys }), recordRules({ db, keys })]);
  await recordRules({ db, keys });
  expect(await said()).toMatchObject([{ kind: "rules.changed", rules: bundledRuleSetHash }]);
});

it("names them again on the way back to an older version", async () => {
  await recordRules({ db, keys });
  await recordRules({ db, keys }, "b".repeat(64));
  await recordRules({ db, keys });
  await recordRules({ db, keys });
  const rules = (await said()).map((one) => one.rules);
  expect(rules).toEqual([bundledRuleSetHash, "b".repeat(64), bundledRuleSetHash]);
});
