import type { PhoneId } from "@ringfence/core/ids";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";
import type { statedWorld } from "../../proof/statement/stated-world.ts";

type Claimed = {
  id: string;
  phoneId: PhoneId;
  scope: OptOutScope;
  channel: string;
  reference: string;
};

/** What each statement about a refusal says of it. */
export const claimedOptOut = (
  world: Awaited<ReturnType<typeof statedWorld>>,
  { id, phoneId, scope, channel, reference }: Claimed,
) => ({
  organization: world.organization,
  opt_out: id,
  ...world.phone(phoneId),
  scope: scope.scope,
  seller: scope.scope === "seller" ? world.seller(scope.sellerId) : undefined,
  purposes: scope.scope === "purpose" ? [scope.purpose] : undefined,
  channel,
  reference,
});
