import { aWriter } from "@ringfence/services/testing/mails";
import { expect, it } from "vitest";
import { aMailServer } from "../../../testing/mail-server.ts";
import { noMessages } from "../../../testing/no-messages.ts";
import type { JobTools } from "../../job-tools.ts";
import { openMessageSender } from "../../mail-and-sms.ts";
import { sendReport } from "./desk-jobs.ts";

it("mails the weekly report as text, HTML and PDF, once, with a button that stops it", async () => {
  const { ctx } = await aWriter();
  const { db, keys, organizationId } = ctx;
  const member = await db.prisma.member.create({
    data: {
      organizationId,
      email: "olga@acme.example",
      name: "Olga",
      role: "officer",
      passwordHash: "",
      hasWeeklyReport: true,
    },
  });
  const { url, mails } = await aMailServer();
  const refusing = await aMailServer({ refuses: true });
  const perform = (SMTP_URL: string) => {
    const messageSender = openMessageSender({
      SMTP_URL,
      MAIL_FROM: "ringfence@acme.example",
      SMS_URL: undefined,
    });
    const tools = { ...noMessages, db, keys, messageSender };
    const payload = { organizationId, memberId: member.id };
    return sendReport.perform(payload, tools as unknown as JobTools);
  };
  await expect(perform(refusing.url)).rejects.toThrow("the mail server answered");
  await perform(url);
  await perform(url);

  expect(mails).toMatchObject([{ to: ["olga@acme.example"] }]);
  const raw = (mails[0]?.raw ?? "").replaceAll(/\r?\n[ \t]+/g, " "); // headers on one line
  expect(raw).toMatch(/List-Unsubscribe: <https:\/\/[^>]+\/weekly-report\/[^>]+\/stop>/);
  expect(raw).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  expect(raw).toContain("Content-Type: text/plain");
  expect(raw).toContain("Content-Type: text/html");
  expect(raw).toContain("Content-Type: application/pdf");
  expect(raw).toContain(Buffer.from("%PDF-1").toString("base64").slice(0, 6));
});
