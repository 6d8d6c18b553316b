import { sql } from "kysely";
import { z } from "zod";
import { MemberId } from "@ringfence/core/ids";
import { AddMember, ChangeMember } from "@ringfence/core/account/member";
import {
  ServiceError,
  type TransactionContext,
  command,
  selectRows,
} from "../../platform/internal.ts";
import { resolveSellerIds } from "../seller/internal.ts";
import { createMemberLink } from "./member-link.ts";
import { recordMemberEvent } from "./assert-independent-reviewer.ts";
import type { Locale } from "@ringfence/core/platform/message";
import { requireMemberId } from "./sessions.ts";

/**
 * True if the installation can send mail. The server sets it, never the client: if it is false, the sign-in
 * link is returned to the owner.
 */
const Mailing = z.object({ canSendMail: z.boolean() });

/**
 * Adds a member, who gets a link to choose a password. The link is mailed to them. If mail is not set up, it
 * is returned instead, for the owner to pass on.
 */
export const addMember = command({
  name: "addMember",
  action: "member.change",
  stepUp: true,
  input: AddMember.and(Mailing),
  run: async (ctx, { canSendMail, ...member }) => {
    await assertStillOwner(ctx);
    const sellerIds = await resolveSellerIds(ctx, member.sellerIds, "/sellerIds");
    const memberId = await insertMember(ctx, { ...member, sellerIds, passwordHash: "" });
    const link = await createMemberLink(ctx, memberId, { isMailed: canSendMail });
    await recordMemberEvent(ctx, { memberId, kind: "added", isShown: !canSendMail });
    return { memberId, link, sellerIds };
  },
  audit: ({ memberId, sellerIds }, { role }) => ({
    memberId,
    change: "added",
    role,
    sellers: sellerIds.join(),
  }),
  answer: ({ memberId, link }) => ({ memberId, link }),
});

/**
 * Changes a member's role and sellers, effective with their next request. If `before` is given, throws
 * `conflict` when the role or the sellers are no longer the same.
 */
export const changeMember = command({
  name: "changeMember",
  action: "member.change",
  stepUp: true,
  input: ChangeMember,
  run: async (ctx, { memberId: id, role, before, ...to }) => {
    const { db, organizationId } = ctx;
    const sellerIds = await resolveSellerIds(ctx, to.sellerIds, "/sellerIds");
    await lockMemberForChange(ctx, id);
    if (role !== "owner") await assertNotEmergencyOwner(ctx, id);
    const unchanged = before && { role: before.role, sellerIds: { equals: before.sellerIds } };
    const { count } = await db.member.updateMany({
      where: { organizationId, id, ...unchanged },
      data: { role, sellerIds },
    });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await recordMemberEvent(ctx, { memberId: id, kind: "role" });
    return { sellerIds };
  },
  audit: ({ sellerIds }, { memberId, role }) => ({
    memberId,
    change: "role",
    role,
    sellers: sellerIds.join(),
  }),
  answer: () => {},
});

/**
 * Removes the password of a member who forgot it, ends all their sessions, and creates a link to choose a new
 * password. The link is mailed to them. If mail is not set up, it is returned instead.
 */
export const resetMemberPassword = command({
  name: "resetMemberPassword",
  action: "member.change",
  stepUp: true,
  input: Mailing.extend({ memberId: MemberId }),
  run: async (ctx, { memberId: id, canSendMail }): Promise<{ link: string | null }> => {
    const { db, organizationId } = ctx;
    await lockMemberForChange(ctx, id);
    await assertNotEmergencyOwner(ctx, id);
    await db.member.updateMany({
      where: { organizationId, id },
      // Nobody can sign in with an empty hash. `hasFirstPassword` lasts until they choose a password.
      data: { passwordHash: "", hasFirstPassword: true },
    });
    await db.session.deleteMany({ where: { organizationId, memberId: id } });
    const link = await createMemberLink(ctx, id, { isMailed: canSendMail });
    await recordMemberEvent(ctx, { memberId: id, kind: "reset", isShown: !canSendMail });
    return { link };
  },
  audit: (_, { memberId, canSendMail: isMailed }) => ({ memberId, change: "link", isMailed }),
});

/** Removes a member, effective with their next request. Records of what they did still show their name. */
export const removeMember = command({
  name: "removeMember",
  action: "member.change",
  stepUp: true,
  input: MemberId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    await lockMemberForChange(ctx, id);
    await assertNotEmergencyOwner(ctx, id);
    await db.member.updateMany({
      where: { organizationId, id },
      data: { removedAt: now, passwordHash: "" },
    });
    await db.session.deleteMany({ where: { organizationId, memberId: id } });
    await db.signInPlace.deleteMany({ where: { organizationId, memberId: id } });
  },
  audit: (_, memberId) => ({ memberId, change: "removed" }),
});

/**
 * Inserts a member into the context's organization. Unless `hasFirstPassword` is false, they still have to choose a
 * password of their own, and with an empty `passwordHash` they cannot sign in before. Throws `conflict` if a current
 * member of the organization has the email address.
 *
 * The caller checks the permission and writes the audit row, as `addMember` does, and the command that creates an
 * organization with its first owner.
 */
export const insertMember = async (
  ctx: TransactionContext,
  member: AddMember & {
    passwordHash: string;
    hasFirstPassword?: boolean;
    locale?: Locale;
    zone?: string;
  },
): Promise<MemberId> => {
  const { db, organizationId } = ctx;
  const [inserted] = await db.member.createManyAndReturn({
    data: [{ hasFirstPassword: true, ...member, organizationId }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (inserted === undefined) throw new ServiceError("conflict", { key: "error.email-taken" });
  return MemberId.parse(inserted.id);
};

/**
 * Keeps the acting owner from being removed until the transaction ends; throws `forbidden` if they are no
 * longer an owner.
 */
export const assertStillOwner = async (ctx: TransactionContext): Promise<void> => {
  const { db, organizationId } = ctx;
  const owners = await selectRows(
    { db },
    z.object({ id: z.string() }),
    sql`
    SELECT id FROM member
    WHERE organization_id = ${organizationId}::uuid AND id = ${requireMemberId(ctx)}::uuid
      AND role = 'owner' AND removed_at IS NULL
    FOR SHARE`,
  );
  if (owners.length === 0) throw new ServiceError("forbidden", { key: "error.owner-no-more" });
};

/**
 * Locks the member to change, and all owners, until the transaction ends. Throws `forbidden` if the actor is
 * that member or is no longer an owner, and `not-found` if the member does not exist.
 *
 * Nobody changes themselves and only a current owner changes others, so one owner always remains, even if two
 * remove each other at once.
 */
export const lockMemberForChange = async (
  ctx: TransactionContext,
  memberId: MemberId,
): Promise<void> => {
  const self = requireMemberId(ctx);
  if (memberId === self) throw new ServiceError("forbidden", { key: "error.own-membership" });

  const { locked } = await lockOwnersAnd(ctx, memberId);
  if (!locked.some(({ id, isOwner }) => id === self && isOwner)) {
    throw new ServiceError("forbidden", { key: "error.owner-no-more" });
  }
  if (!locked.some(({ id }) => id === memberId)) {
    throw new ServiceError("not-found", { key: "error.member-not-found" });
  }
};

/**
 * Locks all owners, and one more member if given, until the transaction ends. Returns them without those who were
 * removed. `onlyOwnerId` is the owner without whom the organization would have none who can sign in; null if there are
 * several. If the identity provider has ended the access of all, each counts, because access comes back with a group.
 */
export async function lockOwnersAnd(
  { db, organizationId }: TransactionContext,
  memberId: string | null,
) {
  // Always locks in the same order, so that two concurrent changes cannot deadlock.
  const locked = await selectRows(
    { db },
    z.object({ id: MemberId, isOwner: z.boolean(), hasAccess: z.boolean() }),
    sql`
    SELECT id, role = 'owner' AS "isOwner", access_ended_at IS NULL AS "hasAccess" FROM member
    WHERE organization_id = ${organizationId}::uuid AND removed_at IS NULL
      AND (role = 'owner' OR id = ${memberId}::uuid)
    ORDER BY id FOR UPDATE`,
  );
  const owners = locked.filter(({ isOwner }) => isOwner);
  const withAccess = owners.filter(({ hasAccess }) => hasAccess);
  const [owner, ...otherOwners] = withAccess.length > 0 ? withAccess : owners;
  return { locked, onlyOwnerId: owner && otherOwners.length === 0 ? owner.id : null };
}

/**
 * Asserts that the organization does not rely on a member who may sign in with a password although an identity
 * provider is required: without them, nobody could sign in when the provider fails.
 */
async function assertNotEmergencyOwner({ db, organizationId }: TransactionContext, id: MemberId) {
  const where = { organizationId, isRequired: true, emergencyOwnerId: id };
  if ((await db.identityProvider.count({ where })) === 0) return;
  throw new ServiceError("conflict", { key: "error.emergency-owner" });
}
