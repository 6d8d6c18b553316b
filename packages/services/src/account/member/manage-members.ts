import { sql } from "kysely";
import { z } from "zod";
import { MemberId } from "@ringfence/core/ids";
import { AddMember, ChangeMember } from "@ringfence/core/account/member";
import {
  ServiceError,
  type TransactionContext,
  appendAudit,
  command,
  selectRows,
} from "../../platform/internal.ts";
import { resolveSellerIds } from "../seller/internal.ts";
import { createMemberLink } from "./member-link.ts";
import { recordMemberEvent } from "./independent-reviewer.ts";
import type { Locale } from "@ringfence/core/platform/message";
import { requireMemberId } from "./acting-member.ts";

/** Whether the installation can mail the link. */
const Mailing = z.object({ isMailSet: z.boolean() });

/**
 * Adds a colleague, who gets a link to choose a password. The link is mailed to them; if mail is not set up,
 * only this answer contains it.
 */
export const addMember = command({
  name: "addMember",
  action: "member.change",
  input: AddMember.and(Mailing),
  run: async (
    ctx,
    { isMailSet, ...member },
  ): Promise<{ memberId: MemberId; link: string | null }> => {
    await assertStillOwner(ctx);
    const sellerIds = await resolveSellerIds(ctx, member.sellerIds, "/sellerIds");
    const memberId = await insertMember(ctx, { ...member, sellerIds, passwordHash: "" });
    const link = await createMemberLink(ctx, memberId, { isMailed: isMailSet });
    await recordMemberEvent(ctx, { memberId, kind: "added", isShown: !isMailSet });
    await appendAudit(ctx, "member.change", {
      memberId,
      change: "added",
      role: member.role,
      sellers: sellerIds.join(),
    });
    return { memberId, link };
  },
  audit: "by run",
});

/**
 * Gives a colleague another role or other sellers, from their next request on. Throws `conflict` if either
 * has changed meanwhile.
 */
export const changeMember = command({
  name: "changeMember",
  action: "member.change",
  input: ChangeMember,
  run: async (ctx, { memberId: id, role, before, ...to }) => {
    const { db, organizationId } = ctx;
    const sellerIds = await resolveSellerIds(ctx, to.sellerIds, "/sellerIds");
    await lockColleague(ctx, id);
    const same = before && { role: before.role, sellerIds: { equals: before.sellerIds } };
    const { count } = await db.member.updateMany({
      where: { organizationId, id, ...same },
      data: { role, sellerIds },
    });
    if (count === 0) throw new ServiceError("conflict", { key: "error.changed-meanwhile" });
    await recordMemberEvent(ctx, { memberId: id, kind: "role" });
    await appendAudit(ctx, "member.change", {
      memberId: id,
      change: "role",
      role,
      sellers: sellerIds.join(),
    });
  },
  audit: "by run",
});

/**
 * Resets a colleague who forgot their password. The password and all their sessions end, and they choose a
 * new one with a link. The link is mailed to them; if mail is not set up, only this answer contains it.
 */
export const resetMember = command({
  name: "resetMember",
  action: "member.change",
  input: Mailing.extend({ memberId: MemberId }),
  run: async (ctx, { memberId: id, isMailSet }): Promise<{ link: string | null }> => {
    const { db, organizationId } = ctx;
    await lockColleague(ctx, id);
    await db.member.updateMany({
      where: { organizationId, id },
      data: { passwordHash: "", hasFirstPassword: true },
    });
    await db.session.deleteMany({ where: { organizationId, memberId: id } });
    const link = await createMemberLink(ctx, id, { isMailed: isMailSet });
    await recordMemberEvent(ctx, { memberId: id, kind: "reset", isShown: !isMailSet });
    await appendAudit(ctx, "member.change", { memberId: id, change: "link", isMailed: isMailSet });
    return { link };
  },
  audit: "by run",
});

/** Removes a colleague, effective with the next request. What they did keeps their name. */
export const removeMember = command({
  name: "removeMember",
  action: "member.change",
  input: MemberId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    await lockColleague(ctx, id);
    await db.member.updateMany({
      where: { organizationId, id },
      data: { removedAt: now, passwordHash: "" },
    });
    await db.session.deleteMany({ where: { organizationId, memberId: id } });
    await db.signInPlace.deleteMany({ where: { organizationId, memberId: id } });
    await appendAudit(ctx, "member.change", { memberId: id, change: "removed" });
  },
  audit: "by run",
});

/**
 * Inserts a member into the organization of the transaction. They still have to choose a password of their
 * own. Throws `conflict` if another member has the email address.
 *
 * It checks no permission and audits nothing. `addMember` does both; so does the command that creates the
 * first owner, whom nobody can add.
 */
export const insertMember = async (
  ctx: TransactionContext,
  member: AddMember & { passwordHash: string; locale?: Locale; zone?: string },
): Promise<MemberId> => {
  const { db, organizationId } = ctx;
  const [made] = await db.member.createManyAndReturn({
    data: [{ ...member, organizationId, hasFirstPassword: true }],
    skipDuplicates: true,
    select: { id: true },
  });
  if (made === undefined) throw new ServiceError("conflict", { key: "error.email-taken" });
  return MemberId.parse(made.id);
};

/**
 * Keeps the acting owner from being removed until the transaction ends; throws `forbidden` if they are no
 * longer an owner.
 */
const assertStillOwner = async (ctx: TransactionContext): Promise<void> => {
  const { db, organizationId } = ctx;
  const still = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM member
    WHERE organization_id = ${organizationId}::uuid AND id = ${requireMemberId(ctx)}::uuid
      AND role = 'owner' AND removed_at IS NULL
    FOR SHARE`;
  if (still.length === 0) throw new ServiceError("forbidden", { key: "error.owner-no-more" });
};

/**
 * Locks a member whom an owner changes, and all owners, until the transaction ends.
 *
 * Nobody changes themselves, and only somebody who is still an owner changes others, so one owner always
 * remains, even if two remove each other at once. Throws `not-found` or `forbidden`.
 */
const lockColleague = async (ctx: TransactionContext, memberId: MemberId): Promise<void> => {
  const { db, organizationId } = ctx;
  const self = requireMemberId(ctx);
  if (memberId === self) throw new ServiceError("forbidden", { key: "error.own-membership" });

  // Always locks in the same order, so that two concurrent changes cannot deadlock.
  const locked = await selectRows(
    { db },
    z.object({ id: z.string(), isOwner: z.boolean() }),
    sql`
    SELECT id, role = 'owner' AS "isOwner" FROM member
    WHERE organization_id = ${organizationId}::uuid AND removed_at IS NULL
      AND (role = 'owner' OR id = ${memberId}::uuid)
    ORDER BY id FOR UPDATE`,
  );
  if (!locked.some(({ id, isOwner }) => id === self && isOwner)) {
    throw new ServiceError("forbidden", { key: "error.owner-no-more" });
  }
  if (!locked.some(({ id }) => id === memberId)) {
    throw new ServiceError("not-found", { key: "error.member-not-found" });
  }
};
