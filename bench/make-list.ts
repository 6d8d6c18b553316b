import { createWriteStream, existsSync, renameSync } from "node:fs";
import { once } from "node:events";
import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { createRandom } from "./generators/random.ts";
import { usPhones } from "./generators/us-phones.ts";

const cities = ["Austin", "Boise", '"Portland, OR"', "Tampa", '"St. Louis, MO"', "Reno"];

/**
 * Makes a file of five columns: a fifth of the numbers are the organization's own, the others are
 * strangers'.
 */
export async function makeList(
  { pool }: Db,
  organizationId: OrganizationId,
  rows: number,
  file: string,
): Promise<string> {
  if (existsSync(file)) return file;
  const { rows: own } = await pool.query<{ e164: string }>(
    "SELECT e164 FROM phone WHERE organization_id = $1 ORDER BY hashtext(e164) LIMIT $2",
    [organizationId, rows / 5],
  );
  const phones = [...own.map(({ e164 }) => e164.slice(1)), ...usPhones(rows - own.length, 31)];
  const random = createRandom(5);
  for (let last = phones.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [phones[last], phones[other]] = [phones[other] ?? "", phones[last] ?? ""];
  }

  const out = createWriteStream(`${file}.part`);
  out.write("id,name,phone,city,amount\n");
  for (const [index, phone] of phones.entries()) {
    const city = cities[index % cities.length];
    const row = `${index},Person ${index % 9_999},${phone},${city},${(index * 7) % 1_000}.50\n`;
    if (!out.write(row)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  renameSync(`${file}.part`, file);
  return file;
}
