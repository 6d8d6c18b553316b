import type { Db } from "@ringfence/db";

/** All that stands in a database, row by row, in every schema: what a backup of it would hold. */
export async function dumpOf({ pool }: Pick<Db, "pool">): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(`
    SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`);
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`SELECT it::text AS row FROM ${name} AS it`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join("\n");
}

/** In how many of the ways in which bytes are written as text a value stands in another. */
export function findValue(text: string, value: string): string[] {
  const bytes = Buffer.from(value);
  const inBase64 = [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift, 0), bytes]).toString("base64url");
    // Of the letters those that depend on the value alone.
    return padded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  return [value, bytes.toString("hex"), ...inBase64].filter((form) => text.includes(form));
}
