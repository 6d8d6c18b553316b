import { actorOnRecord } from "../access/actor-on-record.ts";
import type { TransactionContext } from "../context.ts";
import type { EntryBody } from "./append-entry.ts";

/** Puts many changes of one kind on record, as `appendEntry` does one. */
export async function appendEntries(
  { db, organizationId, actor, now }: TransactionContext,
  kind: string,
  bodies: readonly EntryBody[],
) {
  const all = bodies.map((body) => JSON.stringify({ ...body, actor: actorOnRecord(actor) }));
  await db.$executeRaw`
    INSERT INTO ledger_entry (organization_id, id, kind, body, recorded_at)
    SELECT ${organizationId}::uuid, uuid7(), ${kind}, body::jsonb, ${now}
    FROM unnest(${all}::text[]) AS body`;
}
