import { ConsentId } from "@ringfence/core/ids";
import { actingPerson } from "../../platform/access/acting-person.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";

/**
 * The consents of one form that was sent, of which a receipt names one: those of the phone that the same
 * form captured at the same instant.
 */
export async function consentsSentTogether(
  ctx: TransactionContext,
  receipt: ConsentId,
): Promise<ConsentId[]> {
  const { db, organizationId } = ctx;
  const phoneId = actingPerson(ctx);
  const named = await db.consentEvent.findFirst({
    where: { organizationId, phoneId, consentId: receipt },
    orderBy: { id: "asc" },
  });
  if (!named?.formId) throw new ServiceError("not-found", { key: "consent.not-found" });
  const { formId, formVersion, at, type } = named;
  const together = await db.consentEvent.findMany({
    where: { organizationId, phoneId, formId, formVersion, at, type },
    orderBy: { id: "asc" },
  });
  return together.map(({ consentId }) => ConsentId.parse(consentId));
}
