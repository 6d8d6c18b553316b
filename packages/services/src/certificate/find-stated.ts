import { ConsentId } from "@ringfence/core/ids";
import { consentEvents } from "../consent/consent-events.ts";
import type { TransactionContext } from "../context.ts";
import { ServiceError } from "../errors.ts";
import { openStatements, type StatementOnRecord } from "../statement/open-statements.ts";

/** What a consent, a refusal or an erasure of this id was first stated as. */
export async function findStated(ctx: TransactionContext, id: string): Promise<StatementOnRecord> {
  const consent = ConsentId.safeParse(id);
  if (!consent.success) throw notFound();
  const events = await consentEvents(ctx, consent.data);
  const [first] = await openStatements(ctx, { about: [...events, id] });
  if (!first) throw notFound();
  return first;
}

const notFound = () => new ServiceError("not-found", { key: "certificate.not-found" });
