import { ContactId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { TransactionContext } from "../../platform/context.ts";

const SHOWN = 20;
/** What came earlier is for a segment to find. */
const DAYS = 7;

/** An activity as it came: `amount` in hundredths. */
export type Arrival = {
  recordedAt: Date;
  at: Date;
  type: string;
  amount: number | null;
  category: string | null;
  contactId: ContactId;
  name: string | null;
  externalId: string | null;
};

/** The last that came in the last days, and of whom. */
export async function latestArrivals({
  db,
  organizationId,
  now,
}: TransactionContext): Promise<Arrival[]> {
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  const rows = await db.activity.findMany({
    where: { organizationId, recordedAt: { gte: since } },
    orderBy: [{ recordedAt: "desc" }, { at: "desc" }, { key: "asc" }],
    take: SHOWN,
    include: { contact: { select: { id: true, name: true, externalId: true } } },
  });
  return rows.map(({ recordedAt, at, type, amount, category, contact: { id, ...person } }) => ({
    recordedAt,
    at,
    type,
    amount,
    category,
    contactId: ContactId.parse(id),
    ...person,
  }));
}
