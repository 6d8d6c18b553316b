import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { MemberId } from "@ringfence/core/ids";
import { type TransactionContext, selectRow } from "../../platform/internal.ts";

/*
 * Rules for the proofs that a member may sign in with. They are SQL, because the statement that reads a session at every
 * request uses them too.
 */

type MemberColumns = { organizationId: RawBuilder<unknown>; memberId: RawBuilder<unknown> };

/** SQL: true if the member may sign in only through the organization's identity provider. */
const providerRequired = ({ organizationId, memberId }: MemberColumns) => sql<boolean>`EXISTS (
  SELECT FROM identity_provider
  WHERE identity_provider.organization_id = ${organizationId}
    AND is_required AND emergency_owner_id <> ${memberId})`;

/** SQL: true if the member has a passkey that works. None works for a member who has to use the identity provider. */
export const hasWorkingPasskey = (member: MemberColumns) => sql<boolean>`(EXISTS (
  SELECT FROM passkey
  WHERE passkey.organization_id = ${member.organizationId} AND passkey.member_id = ${member.memberId}
) AND NOT ${providerRequired(member)})`;

/** SQL: true if the member has a confirmed authenticator or a passkey that works. */
export const hasWorkingFactor = (member: MemberColumns) => sql<boolean>`(EXISTS (
  SELECT FROM authenticator
  WHERE authenticator.organization_id = ${member.organizationId}
    AND authenticator.member_id = ${member.memberId} AND confirmed_at IS NOT NULL
) OR ${hasWorkingPasskey(member)})`;

/** True if a member may sign in only through the organization's identity provider. */
export const isProviderRequired = (ctx: TransactionContext, memberId: MemberId): Promise<boolean> =>
  check(ctx, memberId, providerRequired);

/** True if the member has a second factor that works. */
export const hasSecondFactor = (ctx: TransactionContext, memberId: MemberId): Promise<boolean> =>
  check(ctx, memberId, hasWorkingFactor);

async function check(
  { db, organizationId }: TransactionContext,
  memberId: MemberId,
  condition: (member: MemberColumns) => RawBuilder<boolean>,
): Promise<boolean> {
  const member = {
    organizationId: sql`${organizationId}::uuid`,
    memberId: sql`${memberId}::uuid`,
  };
  const Row = z.object({ isTrue: z.boolean() });
  const { isTrue } = await selectRow({ db }, Row, sql`SELECT ${condition(member)} AS "isTrue"`);
  return isTrue;
}
