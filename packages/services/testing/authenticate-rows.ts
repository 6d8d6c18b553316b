import type { OrganizationId } from "@ringfence/core/ids";
import type { Installation } from "../src/platform/context.ts";
import { authenticateConsents } from "../src/proof/record/consent-macs.ts";
import { authenticateCorrections } from "../src/proof/record/correction-macs.ts";
import { authenticateSuppressions } from "../src/proof/record/suppression-macs.ts";

const PAGE = 20_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Adds the MACs to rows that a test or a benchmark inserted, as if our own code had written them. Without
 * MACs no consent counts, no correction lifts anything, and no suppression ends.
 */
export async function authenticateRows(
  { db, keys }: Pick<Installation, "db" | "keys">,
  organizationId: OrganizationId,
) {
  const ctx = { db: db.prisma, keys, organizationId };
  for (const { ids, authenticate } of tables) {
    for (let after: string | undefined = FIRST; after !== undefined;) {
      const page: string[] = (
        await db.pool.query<{ id: string }>(`${ids} ORDER BY id LIMIT $3`, [
          organizationId,
          after,
          PAGE,
        ])
      ).rows.map(({ id }) => id);
      await authenticate(ctx, page);
      after = page.at(-1);
    }
  }
}

const tables = [
  {
    ids: `SELECT id FROM consent_event WHERE organization_id = $1 AND id > $2 AND mac IS NULL
      AND type IN ('granted', 'renewed', 'invalidated')`,
    authenticate: authenticateConsents,
  },
  {
    ids: `SELECT correction_id AS id FROM opt_out_correction_answer
      WHERE organization_id = $1 AND correction_id > $2 AND mac IS NULL AND is_accepted`,
    authenticate: authenticateCorrections,
  },
  {
    ids: "SELECT id FROM suppression WHERE organization_id = $1 AND id > $2 AND mac IS NULL",
    authenticate: authenticateSuppressions,
  },
];
