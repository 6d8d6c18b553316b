import type { DeliveryId, EndpointId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { inTransaction, type ServiceContext, type TransactionContext } from "../context.ts";
import { ClaimedDelivery } from "./claimed-delivery.ts";
import { readChanges } from "./read-changes.ts";
import { settleDelivery } from "./settle-delivery.ts";
import { type Told, toldTo } from "./told-to.ts";

/** A file tells of all that waits, whenever that was to be tried again. */
const FILE_LIMIT = 1_000;

/** A delivery that this worker has, and what it has to send. */
export type DeliveryToSend = { deliveryId: DeliveryId; attempt: number } & Told;

/**
 * Takes what is due for an endpoint, the oldest first. For a minute nobody else can: a worker that has
 * not said by then what came of it is taken for dead. None where the endpoint is disabled, or where
 * another worker is just telling it something: that one looks again when it has, so that an endpoint
 * that is slow holds up itself alone.
 */
export async function claimDeliveries(
  ctx: ServiceContext,
  { endpointId, limit }: { endpointId: EndpointId; limit: number },
): Promise<DeliveryToSend[]> {
  allow(ctx, "delivery.send");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    const endpoint = await db.endpoint.findFirst({
      where: { organizationId, id: endpointId, disabledAt: null },
    });
    if (endpoint === null) return [];

    const isFile = endpoint.kind === "sftp";
    const claimed = await claim(ctx, { endpointId, limit: isFile ? FILE_LIMIT : limit, isFile });
    const changes = await readChanges(ctx, claimed);
    const toSend: DeliveryToSend[] = [];
    for (const delivery of claimed) {
      const of = { deliveryId: delivery.id, attempt: delivery.attempts };
      const told = readTold(ctx, endpoint, delivery, changes.get(delivery.id) ?? {});
      if (told !== null) toSend.push({ ...of, ...told });
      else await settleDelivery(ctx, { ...of, outcome: { fault: "settings-unreadable" } });
    }
    return toSend;
  });
}

/** Null where the secret does not open or the settings are none: it fails, and is seen to. */
function readTold(...about: Parameters<typeof toldTo>): Told | null {
  try {
    return toldTo(...about);
  } catch {
    return null;
  }
}

async function claim(
  { db, organizationId }: TransactionContext,
  { endpointId, limit, isFile }: { endpointId: EndpointId; limit: number; isFile: boolean },
): Promise<ClaimedDelivery[]> {
  const rows = await db.$queryRaw`
    WITH due AS (
      SELECT id FROM delivery
      WHERE organization_id = ${organizationId}::uuid AND endpoint_id = ${endpointId}::uuid
        AND status = 'pending' AND (due_at <= clock_timestamp() OR ${isFile} AND EXISTS (
          SELECT FROM delivery
          WHERE organization_id = ${organizationId}::uuid AND endpoint_id = ${endpointId}::uuid
            AND status = 'pending' AND due_at <= clock_timestamp()))
        AND NOT EXISTS (
          SELECT FROM delivery
          WHERE organization_id = ${organizationId}::uuid AND endpoint_id = ${endpointId}::uuid
            AND status = 'pending' AND claimed_until > clock_timestamp()
        )
      ORDER BY due_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery
    SET attempts = attempts + 1, claimed_until = clock_timestamp() + interval '1 minute'
    FROM due WHERE delivery.organization_id = ${organizationId}::uuid AND delivery.id = due.id
    RETURNING delivery.id, event, subject_id AS "subjectId", attempts, created_at AS "createdAt"`;
  return ClaimedDelivery.array().parse(rows);
}
