import { sql } from "kysely";
import { z } from "zod";
import { query, selectRows } from "../../platform/internal.ts";
import { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import { EndpointId } from "@ringfence/core/ids";

const Counts = z.object({ endpointId: z.string(), pending: z.int(), dead: z.int() });

/** Lists the organization's endpoints by name, each with how well it is reached. */
export const listEndpoints = query({
  name: "listEndpoints",
  action: "endpoint.read",
  run: async ({ db, organizationId }) => {
    const rows = await db.endpoint.findMany({
      where: { organizationId },
      orderBy: { name: "asc" },
    });
    const counts = await selectRows(
      { db },
      Counts,
      sql`
      SELECT endpoint_id AS "endpointId",
        count(*) FILTER (WHERE status = 'pending')::int AS pending,
        count(*) FILTER (WHERE status = 'dead')::int AS dead
      FROM delivery
      WHERE organization_id = ${organizationId}::uuid AND status IN ('pending', 'dead')
      GROUP BY endpoint_id`,
    );
    const countsByEndpoint = new Map(counts.map(({ endpointId, ...count }) => [endpointId, count]));
    return rows.map(({ id, kind, name, url, events, reason, ...row }) => ({
      id: EndpointId.parse(id),
      kind,
      name,
      url,
      events: EndpointEvent.array().parse(events),
      reason,
      createdAt: row.createdAt,
      /** Null while it is enabled. */
      disabledAt: row.disabledAt,
      /** When it last received something; null before the first time. */
      deliveredAt: row.deliveredAt,
      /** When the failures began; null if the last attempt succeeded. */
      failingSince: row.failingSince,
      ...(countsByEndpoint.get(id) ?? { pending: 0, dead: 0 }),
    }));
  },
  audit: "none",
});
