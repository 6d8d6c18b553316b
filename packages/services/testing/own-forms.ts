import type { PersonCodeMeans } from "@ringfence/core/desk/own-record";
import type { TickedText } from "@ringfence/core/consents/capture-form";
import {
  type CaptureFormId,
  ConfirmationId,
  type ConsentId,
  type PhoneId,
} from "@ringfence/core/ids";
import {
  agreeToForm,
  openOwnForm,
  readOwnForm,
} from "../src/consents/capture-form/own-agreement.ts";
import { confirmByCode } from "../src/consents/confirmation/answer.ts";
import { sendConfirmation } from "../src/consents/confirmation/send.ts";
import { screenCall } from "../src/calling/screening/screen-call.ts";
import type { RootContext } from "../src/platform/context.ts";
import type { PersonContext } from "../src/platform/access/person-context.ts";
import { aMessageSender, by } from "./confirmations.ts";
import { aDisclosure, aDraft, aForm } from "./forms.ts";
import { aPhoneAtNoon } from "./phones.ts";
import { aContext, db } from "./scenes.ts";

export const ownFormUrl = "https://rf.example/my/acme/agree/form";

/** Opens a form on a person's own page as a browser does: reads it, and gets a token for what is shown of it. */
export async function openOwn(person: PersonContext, formId: CaptureFormId) {
  const form = await readOwnForm(person, { formId });
  const page = {
    url: ownFormUrl,
    title: "Agree to calls",
    language: "en",
    text: form.disclosures.map(({ text }) => text).join("\n"),
    disclosures: form.disclosures.map(({ id, version }) => ({ id, version })),
  };
  return { form, ...(await openOwnForm(person, { formId, version: form.version, page })) };
}

/** Someone whose calling hours are open whenever the test runs. */
async function aStranger() {
  const office = await aContext();
  return { office, ...(await aPhoneAtNoon(office)) };
}

type Known = { office: RootContext; phone: string; phoneId: PhoneId };

/** A person, by default one who never agreed, and a form that asks about two topics in two ways. */
export async function aPersonWithForm(more: Parameters<typeof aForm>[1] = {}, known?: Known) {
  const { office, phone, phoneId } = known ?? (await aStranger());
  const draft = aDraft(
    {},
    { purposes: ["marketing", "survey"], channels: ["voice_live", "voice_autodialed"] },
  );
  const disclosure = await aDisclosure(office, draft);
  const { id: formId, address } = await aForm(office, {
    disclosures: [disclosure],
    name: "none",
    email: "none",
    ...more,
  });
  const by = (code: PersonCodeMeans): PersonContext => ({
    ...office,
    actor: { type: "person", phoneId, code },
  });
  return { office, phone, phoneId, formId, address, disclosure, by, ...about(office, phone) };
}

/** Reads the reasons for which calls to a phone are refused, and its consent events. */
const about = (office: RootContext, phone: string) => ({
  reasons: async (purpose = "marketing") =>
    (await screenCall(office, { phone, purpose })).refusals.map(({ reason }) => reason),
  events: () =>
    db.prisma.consentEvent.findMany({
      where: { organizationId: office.organizationId, phone: { e164: phone } },
      orderBy: { id: "asc" },
      include: { evidence: true },
    }),
});

/** Everything ticked: the first topic, live calls. */
export const ticks = (id: string, more: Partial<TickedText> = {}) => [
  { id, isTicked: false, purposes: ["marketing"], channels: ["voice_live"], ...more },
];

/** Opens the form, ticks marketing by live calls and sends it. */
export async function agree(
  person: PersonContext,
  { formId, disclosure }: { formId: CaptureFormId; disclosure: { id: string } },
  more: object = {},
) {
  const { token, page } = await openOwn(person, formId);
  const fields = { ticked: ticks(disclosure.id) };
  return agreeToForm(person, { formId, token, page, fields, ...by, ...more });
}

/** Reads the message that asks for a consent, and answers it by its code. */
export async function answerText(
  office: RootContext,
  formId: CaptureFormId,
  { reference }: { reference?: ConfirmationId | null; consentId?: ConsentId },
) {
  const confirmationId = ConfirmationId.parse(reference);
  const { messageSender, messages } = aMessageSender();
  const job = { ...office, actor: { type: "job", name: "confirmation.send" } as const };
  await sendConfirmation(
    { ...job, messageSender, publicUrl: "https://rf.example" },
    confirmationId,
  );
  const code = /\b\d{6}\b/.exec(messages[0]?.text ?? "")?.[0] ?? "";
  const form = { ...office, actor: { type: "form", id: formId } as const };
  await confirmByCode(form, { confirmationId, code, ...by });
  return messages;
}
