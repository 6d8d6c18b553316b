import { command } from "../../platform/verb.ts";
import { z } from "zod";
import type { DeliveryId, EndpointId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ClaimedDelivery } from "./claimed-delivery.ts";
import { readChanges } from "./read-changes.ts";
import { settleDeliveries } from "./settle-deliveries.ts";
import { openEndpoint, type Told, toldTo } from "./told-to.ts";

/** A file tells of all that waits, whenever that was to be tried again: of changes, of so many at once. */
const CHANGES_PER_FILE = 1_000;

/** A delivery that this worker has, and what it has to send. */
export type DeliveryToSend = { deliveryId: DeliveryId; attempt: number } & Told;

/**
 * Takes what is due for an endpoint, the oldest first. For a minute nobody else can, and for two where
 * it is a file: a worker that has not said by then what came of it is taken for dead. None where the
 * endpoint is disabled, or where another worker is just telling it something: that one looks again when
 * it has, so that an endpoint that is slow holds up itself alone.
 */
export const claimDeliveries = command({
  name: "claimDeliveries",
  action: "delivery.send",
  input: z.custom<{ endpointId: EndpointId; limit: number }>(),
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { endpointId, limit }): Promise<DeliveryToSend[]> =>
    claimWithin(ctx, endpointId, limit),
  audit: "by run",
});

async function claimWithin(
  ctx: TransactionContext,
  endpointId: EndpointId,
  most: number,
): Promise<DeliveryToSend[]> {
  const { db, organizationId } = ctx;
  const endpoint = await db.endpoint.findFirst({
    where: { organizationId, id: endpointId, disabledAt: null },
  });
  if (endpoint === null) return [];

  const open = openOrNull(ctx, endpoint);
  const isFile = endpoint.kind === "sftp";
  const isList = open?.kind === "sftp" && open.settings.content !== "changes";
  // One list tells of all that waits when it is read, however much that is.
  const mostInFile = isList ? null : CHANGES_PER_FILE;
  const claimed = await claim(ctx, { endpointId, limit: isFile ? mostInFile : most, isFile });
  if (open === null) {
    await settleDeliveries(ctx, claimed.map(attemptOf), { fault: "settings-unreadable" });
    return [];
  }
  const changes = isList ? new Map<string, object>() : await readChanges(ctx, claimed);
  return claimed.map((delivery) => ({
    ...attemptOf(delivery),
    ...toldTo(ctx, open, delivery, changes.get(delivery.id) ?? {}),
  }));
}

const attemptOf = ({ id, attempts }: ClaimedDelivery) => ({ deliveryId: id, attempt: attempts });

/** Null where nobody can be told so: it fails, and is seen to. */
function openOrNull(...about: Parameters<typeof openEndpoint>) {
  try {
    return openEndpoint(...about);
  } catch {
    return null;
  }
}

type Claim = { endpointId: EndpointId; limit: number | null; isFile: boolean };

/** An attempt counts for what was due: a file takes the rest along. */
async function claim(
  { db, organizationId }: TransactionContext,
  { endpointId, limit, isFile }: Claim,
): Promise<ClaimedDelivery[]> {
  // Whoever claims for it at the same moment waits, and then sees what was taken.
  await db.$executeRaw`
    SELECT 1 FROM endpoint
    WHERE organization_id = ${organizationId}::uuid AND id = ${endpointId}::uuid
    FOR NO KEY UPDATE`;
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
      ORDER BY due_at, id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE delivery
      SET attempts = attempts + (due_at <= clock_timestamp())::int,
        claimed_until = clock_timestamp() + make_interval(mins => 1 + ${isFile}::boolean::int)
      FROM due WHERE delivery.organization_id = ${organizationId}::uuid AND delivery.id = due.id
      RETURNING delivery.*
    )
    SELECT id, event, subject_id AS "subjectId", attempts, created_at AS "createdAt"
    FROM claimed ORDER BY due_at, id`;
  return ClaimedDelivery.array().parse(rows);
}
