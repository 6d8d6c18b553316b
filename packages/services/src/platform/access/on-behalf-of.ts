import type { Actor } from "@ringfence/core/platform/access";
import { type OrganizationId, PhoneId } from "@ringfence/core/ids";
import type { Installation, RootContext } from "../context.ts";

/** In which the person of a phone acts for themselves. */
export type PersonContext = RootContext & { actor: Extract<Actor, { type: "person" }> };

/** On behalf of the person of a phone, who has shown that they are: by a link or a code of ours. */
export const onBehalfOf = (
  installation: Installation,
  organizationId: OrganizationId,
  phoneId: string,
): PersonContext => ({
  ...installation,
  organizationId,
  actor: { type: "person", phoneId: PhoneId.parse(phoneId) },
});
