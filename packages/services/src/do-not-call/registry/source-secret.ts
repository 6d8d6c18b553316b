import type { OrganizationId } from "@ringfence/core/ids";
import type { RegistryCode } from "@ringfence/core/do-not-call/registry";

/** What the secret of a registry's source is sealed for: in the row of another it does not open. */
export const secretOf = (organizationId: OrganizationId, code: RegistryCode) => ({
  organizationId,
  purpose: `registry ${code}`,
});
