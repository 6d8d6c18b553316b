import { ConsentId } from "@ringfence/core/ids";
import type { TransactionContext } from "../../platform/context.ts";
import { announceChanges } from "../../do-not-call/endpoint/announce-changes.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { lockPhones } from "../../people/phone/lock-phones.ts";
import { authenticateConsents } from "../../proof/record/authenticate-consents.ts";
import { queueRejudgement } from "../../people/phone/queue-rejudgement.ts";
import { findGrants, insertEvidence, insertGrants } from "./grant-rows.ts";
import type { NamedConsent, NewConsent } from "./new-consent.ts";
import { stateConsents } from "./state-consents.ts";

export type AppendedConsent = { id: ConsentId; isNew: boolean };

/**
 * Puts grants on record, each with its evidence and its statement. One that says the same of the same
 * phone, seller and time is the same one, and is answered with the first, whose evidence stays.
 *
 * None is proven: that takes an act which no caller can make alone (contract 6).
 */
export const appendConsents = async (
  ctx: TransactionContext,
  consents: readonly NewConsent[],
): Promise<AppendedConsent[]> => {
  // In the order of their phones, so that of two at once neither waits for the other in a circle.
  await lockPhones(
    ctx,
    consents.map(({ phoneId }) => phoneId),
  );
  const named = await nameConsents(ctx, consents);
  const inserted = await insertGrants(ctx, named);
  const added = named.filter(({ eventId }) => inserted.has(eventId));
  await insertEvidence(ctx, added);
  await stateConsents(
    ctx,
    added
      .filter(({ type }) => type === "granted")
      .map((consent) => ({ ...consent, isProven: false })),
  );
  await authenticateConsents(
    ctx,
    added.map(({ eventId }) => eventId),
  );
  await announceChanges(
    ctx,
    "consent.changed",
    added.map(({ eventId }) => eventId),
  );

  await queueRejudgement(
    ctx,
    added.map(({ phoneId, at }) => ({ phoneId, since: at })),
  );

  const ids = await findGrants(ctx, named);
  return named.map(({ eventId }, index) => {
    const id = ids.get(index);
    if (!id) throw new Error("a consent was neither found nor added");
    return { id, isNew: inserted.has(eventId) };
  });
};

async function nameConsents(
  ctx: TransactionContext,
  consents: readonly NewConsent[],
): Promise<NamedConsent[]> {
  const ids = await freshIds(ctx, consents.length * 2);
  return consents.map((consent, index) => ({
    ...consent,
    purposes: sortedSet(consent.purposes),
    channels: sortedSet(consent.channels),
    consentId: ConsentId.parse(ids[index * 2]),
    eventId: String(ids[index * 2 + 1]),
  }));
}

/** So that the same said in another order is the same. */
const sortedSet = <T extends string>(names: readonly T[]): T[] => [...new Set(names)].toSorted();
