import { ConsentId } from "@ringfence/core/ids";
import { consentEvents } from "../record/consent-events.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type StatementOnRecord, openStatements } from "../statement/open-statements.ts";
import type { Provable } from "./provable.ts";

/** What a consent, a refusal or an erasure of this id was first stated as, if it is such a one. */
export async function findStated(
  ctx: TransactionContext,
  id: string,
  of: Provable = "any",
): Promise<StatementOnRecord> {
  const consent = ConsentId.safeParse(id);
  if (!consent.success) throw notFound();
  const events = await consentEvents(ctx, consent.data);
  const [first] = await openStatements(ctx, { about: [...events, id] });
  if (!first || (of !== "any" && !first.kind.startsWith(`${of}.`))) throw notFound();
  return first;
}

const notFound = () => new ServiceError("not-found", { key: "certificate.not-found" });
