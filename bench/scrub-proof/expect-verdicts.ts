import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import metadata from "libphonenumber-js/max/metadata";
import type { PoolClient } from "pg";
import { from } from "pg-copy-streams";
import { serializeRuleSet } from "@ringfence/core/people/jurisdiction";

const data = path.resolve(import.meta.dirname, "../../packages/core/data");

/** Columns of the list as sent. */
export const listColumns = "id, name, phone, city, amount";

/** Facts of a call by a dialer with an agent, for a seller with no special sector (contract 4). */
const facts = {
  dialer: ["manual", "preview"],
  call_mode: ["single"],
  purpose: ["promotional"],
  sector: ["other"],
  called_party: ["individual"],
  outcome: ["unsolicited_consumer_agreement"],
  emergency_in_area: [false],
};

/**
 * Creates the temporary table `expected` with the reasons for each row of the list, by SQL of our
 * own.
 */
export async function expectVerdicts(client: PoolClient, scrubId: string, list: string) {
  await client.query(`
    CREATE TEMP TABLE list (n bigint GENERATED ALWAYS AS IDENTITY, id text, name text, phone text, city text, amount text);
    CREATE TEMP TABLE asked (scrub_id uuid, organization_id uuid, seller_id uuid, purpose text, channel text, at timestamptz, is_what_if boolean, facts jsonb, is_relaxed boolean);
    CREATE TEMP TABLE book (jurisdictions jsonb, regions jsonb, places jsonb, holidays jsonb, number_pattern text)`);
  const copy = client.query(
    from(`COPY list (${listColumns}) FROM STDIN (FORMAT csv, HEADER, FORCE_NOT_NULL (phone))`),
  );
  await pipeline(createReadStream(list), copy);
  await client.query(
    `INSERT INTO asked SELECT scrub_id, scrub_record.organization_id, seller.id, checked->>'purpose', 'voice_live', at,
       (checked->>'whatIf')::boolean, $2, consent_policy = 'opt_out'
     FROM scrub_record JOIN seller ON seller.id = (checked->>'seller')::uuid WHERE scrub_id = $1`,
    [scrubId, facts],
  );
  const files = ["phone/regions", "phone/places", "holidays"];
  const tables = await Promise.all(files.map((name) => readFile(`${data}/${name}.json`, "utf8")));
  const book = [serializeRuleSet(), ...tables, numberPattern()];
  await client.query("INSERT INTO book VALUES ($1, $2, $3, $4, $5)", book);

  await runSql(client, "rules");
  const unknown = await client.query("SELECT * FROM unknown_rule");
  if (unknown.rows.length > 0) {
    throw new Error(`the query knows no rule like ${JSON.stringify(unknown.rows)}`);
  }
  await runSql(client, "verdicts");
  await runSql(client, "reasons");
}

/** Pattern of North American numbers, from libphonenumber's expressions. */
function numberPattern(): string {
  const patterns = (metadata.country_calling_codes["1"] ?? []).flatMap((country) => {
    // Field 11 of the packed metadata (METADATA.md): the kinds of lines, each with its expression.
    const kinds: ([string?] | null | undefined)[] = metadata.countries[country]?.[11] ?? [];
    return kinds.flatMap((kind) => kind?.[0] || []);
  });
  return `^1(?:${patterns.join("|")})$`;
}

/** Runs a file of SQL from this folder. */
export async function runSql(client: PoolClient, name: string) {
  await client.query(await readFile(path.join(import.meta.dirname, `${name}.sql`), "utf8"));
}
