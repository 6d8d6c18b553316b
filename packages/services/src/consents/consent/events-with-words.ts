import type { ConsentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/** All events of a consent with what was shown and what proves them, and the one by which it was given. */
export async function eventsWithWords(
  { db, organizationId }: TransactionContext,
  consentId: ConsentId,
) {
  const events = await db.consentEvent.findMany({
    where: { organizationId, consentId },
    include: { phone: true, seller: true, disclosure: true, evidence: true },
    orderBy: { id: "asc" },
  });
  const grant = events.find(({ type }) => type === "granted" || type === "renewed") ?? events[0];
  if (!grant) throw new ServiceError("not-found", { key: "consent.not-found" });
  return { events, grant };
}

export type EventWithWords = Awaited<ReturnType<typeof eventsWithWords>>["grant"];
