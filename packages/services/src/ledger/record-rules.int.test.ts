import { ruleSetHash } from "@ringfence/core/jurisdiction";
import { expect, it } from "vitest";
import { db, keys } from "../../testing/scenes.ts";
import { recordRules } from "./record-rules.ts";

it("names the rules of this version once, however many workers start", async () => {
  await Promise.all([recordRules({ db, keys }), recordRules({ db, keys })]);
  await recordRules({ db, keys });
  const { rows } = await db.pool.query<{ statement: string }>(
    "SELECT statement FROM ledger.entry WHERE kind = 'rules.changed'",
  );
  const said = rows.map(({ statement }) =>
    JSON.parse(Buffer.from(statement.split(".")[1] ?? "", "base64url").toString()),
  );
  expect(said).toMatchObject([{ kind: "rules.changed", rules: ruleSetHash }]);
});
