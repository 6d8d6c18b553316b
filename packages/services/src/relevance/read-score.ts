import type { ContactId } from "@ringfence/core/ids";
import { type Driver, driversOf, traitsBefore } from "@ringfence/core/relevance";
import { allow } from "../access/allow.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { inTransaction, type ServiceContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { knownPeople } from "./known-people.ts";
import { relevanceInForce } from "./relevance-in-force.ts";
import { type Score, scoreOf } from "./score-people.ts";

/**
 * The score of a person with what makes it differ from the usual one; null for who refused profiling. Who
 * looked is on record before they see it.
 */
export async function readScore(
  ctx: ServiceContext,
  contactId: ContactId,
): Promise<(Score & { drivers: Driver[] }) | null> {
  allow(ctx, "relevance.read");

  return inTransaction(ctx, async (ctx) => {
    const { db, organizationId, now } = ctx;
    const contact = await db.contact.findFirst({
      where: { organizationId, id: contactId, erasedAt: null },
      select: { ordinal: true },
    });
    if (contact === null) throw new ServiceError("not-found", { key: "contact.not-found" });
    await appendAudit(ctx, "relevance.read", { contactId });
    const { model, threshold } = await relevanceInForce(ctx);
    const [person] = await knownPeople(ctx, [contact.ordinal]);
    if (person === undefined) return null;
    const drivers = driversOf(model, traitsBefore(person, now));
    return { ...scoreOf(ctx, person, model, threshold), drivers };
  });
}
