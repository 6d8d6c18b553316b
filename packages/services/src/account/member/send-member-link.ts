import type { MemberLinkId } from "@ringfence/core/ids";
import { preferredLocale, say } from "@ringfence/core/platform/message";
import {
  type Post,
  type RootContext,
  allow,
  inTransaction,
  writeLink,
} from "../../platform/internal.ts";
import { LINK_HOURS } from "./member-link.ts";

type Sending = { post: Pick<Post, "email">; publicUrl: string };

/** Mails a member the link to choose a password, unless it was used or replaced in the meantime. */
export async function sendMemberLink(
  ctx: RootContext,
  id: MemberLinkId,
  { post, publicUrl }: Sending,
): Promise<void> {
  allow(ctx, "member-link.send");

  const { organizationId, keys } = ctx;
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
  await post.email({
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
}
