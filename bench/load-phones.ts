import type { OrganizationId } from "@ringfence/core/ids";
import { Phone, phoneFromDigits } from "@ringfence/core/people/phone";
import type { Db } from "@ringfence/db";
import { usPhones } from "./generators/us-phones.ts";

/** Loads numbers to screen: half the organization's own, half strangers'. */
export async function loadPhones(
  { pool }: Db,
  organizationId: OrganizationId,
  count: number,
): Promise<Phone[]> {
  const { rows } = await pool.query<{ e164: string }>(
    `SELECT e164 FROM phone JOIN contact_phone USING (organization_id)
     WHERE organization_id = $1 AND phone.id = phone_id ORDER BY hashtext(e164) LIMIT $2`,
    [organizationId, count / 2],
  );
  const strangers = [...usPhones(count / 2, 23)].map(phoneFromDigits);
  return [...rows.map(({ e164 }) => Phone.parse(e164)), ...strangers];
}
