import { ConfirmationId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import type { ConfirmationSettings } from "@ringfence/core/consents/capture-form";
import { submitEmbeddedForm } from "../src/consents/capture-form/submit.ts";
import { sendConfirmation } from "../src/consents/confirmation/send.ts";
import type { MessageSender } from "@ringfence/services/message-sender";
import { aForm } from "./forms.ts";
import { aSubmission } from "./submissions.ts";
import { aContext, db } from "./scenes.ts";

/** A form was filled in that is confirmed so; what was sent to whom, and the link of it. */
export async function aConfirmation(
  confirmation: ConfirmationSettings,
  {
    phone = aNumber(),
    address = "",
    mailbox = "ada@example.org",
    ctx = null as Awaited<ReturnType<typeof aContext>> | null,
  } = {},
) {
  const own = ctx ?? (await aContext());
  const email = confirmation.means === "email" ? ("required" as const) : ("optional" as const);
  const at = address || (await aForm(own, { confirmation, email })).address;
  const { form, ...sent } = await aSubmission(own, at, { phone, email: mailbox });
  const { reference } = await submitEmbeddedForm(form, sent);
  const confirmationId = ConfirmationId.parse(reference);
  const { messageSender, messages } = aMessageSender();
  const job = { ...own, actor: { type: "job", name: "confirmation.send" } as const };
  const deliver = () =>
    sendConfirmation({ ...job, messageSender, publicUrl: "https://rf.example" }, confirmationId);
  await deliver();
  const link = /\/c\/([\w-]+)/.exec(messages[0]?.text ?? "")?.[1] ?? "";
  const code = /\b\d{6}\b/.exec(messages[0]?.text ?? "")?.[0] ?? "";
  const events = () =>
    db.prisma.consentEvent.findMany({
      where: { organizationId: own.organizationId },
      orderBy: { id: "asc" },
      include: { evidence: true },
    });
  return { ctx: own, form, phone, confirmationId, link, code, messages, deliver, events };
}

type Message = {
  to: string;
  text: string;
  subject?: string;
  unsubscribe?: string;
  html?: string;
  attachments?: readonly { name: string; type: string; content: string | Uint8Array }[];
};

/** Takes messages, and keeps them. */
export function aMessageSender() {
  const messages: Message[] = [];
  const take = async (message: Message) => {
    messages.push(message);
  };
  return { messages, messageSender: { sms: take, email: take } satisfies MessageSender };
}

export const by = { ip: "198.51.100.7", userAgent: "Phone/1" };
