import { ConfirmKeyNetworks } from "@ringfence/core/account/api-key";
import { ApiKeyId, MemberId } from "@ringfence/core/ids";
import { preferredLocale, say } from "@ringfence/core/platform/message";
import { DAY_MS } from "@ringfence/core/platform/time";
import { sql } from "kysely";
import { z } from "zod";
import {
  type MailContext,
  type TransactionContext,
  addJob,
  appendAudit,
  command,
  defineJob,
  inTransaction,
  queueJobs,
  ServiceError,
} from "../../platform/internal.ts";
import { hasAccess, membersWhoMay } from "../member/internal.ts";

/** Mails a member that a key was used from a new network. */
export const sendKeyAlarmJob = defineJob("api-key-alarm.send", {
  apiKeyId: ApiKeyId,
  memberId: MemberId,
});

/** The most networks that an audit row names. It also counts all of them. */
const MAX_NAMED = 20;

/**
 * Announces networks that are new for keys which had been used before: an audit row for each key, and a mail to every
 * member who may change keys, at most one a day for each key.
 */
export const announceKeyNetworks = command({
  name: "announceKeyNetworks",
  action: "api-key.watch",
  run: async (ctx): Promise<void> => {
    const { db, organizationId, now } = ctx;
    const rows = await db.apiKeyNetwork.findMany({
      where: { organizationId, isUnexpected: true, announcedAt: null },
      orderBy: [{ firstAt: "asc" }, { network: "asc" }],
    });
    for (const [apiKeyId, networks] of Map.groupBy(rows, (row) => row.apiKeyId)) {
      const named = networks.slice(0, MAX_NAMED).map(({ network }) => network);
      const details = { networks: named.join(), count: networks.length };
      await appendAudit(ctx, "api-key.watch", { apiKeyId, change: "new-network", ...details });
      await queueMails(ctx, apiKeyId);
    }
    await db.apiKeyNetwork.updateMany({
      where: { organizationId, isUnexpected: true, announcedAt: null },
      data: { announcedAt: now },
    });
  },
  audit: "by run",
});

async function queueMails({ db, organizationId, now }: TransactionContext, id: string) {
  const lastDay = new Date(now.getTime() - DAY_MS);
  const { count } = await db.apiKey.updateMany({
    where: {
      organizationId,
      id,
      revokedAt: null,
      OR: [{ alarmedAt: null }, { alarmedAt: { lt: lastDay } }],
    },
    data: { alarmedAt: now },
  });
  if (count === 0) return;
  const send = addJob(
    sendKeyAlarmJob,
    { organizationId: sql`organization_id`, apiKeyId: sql`${id}::uuid`, memberId: sql`id` },
    { key: sql`${`${sendKeyAlarmJob.name} ${id} `} || id`, maxAttempts: 12 },
  );
  await queueJobs(db, sql`SELECT ${send} FROM ${membersWhoMay(organizationId, "api-key.change")}`);
}

const KeyAlarm = z.strictObject({ apiKeyId: ApiKeyId, memberId: MemberId });
type KeyAlarm = z.infer<typeof KeyAlarm>;

/** Mails a member, in their language, that a key was used from a new network. The mail does not name the network. */
export const sendKeyAlarm = command({
  name: "sendKeyAlarm",
  action: "api-key-alarm.send",
  input: KeyAlarm,
  transaction: "by run",
  run: async (ctx: MailContext, { apiKeyId: id, memberId }: KeyAlarm): Promise<void> => {
    const { messageSender, publicUrl, organizationId } = ctx;
    const [key, member] = await inTransaction(ctx, async ({ db }) => [
      await db.apiKey.findFirst({ where: { organizationId, id, revokedAt: null } }),
      await db.member.findFirst({
        where: { organizationId, id: memberId, ...hasAccess },
      }),
    ]);
    if (key === null || member === null) return;
    const locale = preferredLocale(member.locale);
    const values = { name: key.name };
    const subject = say(locale, { key: "api-key.alarm-subject", values });
    const body = say(locale, { key: "api-key.alarm-body", values });
    const text = [subject, body, `${publicUrl}/keys`].join("\n\n");
    await messageSender.email({ to: member.email, subject, text });
  },
  audit: "none",
});

/**
 * Confirms that new networks from which a key was used are the organization's own, so that Today no longer lists them.
 * Networks that are not given stay new: the member may not have seen them.
 */
export const confirmKeyNetworks = command({
  name: "confirmKeyNetworks",
  action: "api-key.change",
  stepUp: true,
  input: ConfirmKeyNetworks,
  run: async ({ db, organizationId }, { apiKeyId, networks }) => {
    const found = await db.apiKey.count({ where: { organizationId, id: apiKeyId } });
    if (found === 0) throw new ServiceError("not-found", { key: "error.api-key-not-found" });
    return db.apiKeyNetwork.updateMany({
      where: { organizationId, apiKeyId, isUnexpected: true, network: { in: networks } },
      data: { isUnexpected: false },
    });
  },
  audit: ({ count }, { apiKeyId }) =>
    count > 0 ? { apiKeyId, change: "networks-confirmed", count } : null,
  answer: () => {},
});
