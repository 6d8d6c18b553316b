import type { Phone } from "@ringfence/core/people/phone";
import type { Installation, RootContext } from "../src/platform/context.ts";
import { signPermit, permitSeconds } from "../src/calling/screening/permit.ts";

type Given = { phone: Phone; seller?: string; purpose?: string; at?: Date };

/** Signs a permit at any hour, because a screening issues one only within calling hours. */
export const aPermit = (
  { keys, organizationId }: Pick<Installation, "keys"> & Pick<RootContext, "organizationId">,
  { phone, seller = "acme", purpose = "marketing", at = new Date() }: Given,
) =>
  signPermit(keys, {
    organizationId,
    screeningId: "0195a000-0000-7000-8000-000000000001",
    phone,
    seller,
    purpose,
    dialer: "live_agent",
    campaign: null,
    at,
    lifeSeconds: permitSeconds.usual,
  });
