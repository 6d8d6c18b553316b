import { sql } from "kysely";
import { z } from "zod";
import { may } from "@ringfence/core/platform/access";
import { MemberId } from "@ringfence/core/ids";
import { preferredLocale, say } from "@ringfence/core/platform/message";
import { DAY_MS, Zone, localClock } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";
import { hasAccess } from "../../account/member/internal.ts";
import {
  type Installation,
  type MailContext,
  type RootContext,
  ServiceError,
  type TransactionContext,
  addJob,
  command,
  defineJob,
  inTransaction,
  queueJobs,
  selectRows,
  readLink,
  writeLink,
} from "../../platform/internal.ts";
import { composeReport } from "./compose.ts";
import { toHtml, toPdf, toText } from "./print.ts";

/** Mails a member the weekly report. */
export const sendReportJob = defineJob("report.send", { memberId: MemberId });

type ReportContext = MailContext & { fontFolder: string };

/**
 * Mails a member the report of the week in their language, unless they have it already, stopped it meanwhile, or may
 * not read reports. Sent once, unless the worker dies right after sending: then it is sent again.
 */
export const sendReport = command({
  name: "sendReport",
  action: "report.send",
  input: MemberId,
  transaction: "by run",
  run: async (ctx: ReportContext, memberId): Promise<void> => {
    const ready = await inTransaction(ctx, (ctx) => prepareReport(ctx, memberId));
    if (ready === null) return;
    const { organizationId, keys, publicUrl, messageSender, fontFolder } = ctx;
    const { to, locale, report, monday } = ready;
    const link = writeLink(keys, "report link", { organizationId, id: memberId });
    const words = {
      open: say(locale, { key: "report.open" }),
      todayUrl: `${publicUrl}/`,
      stop: say(locale, { key: "report.stop" }),
      stopUrl: `${publicUrl}/weekly-report/${link}`,
    };
    await messageSender.email({
      to,
      subject: report.title,
      text: toText(report, words),
      html: toHtml(report, locale, words),
      unsubscribe: `${words.stopUrl}/stop`,
      attachments: [
        {
          name: "report.pdf",
          type: "application/pdf",
          content: await toPdf(report, locale, fontFolder),
        },
      ],
    });
    await inTransaction(ctx, ({ db }) =>
      db.member.updateMany({
        where: { organizationId, id: memberId },
        data: { lastReportWeek: monday },
      }),
    );
  },
  audit: "none",
});

/**
 * Composes the report for a member; null if they are not to get it. Roles that may read reports work for all sellers,
 * so the report covers all of them.
 */
async function prepareReport(ctx: TransactionContext, memberId: MemberId) {
  const { db, organizationId, now } = ctx;
  const member = await db.member.findFirst({
    where: { organizationId, id: memberId, ...hasAccess },
    include: { organization: { select: { zone: true } } },
  });
  if (member === null || !member.hasWeeklyReport) return null;
  const { role, email, zone } = member;
  const actor = { type: "member", id: memberId, role, sellerIds: [], isProven: false } as const;
  if (!may(actor, "report.read")) return null;
  const monday = findMonday(now, member.organization.zone);
  if (member.lastReportWeek && member.lastReportWeek >= monday) return null;
  const locale = preferredLocale(member.locale);
  return {
    to: email,
    locale,
    monday,
    report: await composeReport({ ...ctx, actor }, { locale, zone }),
  };
}

/** The Monday of an instant's week in a time zone, as a date. */
function findMonday(now: Date, zone: string): Date {
  const { day } = localClock(zone, now.getTime());
  // Day 0, January 1, 1970, was a Thursday.
  return new Date((day - ((((day + 3) % 7) + 7) % 7)) * DAY_MS);
}

/** Hour of Monday, in the organization's zone, from which reports are sent. */
const FROM_HOUR = 7;

/**
 * Queues the report of each member who asked for it, on Mondays in their organization's time zone, unless they have it.
 * Crosses organizations, which only the sweep may do. Returns how many were queued. Without `at`, the time is the
 * database's clock.
 */
export async function startDueReports(
  { prisma }: Pick<Db, "prisma">,
  { at = null }: { at?: Date | null } = {},
): Promise<number> {
  const mondays = await listMondays(prisma, at);
  const send = addJob(
    sendReportJob,
    { organizationId: sql`organization.id`, memberId: sql`member.id` },
    { key: sql`${`${sendReportJob.name} `} || member.id`, maxAttempts: 12 },
  );
  return queueJobs(
    prisma,
    sql`SELECT ${send} FROM organization
    JOIN member ON member.organization_id = organization.id
    JOIN unnest(${mondays.map(({ zone }) => zone)}::text[], ${mondays.map(({ monday }) => monday)}::date[])
      AS local (zone, monday) ON local.zone = organization.zone
    WHERE has_weekly_report AND removed_at IS NULL AND access_ended_at IS NULL
      AND (last_report_week IS NULL OR last_report_week < monday)`,
  );
}

const ClockRow = z.object({ zone: z.string(), now: z.date() });

/**
 * Lists the time zones of members who want the report in which it is Monday now, and late enough. A zone that we do not
 * know is left out, so that it does not keep the others from their reports.
 */
async function listMondays(prisma: Db["prisma"], at: Date | null) {
  const rows = await selectRows(
    { db: prisma },
    ClockRow,
    sql`SELECT DISTINCT organization.zone, coalesce(${at}::timestamptz, statement_timestamp()) AS now
    FROM organization JOIN member ON member.organization_id = organization.id
    WHERE has_weekly_report`,
  );
  return rows.flatMap(({ zone, now }) => {
    if (!Zone.safeParse(zone).success) return [];
    const { day, minute } = localClock(zone, now.getTime());
    const monday = findMonday(now, zone);
    const isNow = day * DAY_MS === monday.getTime() && minute >= FROM_HOUR * 60;
    return isNow ? [{ zone, monday: monday.toISOString().slice(0, 10) }] : [];
  });
}

/** Reads the link of a mail that stops the weekly reports of one member. Throws `not-found` if the link is not ours. */
export const openReportLink = async (installation: Installation, link: string) => {
  const parts = readLink(installation.keys, "report link", link);
  const row = parts && (await installation.db.prisma.member.findFirst({ where: parts }));
  if (!parts || !row) throw new ServiceError("not-found", { key: "report.link-invalid" });
  const ctx: RootContext = {
    ...installation,
    organizationId: parts.organizationId,
    actor: { type: "job", name: "report-link" },
  };
  return { ctx, memberId: MemberId.parse(row.id), isOn: row.hasWeeklyReport };
};

/** Stops the weekly reports of a member who opened the link in one. */
export const stopReports = command({
  name: "stopReports",
  action: "report.stop",
  input: MemberId,
  run: async ({ db, organizationId }, id): Promise<{ hasChanged: boolean }> => {
    const { count } = await db.member.updateMany({
      where: { organizationId, id, hasWeeklyReport: true },
      data: { hasWeeklyReport: false },
    });
    return { hasChanged: count > 0 };
  },
  audit: ({ hasChanged }, memberId) => (hasChanged ? { memberId } : null),
});
