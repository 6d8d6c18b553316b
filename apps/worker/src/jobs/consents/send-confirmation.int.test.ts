import { anOrganization } from "@ringfence/db/testing";
import { submitEmbeddedForm } from "@ringfence/services/consents/capture-form";
import { confirmConsents, openConfirmation } from "@ringfence/services/consents/confirmation";
import { db, keys } from "@ringfence/services/testing";
import { aForm } from "@ringfence/services/testing/forms";
import { aSubmission } from "@ringfence/services/testing/submissions";
import { expect, it } from "vitest";
import { aMailServer } from "../../../testing/mail-server.ts";
import { noMessages } from "../../../testing/no-messages.ts";
import { openMessageSender } from "../../mail-and-sms.ts";
import type { JobTools } from "../../job-tools.ts";
import { sendConfirmation } from "./consents-jobs.ts";

async function scene() {
  const organizationId = await anOrganization(db);
  const officer = { type: "member", id: "ada", role: "officer", sellerIds: [] } as const;
  const ctx = { db, keys, organizationId, actor: officer };
  const confirmation = { means: "email", isAsked: true } as const;
  const { address } = await aForm(ctx, { confirmation, email: "required" });
  const { form, ...sent } = await aSubmission(ctx, address, { email: "ada@example.org" });
  const { reference } = await submitEmbeddedForm(form, sent);
  const perform = (settings: { SMTP_URL: string | undefined }) => {
    const messageSender = openMessageSender({
      ...settings,
      MAIL_FROM: "c@acme.example",
      SMS_URL: undefined,
    });
    const tools = { ...noMessages, db, keys, messageSender };
    const payload = { organizationId, confirmationId: reference };
    return sendConfirmation.perform(payload, tools as unknown as JobTools);
  };
  const types = async () => {
    const events = await db.prisma.consentEvent.findMany({ where: { organizationId } });
    return events.map(({ type }) => type).toSorted();
  };
  return { perform, types };
}

it("sends a mail whose link confirms the consent", async () => {
  const { perform, types } = await scene();
  const { url, mails } = await aMailServer();
  await perform({ SMTP_URL: url });
  expect(await types()).toEqual(["requested"]);

  const [, link = ""] = /\/c\/([\w-]+)/.exec(mails[0]?.text ?? "") ?? [];
  const { ctx, confirmationId } = await openConfirmation({ db, keys }, link);
  const by = { act: "link opened", ip: "198.51.100.7", userAgent: "Mail/1" };
  await confirmConsents(ctx, { confirmationId, ...by });
  expect(await types()).toEqual(["granted", "requested"]);
});

it("retries if no provider is configured, and loses nothing", async () => {
  const { perform } = await scene();
  await expect(perform({ SMTP_URL: undefined })).rejects.toThrow("SMTP_URL");
  const { url, mails } = await aMailServer();
  await perform({ SMTP_URL: url });
  await perform({ SMTP_URL: url });
  expect(mails).toHaveLength(1);
});
