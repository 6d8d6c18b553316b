import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aWriter } from "@ringfence/services/testing/mails";
import { expect, it } from "vitest";
import { aMailServer } from "../../../testing/mail-server.ts";
import { noMessages } from "../../../testing/no-messages.ts";
import { openMessageSender } from "../../mail-and-sms.ts";
import type { JobTools } from "../../job-tools.ts";
import { sendReceipt } from "./do-not-call-jobs.ts";

/** The parts of a mail, decoded from base64. */
const splitParts = (raw: string) =>
  raw.split(/\r?\n--[^\n]+/).map((part) => {
    const [head = "", ...body] = part.split(/\r?\n\r?\n/);
    return { head, text: Buffer.from(body.join(""), "base64").toString() };
  });

it("answers an opt-out by mail with a receipt that anyone can verify", async () => {
  const { ctx, write, waiting } = await aWriter();
  const { url, mails } = await aMailServer();
  await write();
  const [mail] = await waiting();
  const perform = (settings: { SMTP_URL: string | undefined }) => {
    const messageSender = openMessageSender({
      ...settings,
      MAIL_FROM: "stop@acme.example",
      SMS_URL: undefined,
    });
    const tools = { ...noMessages, db: ctx.db, keys: ctx.keys, messageSender };
    const payload = { organizationId: ctx.organizationId, receiptMailId: mail?.id };
    return sendReceipt.perform(payload, tools as unknown as JobTools);
  };
  await expect(perform({ SMTP_URL: undefined })).rejects.toThrow("SMTP_URL");
  await perform({ SMTP_URL: url });
  await perform({ SMTP_URL: url });

  expect(mails).toMatchObject([{ to: ["ada@example.org"] }]);
  const raw = mails[0]?.raw ?? "";
  expect(raw).toContain("Auto-Submitted: auto-generated");
  expect(raw).not.toContain("List-Unsubscribe"); // they have just opted out, and such a link would offer more
  const parts = splitParts(raw);
  const text = parts.find(({ head }) => head.includes("text/plain"))?.text ?? "";
  const [, reference] = /Reference ([0-9A-Z]{8})\./.exec(text) ?? [];
  const attached = parts.find(({ head }) => head.includes("application/json"));
  expect(attached?.head).toMatch(/filename="?receipt-[0-9A-Z]{8}\.json/);
  expect(checkCertificate(attached?.text ?? "")).toMatchObject({
    verdict: "promised",
    claims: { opt_out: mail?.optOutIds[0], reference, channel: "email" },
  });
});
