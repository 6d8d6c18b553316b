import type { PersonCodeId } from "@ringfence/core/ids";
import { preferredLocale, say } from "@ringfence/core/platform/message";
import { allow } from "../../platform/access/allow.ts";
import type { Post } from "../../consents/confirmation/send-confirmation.ts";
import {
  inTransaction,
  type RootContext,
  type TransactionContext,
} from "../../platform/context.ts";
import { codeOf } from "../../platform/keys/code.ts";
import { isOver } from "./code-life.ts";

/** Sends a code, once as far as we know. One that came too late to be typed is not sent. */
export async function sendPersonCode(
  ctx: RootContext,
  id: PersonCodeId,
  post: Pick<Post, "sms">,
): Promise<void> {
  allow(ctx, "person-code.send");

  const ready = await inTransaction(ctx, (ctx) => prepare(ctx, id));
  if (ready === null) return;
  await post.sms(ready);
  const { organizationId } = ctx;
  await inTransaction(ctx, async ({ db, now }) => {
    await db.personCode.updateMany({ where: { organizationId, id }, data: { sentAt: now } });
  });
}

async function prepare({ db, keys, organizationId, now }: TransactionContext, id: PersonCodeId) {
  const row = await db.personCode.findFirst({
    where: { organizationId, id, sentAt: null },
    include: { phone: true, organization: true },
  });
  if (row === null || row.phone.e164 === null || isOver(row, now)) return null;
  const code = codeOf(keys, "person code", { organizationId, id });
  const values = { organization: row.organization.name, code };
  const text = say(preferredLocale(row.locale), { key: "person-code.sms", values });
  return { to: row.phone.e164, text };
}
