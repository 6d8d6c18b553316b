import { sql } from "kysely";
import { z } from "zod";
import {
  ServiceError,
  type TransactionContext,
  query,
  selectRows,
} from "../../platform/internal.ts";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { FindPastListings, locateNumber, toArea } from "@ringfence/core/do-not-call/registry";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findPhone } from "../../people/phone/internal.ts";
import { registryNotFound } from "./registry.ts";

/** Most editions in a result, earliest first. */
const MOST = 50;

const PastListing = z.object({
  edition: z.int(),
  /** When it was read. It counts until the next edition. */
  readAt: z.date(),
  /** Null if it did not cover the number's area. */
  isListed: z.boolean().nullable(),
});
type PastListings = { phone: Phone; editions: z.infer<typeof PastListing>[] };

/**
 * Finds whether a registry listed a number between two instants, for each edition in force then: the earliest `MOST` of
 * them. It takes today's bit and flips it for every later edition that changed it. Empty before the first edition. SQL
 * about many numbers can call the same database functions, `registry_edition_at` and `registry_listed_in`.
 */
export const findPastListings = query({
  name: "findPastListings",
  action: "registry.read",
  input: FindPastListings,
  run: async (ctx, { registryId, phone: written, from, until }) => {
    const { db, organizationId } = ctx;
    const registry = await db.registry.findFirst({ where: { organizationId, id: registryId } });
    if (!registry) throw registryNotFound();
    const { homeRegion } = await loadOrganization(ctx);
    const read = readPhone(written, homeRegion);
    if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");

    const { phone } = read;
    const row = await findPhone(ctx, phone);
    const editions = await loadPastListings(ctx, { registryId, phone, from, until });
    return { phone, phoneId: row?.id, editions };
  },
  audit: ({ phoneId }, { registryId }) => ({ registryId, ...(phoneId && { phoneId }) }),
  answer: ({ phone, editions }): PastListings => ({ phone, editions }),
});

function loadPastListings(
  { db, organizationId }: TransactionContext,
  { registryId, phone, from, until }: FindPastListings & { phone: Phone },
) {
  const { block, line } = locateNumber(Number(phone.slice(1)));
  return selectRows(
    { db },
    PastListing,
    sql`
    SELECT number AS edition, read_at AS "readAt",
      CASE WHEN areas = '{}' OR areas ? ${String(toArea(block))} THEN registry_listed_in(
        ${organizationId}::uuid, ${registryId}::uuid, number, ${block}::bigint, ${line}::int
      ) END AS "isListed"
    FROM registry_edition
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
      AND status = 'applied' AND read_at < ${until}
      AND number >= coalesce(
        registry_edition_at(${organizationId}::uuid, ${registryId}::uuid, ${from}), 1)
    ORDER BY number LIMIT ${MOST}`,
  );
}
