import {
  type TransactionContext,
  addJob,
  command,
  queueJobs,
  selectRows,
  toTable,
} from "../../platform/internal.ts";
import { z } from "zod";
import { type DeliveryId, EndpointId } from "@ringfence/core/ids";
import { ClaimedDelivery, type DeliveryMessage, openEndpoint, toMessage } from "./message.ts";
import { readChanges } from "./read-changes.ts";
import { DeliveryAttempt, settleDeliveries } from "./delivery-outcomes.ts";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { deliverWebhooksJob, queueDeliveries } from "../outbox/internal.ts";

/**
 * Maximum number of changes in a file. Up to this number, a file takes along everything that waits, even what is to be
 * retried later.
 */
const CHANGES_PER_FILE = 1_000;

/** A delivery that this worker has claimed, with its content. */
export type DeliveryToSend = { deliveryId: DeliveryId; attempt: number } & DeliveryMessage;

/**
 * Claims due deliveries of an endpoint, oldest first: up to `limit`, which does not count for a file
 * (`CHANGES_PER_FILE`). Nobody else can claim them for a minute, or two for a file; a worker that has not reported by
 * then is considered dead. Returns none if the endpoint is disabled, or while another worker is sending to it: that
 * worker looks again afterwards, so a slow endpoint delays only itself. If the endpoint's settings cannot be opened,
 * the attempts count as failed and none is returned.
 */
export const claimDeliveries = command({
  name: "claimDeliveries",
  action: "delivery.send",
  input: z.strictObject({ endpointId: EndpointId, limit: z.int() }),
  transaction: { timeoutMs: 60_000 },
  run: async (ctx, { endpointId, limit }): Promise<DeliveryToSend[]> =>
    claimForEndpoint(ctx, endpointId, limit),
  audit: "none",
});

async function claimForEndpoint(
  ctx: TransactionContext,
  endpointId: EndpointId,
  limit: number,
): Promise<DeliveryToSend[]> {
  const { db, organizationId } = ctx;
  const endpoint = await db.endpoint.findFirst({
    where: { organizationId, id: endpointId, disabledAt: null },
  });
  if (endpoint === null) return [];

  const opened = tryOpenEndpoint(ctx, endpoint);
  const isFile = endpoint.kind === "sftp";
  const isList = opened?.kind === "sftp" && opened.settings.content !== "changes";
  // A whole list covers everything that waits when it is read, however much that is.
  const fileLimit = isList ? null : CHANGES_PER_FILE;
  const claimed = await claimDue(ctx, { endpointId, limit: isFile ? fileLimit : limit, isFile });
  if (opened === null) {
    await settleDeliveries(ctx, {
      deliveries: claimed.map(toAttempt),
      outcome: { fault: "settings-unreadable" },
    });
    return [];
  }
  const changes = isList ? new Map<string, object>() : await readChanges(ctx, claimed);
  return claimed.map((delivery) => ({
    ...toAttempt(delivery),
    ...toMessage(ctx, opened, delivery, changes.get(delivery.id) ?? {}),
  }));
}

const toAttempt = ({ id, attempts }: ClaimedDelivery) => ({ deliveryId: id, attempt: attempts });

/** Returns null if the endpoint's settings cannot be opened. Its deliveries then fail, which officers see. */
function tryOpenEndpoint(...args: Parameters<typeof openEndpoint>) {
  try {
    return openEndpoint(...args);
  } catch {
    return null;
  }
}

type Claim = { endpointId: EndpointId; limit: number | null; isFile: boolean };

/**
 * Claims deliveries; a null `limit` claims all. Counts an attempt for those that were due. A file takes the others
 * along without counting one, but only if at least one was due.
 */
async function claimDue(
  { db, organizationId }: TransactionContext,
  { endpointId, limit, isFile }: Claim,
): Promise<ClaimedDelivery[]> {
  // A concurrent claim for the endpoint waits, and then sees what was taken.
  await db.$executeRaw`
    SELECT 1 FROM endpoint
    WHERE organization_id = ${organizationId}::uuid AND id = ${endpointId}::uuid
    FOR NO KEY UPDATE`;
  return selectRows(
    { db },
    ClaimedDelivery,
    sql`
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
    FROM claimed ORDER BY due_at, id`,
  );
}

/**
 * Keeps deliveries for another two minutes for the worker that has them: a long file is still on its way.
 * Throws if another may have them already.
 */
export const extendClaims = command({
  name: "extendClaims",
  action: "delivery.send",
  input: z.array(DeliveryAttempt).readonly(),
  run: async ({ db, organizationId }, deliveries): Promise<void> => {
    const kept = await db.$executeRaw`
      UPDATE delivery SET claimed_until = clock_timestamp() + interval '2 minutes'
      FROM ${toTable(deliveries, { deliveryId: "uuid", attempt: "int" })} AS ours
      WHERE organization_id = ${organizationId}::uuid AND delivery.id = ours.delivery_id
        AND delivery.attempts = ours.attempt AND status = 'pending'
        AND claimed_until > clock_timestamp()`;
    if (kept < deliveries.length) throw new Error("deliveries are another worker's");
  },
  audit: "none",
});

/**
 * Gives up deliveries of an endpoint that a worker has claimed and will not finish, because it is asked to stop. They
 * can be claimed at once, and another worker is queued for them. Their attempts stay counted: something of them may have
 * arrived. Leaves those that were settled, or that another worker has claimed.
 */
export const releaseClaims = command({
  name: "releaseClaims",
  action: "delivery.send",
  input: z.strictObject({
    endpointId: EndpointId,
    deliveries: z.array(DeliveryAttempt).readonly(),
  }),
  run: async (ctx, { endpointId, deliveries }): Promise<void> => {
    const { db, organizationId } = ctx;
    await db.$executeRaw`
      UPDATE delivery SET claimed_until = NULL
      FROM ${toTable(deliveries, { deliveryId: "uuid", attempt: "int" })} AS ours
      WHERE organization_id = ${organizationId}::uuid AND endpoint_id = ${endpointId}::uuid
        AND delivery.id = ours.delivery_id AND delivery.attempts = ours.attempt AND status = 'pending'`;
    await queueDeliveries(ctx, endpointId);
  },
  audit: "none",
});

/**
 * Queues workers for endpoints that have due deliveries and no worker: a job may have been lost with its
 * worker. Crosses organizations, which only the sweep may do. Returns how many.
 */
export function queueDueDeliveries({ prisma }: Db): Promise<number> {
  const deliver = addJob(deliverWebhooksJob, {
    organizationId: sql`waiting.organization_id`,
    endpointId: sql`endpoint_id`,
  });
  return queueJobs(
    prisma,
    sql`SELECT ${deliver} FROM (
      SELECT DISTINCT organization_id, endpoint_id FROM delivery
      WHERE status = 'pending' AND due_at < clock_timestamp() - interval '10 seconds'
        AND coalesce(claimed_until, '-infinity') < clock_timestamp()
    ) AS waiting
    JOIN endpoint ON endpoint.organization_id = waiting.organization_id AND id = endpoint_id
    WHERE disabled_at IS NULL`,
  );
}
