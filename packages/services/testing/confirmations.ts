import { ConfirmationId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import type { ConfirmationSettings } from "@ringfence/core/consents/capture-form";
import { submitEmbeddedForm } from "../src/consents/capture-form/submit.ts";
import { sendConfirmation } from "../src/consents/confirmation/send.ts";
import type { MessageSender } from "@ringfence/services/message-sender";
import { aForm } from "./forms.ts";
import { aSubmission } from "./submissions.ts";
import { aContext, db } from "./scenes.ts";

/**
 * Fills in a form whose consent must be confirmed, and delivers the message that asks for it. Returns the messages
 * sent, the link and the code in the first one, and `deliver`, which runs the job again. In a form given by
 * `address`, the settings are those of that form.
 */
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

/** A sender that sends nothing and collects the messages in `messages`, oldest first. */
export function aMessageSender() {
  const messages: Message[] = [];
  const take = async (message: Message) => {
    messages.push(message);
  };
  return { messages, messageSender: { sms: take, email: take } satisfies MessageSender };
}

export const by = { ip: "198.51.100.7", userAgent: "Phone/1" };
