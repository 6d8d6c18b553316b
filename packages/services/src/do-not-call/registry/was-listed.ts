import { query } from "../../platform/verb.ts";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import { FindPastListings, toArea, locateNumber } from "@ringfence/core/do-not-call/registry";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { findPhone } from "../../people/phone/find-phone.ts";
import { registryNotFound } from "./registry.ts";

/** As many of a day are told, the first ones. */
const MOST = 50;

type PastListing = {
  edition: number;
  /** When it was read; it counts from then, until the next one. */
  readAt: Date;
  /** Null where it did not answer for the area of the number. */
  isListed: boolean | null;
};

/**
 * What a registry said of a number on a day, by each edition that was in force then: today's bit, turned
 * by every edition since that changed it. None before the first edition. A statement that asks for many
 * can call the same functions of the database, `registry_edition_at` and `registry_listed_in`.
 */
export const findPastListings = query({
  name: "findPastListings",
  action: "registry.read",
  input: FindPastListings,
  run: async (
    ctx,
    { registryId, phone: written, from, until },
  ): Promise<{ phone: Phone; editions: PastListing[] }> => {
    const { db, organizationId } = ctx;
    const registry = await db.registry.findFirst({ where: { organizationId, id: registryId } });
    if (!registry) throw registryNotFound();
    const { homeRegion } = await organizationOf(ctx);
    const read = readPhone(written, homeRegion);
    if ("fault" in read) throw new ServiceError("invalid", read.fault, "/phone");

    const { phone } = read;
    const known = await findPhone(ctx, phone);
    await appendAudit(ctx, "registry.read", { registryId, ...(known && { phoneId: known.id }) });
    return { phone, editions: await loadPastListings(ctx, { registryId, phone, from, until }) };
  },
  audit: "by run",
});

function loadPastListings(
  { db, organizationId }: TransactionContext,
  { registryId, phone, from, until }: FindPastListings & { phone: Phone },
) {
  const { block, line } = locateNumber(Number(phone.slice(1)));
  return db.$queryRaw<PastListing[]>`
    SELECT number AS edition, read_at AS "readAt",
      CASE WHEN areas = '{}' OR areas ? ${String(toArea(block))} THEN registry_listed_in(
        ${organizationId}::uuid, ${registryId}::uuid, number, ${block}::bigint, ${line}::int
      ) END AS "isListed"
    FROM registry_edition
    WHERE organization_id = ${organizationId}::uuid AND registry_id = ${registryId}::uuid
      AND status = 'applied' AND read_at < ${until}
      AND number >= coalesce(
        registry_edition_at(${organizationId}::uuid, ${registryId}::uuid, ${from}), 1)
    ORDER BY number LIMIT ${MOST}`;
}
