import type { Db } from "@ringfence/db";

/** Returns the rows of all tables in all schemas as text: everything that a backup would contain. */
export async function dumpDatabase({ pool }: Pick<Db, "pool">): Promise<string> {
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

/** Returns the forms (plain, hex or Base64) in which a value occurs in a text. */
export function findValue(text: string, value: string): string[] {
  const bytes = Buffer.from(value);
  const inBase64 = [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift, 0), bytes]).toString("base64url");
    // Keep only the letters that depend on the value alone.
    return padded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  return [value, bytes.toString("hex"), ...inBase64].filter((form) => text.includes(form));
}
