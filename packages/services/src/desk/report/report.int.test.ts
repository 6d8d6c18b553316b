import path from "node:path";
import { MemberId } from "@ringfence/core/ids";
import { formatInstant } from "@ringfence/core/platform/message";
import { anOrganization } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aMessageSender } from "../../../testing/confirmations.ts";
import { refuseCalls } from "../../../testing/phones.ts";
import { as, db } from "../../../testing/scenes.ts";
import { aCalledPerson, called, scan } from "../../../testing/violations.ts";
import type { RootContext } from "../../platform/context.ts";
import { writeLink } from "../../platform/keys/links-and-codes.ts";
import { countOverview } from "../overview/count.ts";
import { printReport } from "./print.ts";
import { openReportLink, sendReport, startDueReports, stopReports } from "./send.ts";

const fontFolder = path.resolve(import.meta.dirname, "../../../fonts");
const publicUrl = "https://rf.example";
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** An organization with a call after an opt-out and a member who asked for the report. */
async function scene(more: { role?: "officer" | "agent"; locale?: string } = {}) {
  const { ctx, phone, phoneId, contactId } = await aCalledPerson();
  const { organizationId } = ctx;
  // Yesterday at the latest, for a week ends with its last whole day.
  await refuseCalls(ctx, phoneId, hoursAgo(29));
  await called(ctx, phone, { at: hoursAgo(28), campaign: "spring <b>", dialer: "predictive" });
  await scan(ctx);
  await countOverview({ ...ctx, actor: { type: "job", name: "overview.count" } });
  const member = await db.prisma.member.create({
    data: {
      organizationId,
      email: "ada@acme.example",
      name: "Ada",
      role: "officer",
      passwordHash: "",
      hasWeeklyReport: true,
      ...more,
    },
  });
  const { messages, messageSender } = aMessageSender();
  const asJob = (name: string): RootContext => ({ ...ctx, actor: { type: "job", name } });
  const memberId = MemberId.parse(member.id);
  const send = (of = memberId) =>
    sendReport({ ...asJob("report.send"), messageSender, publicUrl, fontFolder }, of);
  const link = writeLink(ctx.keys, "report link", { organizationId, id: member.id });
  return { ctx, organizationId, phone, contactId, memberId, messages, send, asJob, link };
}

it("mails a member what needs attention and the figures of the week, once a week", async () => {
  const { messages, send, phone, link } = await scene();
  await send();
  await send();

  expect(messages).toHaveLength(1);
  const [{ to, text, html = "", unsubscribe, attachments = [] } = expect.fail("no mail")] =
    messages;
  expect(to).toBe("ada@acme.example");
  expect(text).toContain("- Now: 1 violation is open");
  expect(text).toContain("- Calls on record: 1 (the week before: 0)");
  expect(text).toContain("- Called after an opt-out: 1 (the week before: 0)");
  expect(text).toContain("- Called without permission: 1 (the week before: 0)");
  expect(text).toContain("Acme: 0%: 0 of 1.");
  expect(text).toContain("- Recorded: 1 (the week before: 0)");
  expect(text).toContain("- Time to reach every dialer: No opt-out was received by every dialer");
  expect(text).toContain("- Not received yet: 0");
  expect(text).toMatch(/by dialing method, last 30 days\n- Predictive dialer: /);
  expect(text).toContain(`https://rf.example/weekly-report/${link}`);
  expect(unsubscribe).toBe(`https://rf.example/weekly-report/${link}/stop`);
  expect(html).toContain("<td>1 violation is open</td>");
  expect(html).toContain("spring &lt;b&gt;");
  expect(html).not.toContain("<b>");
  const [{ type, content } = expect.fail("no PDF")] = attachments;
  expect(type).toBe("application/pdf");
  expect(Buffer.from(content).subarray(0, 5).toString()).toBe("%PDF-");
  // Nobody who is called is in it.
  for (const body of [text, html]) expect(body).not.toContain(phone.slice(-7));
});

it("says what has not been counted yet, instead of naming zeros", async () => {
  const { organizationId, messages, send } = await scene();
  await db.prisma.overviewCount.deleteMany({ where: { organizationId } });
  await send();
  const [{ text } = expect.fail("no mail")] = messages;
  for (const title of [
    "Contacts that can be called",
    "Consents",
    "Opt-outs per call by campaign, last 30 days",
    "Opt-outs per call by dialing method, last 30 days",
  ])
    expect(text).toMatch(new RegExp(`^${title}\\W+Not counted yet`, "m"));
});

it("mails it in the member's language", async () => {
  const { messages, send } = await scene({ locale: "ru" });
  await send();
  expect(messages[0]?.subject).toContain("отчёт за неделю");
  expect(messages[0]?.text).toContain("Сейчас: 1 нарушение не рассмотрено");
});

it("counts the same seven whole days of calls and of opt-outs", async () => {
  const { ctx, organizationId, phone, messages, send } = await scene();
  const today = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const { phoneId } = await aCalledPerson(ctx);
  await refuseCalls(ctx, phoneId, new Date(today + 1)); // this week's
  await refuseCalls(ctx, phoneId, new Date(today - 7 * 86_400_000 - 1)); // the week before
  await called(ctx, phone, new Date(today + 1));
  await scan(ctx);
  await db.prisma.organization.update({
    where: { id: organizationId },
    data: { zone: "Pacific/Auckland" },
  });
  await send();
  const [{ text } = expect.fail("no mail")] = messages;
  expect(text).toContain("- Recorded: 1 (the week before: 1)");
  expect(text).toContain("- Calls on record: 1 (the week before: 0)");
  const day = (at: number) => formatInstant("en", "UTC", new Date(at), "day");
  const [from, until] = [day(today - 7 * 86_400_000), day(today - 86_400_000)];
  expect(text).toContain(`${from} to ${until}, days in UTC.`);
});

it("mails nothing to agents, to removed members, and to those of another organization", async () => {
  const agent = await scene({ role: "agent" });
  await agent.send();
  const { organizationId, memberId, messages, send } = await scene();
  await agent.send(memberId);
  await db.prisma.member.updateMany({
    where: { organizationId, id: memberId },
    data: { removedAt: new Date() },
  });
  await send();
  expect([...agent.messages, ...messages]).toEqual([]);
});

it("stops with the link of the mail, and with no other", async () => {
  const { ctx, memberId, messages, send, asJob, link } = await scene();
  const { keys } = ctx;
  const opened = await openReportLink(ctx, link);
  expect(opened).toMatchObject({ memberId, isOn: true });
  const other = await anOrganization(db);
  for (const forged of [
    link.slice(0, -4) + (link.endsWith("AAAA") ? "BBBB" : "AAAA"),
    writeLink(keys, "report link", { organizationId: other, id: memberId }),
    writeLink(keys, "stop link", { organizationId: ctx.organizationId, id: memberId }),
  ]) {
    await expect(openReportLink(ctx, forged)).rejects.toMatchObject({ code: "not-found" });
  }
  await expect(stopReports(ctx, memberId)).rejects.toMatchObject({ code: "forbidden" });
  await stopReports({ ...asJob("report-link"), organizationId: other }, memberId);
  expect(await openReportLink(ctx, link)).toMatchObject({ isOn: true });

  await stopReports(opened.ctx, memberId);
  await stopReports(opened.ctx, memberId); // the button of a mail program, after the page
  expect(await openReportLink(ctx, link)).toMatchObject({ isOn: false });
  const stops = await db.prisma.auditEntry.count({
    where: { organizationId: ctx.organizationId, action: "report.stop" },
  });
  expect(stops).toBe(1);
  await send();
  expect(messages).toEqual([]);
});

it("is queued on Mondays from seven in the organization's zone, for those who ask and have none yet", async () => {
  const { organizationId, memberId } = await scene();
  const key = `report.send ${memberId}`;
  const isQueued = async (at: string) => {
    await startDueReports(db, { at: new Date(at) });
    const found = await db.pool.query(
      `SELECT graphile_worker.complete_jobs(ARRAY[id]) FROM graphile_worker.jobs WHERE key = $1`,
      [key],
    );
    return found.rowCount === 1;
  };
  const where = { organizationId, id: memberId };
  const set = (data: { hasWeeklyReport?: boolean; lastReportWeek?: Date }) =>
    db.prisma.member.updateMany({ where, data });
  await db.prisma.organization.update({
    where: { id: organizationId },
    data: { zone: "Asia/Tokyo" },
  });
  const sevenOnMonday = "2026-11-29T22:00:00Z";
  expect(await isQueued("2026-11-29T21:59:59Z")).toBe(false);
  expect(await isQueued(sevenOnMonday)).toBe(true);
  expect(await isQueued("2026-11-30T14:59:59Z")).toBe(true);
  expect(await isQueued("2026-11-30T15:00:00Z")).toBe(false); // Tuesday there
  expect(await isQueued("2026-11-28T22:00:00Z")).toBe(false); // Sunday there

  await set({ lastReportWeek: new Date("2026-11-30") });
  expect(await isQueued(sevenOnMonday)).toBe(false);
  await set({ lastReportWeek: new Date("2026-11-23") });
  expect(await isQueued(sevenOnMonday)).toBe(true);
  const { organizationId: odd } = await scene();
  await db.prisma.organization.update({ where: { id: odd }, data: { zone: "Mars/Olympus" } });
  expect(await isQueued(sevenOnMonday)).toBe(true); // whatever the zone of another organization is
  await set({ hasWeeklyReport: false });
  expect(await isQueued(sevenOnMonday)).toBe(false);
});

it("prints the same as a PDF for officers and owners only", async () => {
  const { ctx } = await scene();
  const print = (by: RootContext) => printReport(by, { locale: "en", zone: "UTC", fontFolder });
  const pdf = await print(as(ctx, "officer"));
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe("%PDF-");
  for (const role of ["agent", "marketer", "auditor", "developer"] as const) {
    await expect(print(as(ctx, role))).rejects.toMatchObject({ code: "forbidden" });
  }
});
