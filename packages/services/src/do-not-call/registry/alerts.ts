import { sql } from "kysely";
import { loadLaws } from "../../people/jurisdiction/internal.ts";
import { MemberId, OrganizationId, RegistryAlertId, RegistryId } from "@ringfence/core/ids";
import { listBooks, resolveAgeLimit } from "@ringfence/core/people/jurisdiction";
import {
  type Message,
  StoredMessage,
  fromStoredMessage,
  preferredLocale,
  say,
  toStoredMessage,
} from "@ringfence/core/platform/message";
import { RegistryAlertKind, findRegistryAlerts } from "@ringfence/core/do-not-call/registry";
import type { Db } from "@ringfence/db";
import { z } from "zod";
import {
  type MailContext,
  type TransactionContext,
  addJob,
  command,
  defineJob,
  inTransaction,
  queueJobs,
  selectRows,
} from "../../platform/internal.ts";
import { hasAccess, membersWhoMay } from "../../account/member/internal.ts";
import { announceChanges } from "../outbox/internal.ts";

/** Mails a member about a registry that needs attention. */
export const sendRegistryAlertJob = defineJob("registry-alert.send", {
  alertId: RegistryAlertId,
  memberId: MemberId,
});

// A message of an older version that no longer has words still shows that there is one.
const message = StoredMessage.transform(fromStoredMessage).nullable().catch({ key: "error.bug" });
/** The health of a connected registry, and the kinds of its open alerts. */
const Watched = z.object({
  organizationId: OrganizationId,
  registryId: RegistryId,
  code: z.string(),
  /** The organization's own limit of the age. */
  ownDays: z.number(),
  /** Null if it was never read. */
  ageDays: z.number().nullable(),
  /** Why the last finished reading failed; null if it did not. */
  failure: message,
  /** Why an edition is held; null if none is. */
  fault: message,
  open: RegistryAlertKind.array(),
  now: z.date(),
});
type AlertContext = Pick<TransactionContext, "db" | "organizationId" | "now">;

/**
 * Starts and ends alerts of connected registries, and notifies members and endpoints of each new one, once. Crosses
 * organizations, which only the sweep may do. Returns how many alerts were started.
 */
export async function updateRegistryAlerts({ prisma }: Db): Promise<number> {
  let started = 0;
  const watched = await readHealth(prisma);
  const laws = await loadLaws(
    { db: prisma },
    watched.map(({ organizationId }) => organizationId),
  );
  for (const { organizationId, registryId, open, now, ...health } of watched) {
    const { code, ownDays } = health;
    const law = laws.get(organizationId);
    const books = law === undefined ? [] : listBooks(law);
    const limitDays = resolveAgeLimit(books, now.toISOString().slice(0, 10), code, ownDays);
    const alerts = findRegistryAlerts({ ...health, limitDays });
    const ended = open.filter((kind) => !alerts.has(kind));
    const begun = [...alerts].filter(([kind]) => !open.includes(kind));
    if (ended.length + begun.length === 0) continue;
    started += await prisma.$transaction(async (db) => {
      const ctx = { db, organizationId, now };
      await db.registryAlert.updateMany({
        where: { organizationId, registryId, kind: { in: ended }, until: null },
        data: { until: now },
      });
      const ids: RegistryAlertId[] = [];
      for (const [kind, why] of begun) ids.push(...(await insertAlert(ctx, registryId, kind, why)));
      await announceChanges(ctx, "registry.alert", ids);
      for (const id of ids) await queueMails(ctx, id);
      return ids.length;
    });
  }
  return started;
}

/** Loads the health of all connected registries. A failed reading counts until one succeeds. */
const readHealth = (prisma: Db["prisma"]) =>
  selectRows(
    { db: prisma },
    Watched,
    sql`
    SELECT registry.organization_id AS "organizationId", registry.id AS "registryId",
      code, max_age_days AS "ownDays",
      extract(epoch FROM clock_timestamp() - verified_at)::float8 / 86400 AS "ageDays",
      (SELECT CASE WHEN status = 'failed' THEN error END FROM run
        WHERE run.organization_id = registry.organization_id AND subject_id = registry.id
          AND job = 'registry.sync' AND status IN ('done', 'failed')
        ORDER BY run.id DESC LIMIT 1) AS failure,
      (SELECT fault FROM registry_edition AS edition
        WHERE edition.organization_id = registry.organization_id
          AND registry_id = registry.id AND status = 'held'
          -- A later edition in force makes the review unnecessary.
          AND NOT EXISTS (SELECT FROM registry_edition AS later
            WHERE later.organization_id = registry.organization_id
              AND later.registry_id = registry.id AND later.number = registry.edition
              AND later.read_at > edition.read_at)
        ORDER BY edition.id DESC LIMIT 1) AS fault,
      ARRAY(SELECT kind FROM registry_alert AS alert
        WHERE alert.organization_id = registry.organization_id
          AND alert.registry_id = registry.id AND until IS NULL) AS open,
      clock_timestamp() AS now
    FROM registry WHERE disconnected_at IS NULL`,
  );

/** Inserts an alert and returns its id; none if another sweep was first. */
async function insertAlert(
  { db, organizationId, now }: AlertContext,
  registryId: RegistryId,
  kind: RegistryAlertKind,
  why: Message,
): Promise<RegistryAlertId[]> {
  const rows = await selectRows(
    { db },
    z.object({ id: RegistryAlertId }),
    sql`
    INSERT INTO registry_alert (organization_id, registry_id, id, kind, message, since)
    VALUES (${organizationId}::uuid, ${registryId}::uuid, uuid7(), ${kind},
      ${JSON.stringify(toStoredMessage(why))}::jsonb, ${now})
    ON CONFLICT (organization_id, registry_id, kind) WHERE until IS NULL DO NOTHING
    RETURNING id`,
  );
  return rows.map(({ id }) => id);
}

/** Queues a mail to each member who may change registries. It is retried for about sixteen hours. */
async function queueMails({ db, organizationId }: AlertContext, alertId: RegistryAlertId) {
  const send = addJob(
    sendRegistryAlertJob,
    { organizationId: sql`organization_id`, alertId: sql`${alertId}::uuid`, memberId: sql`id` },
    { key: sql`${`${alertId} `} || id`, maxAttempts: 12 },
  );
  await queueJobs(db, sql`SELECT ${send} FROM ${membersWhoMay(organizationId, "registry.change")}`);
}

const AlertMail = z.strictObject({ alertId: RegistryAlertId, memberId: MemberId });
type AlertMail = z.infer<typeof AlertMail>;

/** Mails an alert to a member in their language, unless the alert is over by then. */
export const sendRegistryAlert = command({
  name: "sendRegistryAlert",
  action: "registry-alert.send",
  input: AlertMail,
  transaction: "by run",
  run: async (ctx: MailContext, sending: AlertMail): Promise<void> => {
    const { messageSender, publicUrl } = ctx;
    const ready = await inTransaction(ctx, (ctx) => loadAlertAndMember(ctx, sending));
    if (ready === null) return;
    const { member, alert } = ready;
    const locale = preferredLocale(member.locale);
    const { id, name } = alert.registry;
    const kind = RegistryAlertKind.parse(alert.kind);
    const subject = say(locale, { key: `registry.alert.subject.${kind}`, values: { name } });
    const why = say(locale, fromStoredMessage(StoredMessage.parse(alert.message)));
    const once = say(locale, { key: "registry.alert.once" });
    const text = [subject, why, `${publicUrl}/registries/${id}`, once].join("\n\n");
    await messageSender.email({ to: member.email, subject, text });
  },
  audit: "none",
});

async function loadAlertAndMember(
  { db, organizationId }: TransactionContext,
  { alertId, memberId }: AlertMail,
) {
  const member = await db.member.findFirst({
    where: { organizationId, id: memberId, ...hasAccess },
  });
  const alert = await db.registryAlert.findFirst({
    where: { organizationId, id: alertId, until: null },
    include: { registry: { select: { id: true, name: true } } },
  });
  return member && alert && { member, alert };
}
