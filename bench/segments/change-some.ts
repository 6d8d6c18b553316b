import { randomUUID } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import { recordActivities } from "@ringfence/services/people/activity";
import { keysIn } from "@ringfence/services/testing/keys";
import { shopNow } from "./load-shop.ts";
import { atCurrentTime, type Shop } from "./shop.ts";

const CHANGED = 100;

/** Adds new activities, in the product and the peer, of different people each time. */
export async function changeSome(
  { db, organizationId, keyFolder }: Shop,
  peer: DuckDBConnection,
): Promise<void> {
  const people = await db.pool.query<{ external_id: string; ordinal: number }>(
    `SELECT external_id, ordinal FROM contact WHERE organization_id = $1
     ORDER BY hashint8extended(ordinal, $2) LIMIT ${CHANGED}`,
    [organizationId, Math.floor(Math.random() * 1e9)],
  );
  const at = new Date(shopNow.getTime() - 86_400_000).toISOString();
  const rows = people.rows.map(({ external_id }, index) => {
    const sent = { externalId: randomUUID(), contact: external_id, at };
    return index % 2 === 0
      ? { ...sent, type: "purchase", amount: 25, category: "garden" }
      : { ...sent, type: "visit", properties: { page: "/checkout" } };
  });
  const actor = { type: "member", id: "bench", role: "officer", sellerIds: [] } as const;
  const keys = keysIn(keyFolder);
  await db.prisma.$transaction((transaction) =>
    recordActivities(
      atCurrentTime({ db: transaction, keys, organizationId, actor, now: shopNow }),
      {
        rows,
      },
    ),
  );
  const told = people.rows.map(({ ordinal }, index) =>
    index % 2 === 0
      ? `(${ordinal}, 'purchase', TIMESTAMPTZ '${at}', 2500, 'garden', '{}')`
      : `(${ordinal}, 'visit', TIMESTAMPTZ '${at}', NULL, NULL, '{"page":"/checkout"}')`,
  );
  await peer.run(`INSERT INTO activity VALUES ${told.join()}`);
}
