import type { Channel } from "@ringfence/core/people/phone";
import type { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";
import { putStatements } from "../../proof/statement/put-statements.ts";
import { saidClaims } from "../../proof/statement/said-claims.ts";
import { statedWorld } from "../../proof/statement/stated-world.ts";

/** Of a consent that counts no more, or not for all: `source` says how that is known. */
type Ended = {
  eventId: string;
  consentId: ConsentId;
  phoneId: PhoneId;
  sellerId: SellerId;
  purposes: readonly PurposeKey[];
  channels: readonly Channel[];
  source: string;
  at: Date;
  /** Hash of the letter in which the person said so. */
  scan?: string;
};

/** States that a person took back what they agreed to, or that it was found void. */
export async function stateWithdrawal(
  ctx: TransactionContext,
  { eventId, consentId, phoneId, sellerId, purposes, channels, source, at, scan }: Ended,
  kind: "consent.withdrawn" | "consent.invalidated" = "consent.withdrawn",
) {
  const world = await statedWorld(ctx, [phoneId]);
  const claims = saidClaims({
    organization: world.organization,
    consent: consentId,
    event: eventId,
    ...world.phone(phoneId),
    seller: world.seller(sellerId),
    purposes,
    channels,
    source,
    at: at.toISOString(),
    scan,
  });
  await putStatements(ctx, kind, [{ subjectId: phoneId, about: eventId, claims }]);
}
