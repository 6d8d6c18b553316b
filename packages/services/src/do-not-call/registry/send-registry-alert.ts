import type { MemberId, RegistryAlertId } from "@ringfence/core/ids";
import { fromStored, preferredLocale, say, StoredMessage } from "@ringfence/core/platform/message";
import { RegistryAlertKind } from "@ringfence/core/do-not-call/registry";
import { allow } from "../../platform/access/allow.ts";
import type { Post } from "../../platform/message-sender.ts";
import {
  inTransaction,
  type RootContext,
  type TransactionContext,
} from "../../platform/context.ts";

type Sending = { alertId: RegistryAlertId; memberId: MemberId };
type Means = { post: Pick<Post, "email">; publicUrl: string };

/** Mails to a member what of a registry needs a person, in their language; not what is over by then. */
export async function sendRegistryAlert(
  ctx: RootContext,
  sending: Sending,
  { post, publicUrl }: Means,
): Promise<void> {
  allow(ctx, "registry-alert.send");

  const ready = await inTransaction(ctx, (ctx) => loadAlertAndMember(ctx, sending));
  if (ready === null) return;
  const { member, alert } = ready;
  const locale = preferredLocale(member.locale);
  const { id, name } = alert.registry;
  const kind = RegistryAlertKind.parse(alert.kind);
  const subject = say(locale, { key: `registry.alert.subject.${kind}`, values: { name } });
  const why = say(locale, fromStored(StoredMessage.parse(alert.message)));
  const once = say(locale, { key: "registry.alert.once" });
  const text = [subject, why, `${publicUrl}/registries/${id}`, once].join("\n\n");
  await post.email({ to: member.email, subject, text });
}

async function loadAlertAndMember(
  { db, organizationId }: TransactionContext,
  { alertId, memberId }: Sending,
) {
  const member = await db.member.findFirst({
    where: { organizationId, id: memberId, removedAt: null },
  });
  const alert = await db.registryAlert.findFirst({
    where: { organizationId, id: alertId, until: null },
    include: { registry: { select: { id: true, name: true } } },
  });
  return member && alert && { member, alert };
}
