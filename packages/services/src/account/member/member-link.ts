import { sql } from "kysely";
import { z } from "zod";
import { MemberId, MemberLinkId, type OrganizationId, SellerId } from "@ringfence/core/ids";
import { Role } from "@ringfence/core/platform/access";
import { preferredLocale, say } from "@ringfence/core/platform/message";
import type { ChoosePassword } from "@ringfence/core/account/member";
import {
  type Installation,
  type MailContext,
  type TransactionContext,
  appendAudit,
  command,
  createId,
  defineJob,
  enqueue,
  inTransaction,
  readLink,
  selectRows,
  writeLink,
} from "../../platform/internal.ts";
import { isBreached } from "./breached-passwords.ts";
import { hashPassword, isGuessable } from "./password.ts";
import { recordMemberEvent } from "./assert-independent-reviewer.ts";
import { toActor } from "./sessions.ts";

/** Mails a member the link of a `memberLink` row. */
export const sendMemberLinkJob = defineJob("member-link.send", { memberLinkId: MemberLinkId });

/** Hours until an unused link expires. */
export const LINK_HOURS = 72;

/**
 * Creates a link with which a member chooses a password once. Earlier links stop working. If the link is
 * mailed, nobody else sees it and the result is null; otherwise only this answer contains it. It is signed
 * with a key of the installation, so nobody can build a link from what is stored.
 */
export async function createMemberLink(
  ctx: TransactionContext,
  memberId: MemberId,
  { isMailed }: { isMailed: boolean },
): Promise<string | null> {
  const { db, keys, organizationId, now } = ctx;
  await db.memberLink.deleteMany({ where: { organizationId, memberId } });
  const id = await createId(ctx, MemberLinkId);
  const expiresAt = new Date(now.getTime() + LINK_HOURS * 3_600_000);
  await db.memberLink.create({
    data: { organizationId, id, memberId, isMailed, createdAt: now, expiresAt },
  });
  if (!isMailed) return writeLink(keys, "member link", { organizationId, id });
  await enqueue(ctx, sendMemberLinkJob, { memberLinkId: id }, { key: id });
  return null;
}

/** Finds the member of a link. Null if the link was used, has expired, was replaced, or is not ours. */
export async function findMemberLink({ db, keys }: Installation, text: string) {
  const parts = readLink(keys, "member link", text);
  if (parts === null) return null;
  const { organizationId, id } = parts;
  const [row] = await selectRows(
    { db: db.prisma },
    LinkedMember,
    sql`
    SELECT member.id AS "memberId", member.name, email, role, seller_ids AS "sellerIds",
      organization.name AS "organizationName", is_mailed AS "isMailed"
    FROM member_link AS link
    JOIN member ON member.organization_id = link.organization_id AND member.id = member_id
    JOIN organization ON organization.id = link.organization_id
    WHERE link.organization_id = ${organizationId}::uuid AND link.id = ${id}::uuid
      AND used_at IS NULL AND expires_at > clock_timestamp() AND removed_at IS NULL`,
  );
  return row === undefined ? null : { ...row, organizationId, linkId: id };
}

const LinkedMember = z.object({
  memberId: MemberId,
  name: z.string(),
  email: z.string(),
  role: Role,
  sellerIds: SellerId.array(),
  organizationName: z.string(),
  isMailed: z.boolean(),
});

/** Mails a member the link to choose a password, unless it no longer works: used, replaced, expired, or removed. */
export const sendMemberLink = command({
  name: "sendMemberLink",
  action: "member-link.send",
  input: MemberLinkId,
  transaction: "by run",
  run: async (ctx: MailContext, id: MemberLinkId): Promise<void> => {
    const { organizationId, keys, messageSender, publicUrl } = ctx;
    const link = await inTransaction(ctx, ({ db, now }) =>
      db.memberLink.findFirst({
        where: { organizationId, id, isMailed: true, usedAt: null, expiresAt: { gt: now } },
        include: { member: { include: { organization: { select: { name: true } } } } },
      }),
    );
    if (link === null || link.member.removedAt !== null) return;
    const { email, locale: preferred, organization } = link.member;
    const locale = preferredLocale(preferred);
    const address = `${publicUrl}/join/${writeLink(keys, "member link", { organizationId, id })}`;
    await messageSender.email({
      to: email,
      subject: say(locale, {
        key: "member.link-subject",
        values: { organization: organization.name },
      }),
      text: say(locale, {
        key: "member.link-email",
        values: { organization: organization.name, address, hours: LINK_HOURS },
      }),
    });
  },
  audit: "none",
});

/** `over`: the link does not work. After `guessable` or `breached` it still works, for another password. */
export type LinkOutcome = "chosen" | "over" | "guessable" | "breached";

/**
 * Sets the password of the link's holder, and ends their sessions. There is no actor yet, because the link
 * says who acts, so it does not call `allow`. A link that was only mailed also confirms the address.
 */
export async function choosePasswordByLink(
  installation: Installation,
  { link, newPassword }: ChoosePassword,
): Promise<LinkOutcome> {
  const found = await findMemberLink(installation, link);
  if (found === null) return "over";
  const { name, email, organizationName } = found;
  if (isGuessable(newPassword, [name, email, organizationName])) return "guessable";
  if (await isBreached(installation, newPassword)) return "breached";
  const passwordHash = await hashPassword(newPassword);
  return (await setPasswordByLink(installation, found, passwordHash)) ? "chosen" : "over";
}

type FoundLink = z.infer<typeof LinkedMember> & { organizationId: OrganizationId; linkId: string };

/** False if the link was used or replaced, or its member removed, since it was looked up. */
const setPasswordByLink = (
  installation: Installation,
  { organizationId, linkId, memberId, role, sellerIds, isMailed }: FoundLink,
  passwordHash: string,
) =>
  inTransaction(
    { ...installation, organizationId, actor: toActor({ memberId, role, sellerIds }) },
    async (ctx) => {
      const { db, now } = ctx;
      const { count } = await db.memberLink.updateMany({
        where: { organizationId, id: linkId, usedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
      });
      if (count === 0) return false;
      const changed = await db.member.updateMany({
        where: { organizationId, id: memberId, removedAt: null },
        data: { passwordHash, hasFirstPassword: false },
      });
      if (changed.count === 0) return false;
      await db.session.deleteMany({ where: { organizationId, memberId } });
      if (isMailed) await recordMemberEvent(ctx, { memberId, kind: "confirmed" });
      await appendAudit(ctx, "member.change-own-password", { isByLink: true, isMailed });
      return true;
    },
  );
