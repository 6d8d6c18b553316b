import { z } from "zod";
import { GroupPosition } from "@ringfence/core/account/identity-provider";
import { MemberId, type OrganizationId } from "@ringfence/core/ids";
import type { Actor } from "@ringfence/core/platform/access";
import {
  type Installation,
  type TransactionContext,
  inTransaction,
} from "../../platform/internal.ts";
import { toActor } from "../member/internal.ts";

const ProviderRow = z.object({
  name: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  clientSecret: z.instanceof(Uint8Array),
  scopes: z.string(),
  groupsClaim: z.string(),
  groups: GroupPosition.array(),
  isRequired: z.boolean(),
  emergencyOwnerId: MemberId.nullable(),
  changedById: MemberId,
  changedAt: z.date(),
});
export type ProviderRow = z.infer<typeof ProviderRow>;

/** Loads the settings of the organization's identity provider; null if it has none. The secret is encrypted. */
export async function findProviderRow({
  db,
  organizationId,
}: TransactionContext): Promise<ProviderRow | null> {
  const row = await db.identityProvider.findUnique({ where: { organizationId } });
  return row && ProviderRow.parse(row);
}

/** The actor of changes that the provider causes, before the member is known. */
export const providerActor = { type: "job", name: "identity-provider" } as const satisfies Actor;

/** Reads the settings before anybody has signed in, with the database's time. */
export const loadProvider = (installation: Installation, organizationId: OrganizationId) =>
  inTransaction({ ...installation, organizationId, actor: providerActor }, async (ctx) => {
    const row = await findProviderRow(ctx);
    return row && { ...row, now: ctx.now };
  });

/**
 * Returns the context with the owner who set up the provider as its actor. What the provider does to a member counts as
 * done by that owner, when it is decided whether two members are independent.
 */
export const asChanger = (ctx: TransactionContext, { changedById }: ProviderRow) => ({
  ...ctx,
  actor: toActor({ memberId: changedById, role: "owner", sellerIds: [] }),
});
