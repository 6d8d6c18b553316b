import { expect, it } from "vitest";
import { describeStatement } from "./trace-statements.ts";

it.each([
  [`SELECT "public"."seller"."id" FROM "public"."seller" WHERE 1=1`, "SELECT seller"],
  ["BEGIN", "BEGIN"],
  ["SELECT clock_timestamp() AS now, set_config('ringfence.scope', $1, true)", "SELECT"],
  ["SELECT * FROM unnest($1::uuid[]) AS id JOIN phone USING (id)", "SELECT phone"],
  ["WITH mine AS (SELECT 1 FROM campaign) SELECT * FROM mine", "SELECT campaign"],
  [
    "WITH done AS MATERIALIZED (INSERT INTO opt_out (id) SELECT $1) SELECT * FROM done",
    "INSERT opt_out",
  ],
  ["SELECT id FROM graphile_worker.jobs FOR UPDATE SKIP LOCKED", "SELECT jobs"],
  ["INSERT INTO call (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET at = $2", "INSERT call"],
  ["/* of a test */ DELETE FROM ONLY permit -- all\n", "DELETE permit"],
  ["COPY import_row (phone) FROM STDIN", "COPY import_row"],
  ["VACUUM", "SQL"],
  ["", "SQL"],
])("names the operation and the table of: %s", (text, name) => {
  expect(describeStatement(text).name).toBe(name);
});

it("takes no word out of a literal", () => {
  const text = `SELECT 'from marta', $$join marta$$, $x$ update marta $x$ /* from marta */ FROM "phone"`;
  expect(describeStatement(text)).toEqual({
    name: "SELECT phone",
    attributes: {
      "db.system.name": "postgresql",
      "db.operation.name": "SELECT",
      "db.collection.name": "phone",
    },
  });
});
