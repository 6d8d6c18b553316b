import { z } from "zod";
import { DisclosureId } from "../../platform/ids.ts";
import { Region, WrittenPhone } from "../../people/phone/index.ts";
import { DisclosureAsks, type PublishedDisclosure, isSameWords } from "../disclosure/index.ts";
import type { Fault } from "../../platform/message/index.ts";
import { CaptureFormSettings, ConfirmationSettings } from "./capture-form.ts";

/** One disclosure as the person met it. */
export const AskedOnPage = z.strictObject({
  id: DisclosureId,
  version: z.int().min(1),
  /** The words that stood on the page. */
  text: z.string().max(20_000),
  /** The state of its box as the page opened, and as the form was sent. */
  wasChecked: z.boolean(),
  isChecked: z.boolean(),
});
export type AskedOnPage = z.infer<typeof AskedOnPage>;

/** The page as the person met it: what it said, and how its controls stood; none of what they typed. */
export const PageSnapshot = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  title: z.string().max(500),
  language: z.string().max(35),
  /** All words of the form. */
  text: z.string().max(24_000),
  controls: z
    .array(
      z.strictObject({
        name: z.string().max(200),
        type: z.string().max(40),
        isChecked: z.boolean().optional(),
        isFilled: z.boolean().optional(),
        isVisible: z.boolean(),
      }),
    )
    .max(100),
  width: z.int().min(0).max(100_000),
  height: z.int().min(0).max(100_000),
});
export type PageSnapshot = z.infer<typeof PageSnapshot>;

/** What the hosted page showed. It comes back unchanged with the form, because the token seals it. */
export const HostedPage = PageSnapshot.pick({
  url: true,
  title: true,
  language: true,
  text: true,
}).extend({
  /** Asked on it, in this order. */
  disclosures: z
    .array(AskedOnPage.pick({ id: true, version: true }))
    .min(1)
    .max(20),
});
export type HostedPage = z.infer<typeof HostedPage>;

/** Fields that a person fills in on the hosted page. */
export const HostedFields = z.strictObject({
  phone: WrittenPhone,
  name: z.string().trim().max(200).optional(),
  email: z.email().max(254).optional(),
  /** The disclosures whose boxes are ticked. */
  ticked: z.array(z.string().max(100)).max(20),
});
export type HostedFields = z.infer<typeof HostedFields>;

/** Place where a form was filled in: on the hosted page, or on a page of one of its origins. */
export const FormPlacement = z.strictObject({
  type: z.enum(["hosted", "embedded"]),
  origin: z.string(),
});
export type FormPlacement = z.infer<typeof FormPlacement>;

/** What a person sends by a form. Of time it says only how long it was open: the server has a clock. */
export const Submission = z.strictObject({
  /** As the door gave it, once. */
  token: z.string().max(300),
  /** When the door says that it gave the token. */
  issuedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  /** How long the form was open by the page's own count. */
  elapsedMs: z.int().min(0),
  phone: WrittenPhone,
  /** How a number without `+` is read. */
  region: Region.optional(),
  name: z.string().trim().max(200).optional(),
  email: z.email().max(254).optional(),
  asked: z.array(AskedOnPage).min(1).max(20),
  page: PageSnapshot,
});
export type Submission = z.infer<typeof Submission>;

/** By how much a page's count of time may run ahead of ours: a tick of two clocks, and no more. */
const TOLERANCE_MS = 2_000;

export type SubmissionWorld = {
  settings: CaptureFormSettings;
  /** All that the form asks, as published. */
  disclosures: readonly PublishedDisclosure[];
  /** Origin of the page that got the token. */
  origin: string;
  /** When the token was given, by our clock. */
  issuedAt: Date;
  now: Date;
};

/** All that is wrong with what a page sends: what was shown is not what was published, or not then. */
export function submissionFaults(sent: Submission, world: SubmissionWorld): Fault[] {
  const { settings } = world;
  const isNamed = sent.name !== undefined && sent.name !== "";
  const needsName = settings.name === "required" || settings.name === "signature";
  const needsEmail = settings.email === "required";
  return [
    ...timeFaults(sent, world),
    ...(new URL(sent.page.url).origin === world.origin
      ? []
      : [fault("/page/url", "submission.page-elsewhere")]),
    ...wordFaults(sent, world),
    ...(needsName && !isNamed ? [fault("/name", "fault.missing")] : []),
    ...(needsEmail && sent.email === undefined ? [fault("/email", "fault.missing")] : []),
    ...(sent.asked.some(({ isChecked }) => isChecked)
      ? []
      : [fault("/asked", "submission.nothing-agreed")]),
  ];
}

function timeFaults({ issuedAt, elapsedMs }: Submission, world: SubmissionWorld): Fault[] {
  const ageMs = world.now.getTime() - world.issuedAt.getTime();
  const isOther = issuedAt.getTime() !== world.issuedAt.getTime();
  return [
    ...(isOther ? [fault("/issuedAt", "submission.time-forged")] : []),
    ...(elapsedMs > ageMs + TOLERANCE_MS ? [fault("/elapsedMs", "submission.time-forged")] : []),
  ];
}

/** What is asked of readers of one language stands on the page whole, in the words as published. */
function wordFaults({ asked }: Submission, { disclosures }: SubmissionWorld): Fault[] {
  const changed = asked.flatMap((one, index) =>
    isAsPublished(one, disclosures) ? [] : [fault(`/asked/${index}`, "submission.words-changed")],
  );
  const shown = disclosures.filter((it) => asked.some(({ id }) => id === it.id));
  const languages = new Set(shown.map(({ language }) => language));
  const left = disclosures.filter(
    ({ id, language }) => languages.has(language) && !asked.some((one) => one.id === id),
  );
  return [...changed, ...(left.length > 0 ? [fault("/asked", "submission.words-missing")] : [])];
}

const isAsPublished = ({ id, version, text }: AskedOnPage, known: readonly PublishedDisclosure[]) =>
  known.some((it) => it.id === id && it.version === version && isSameWords(text, it.text));

const fault = (path: string, key: Fault["message"]["key"]): Fault => ({ path, message: { key } });

/** What a page gets that is to show a form. */
export const FormTokenTold = z
  .object({
    token: z.string().meta({ description: "For one sending, within twelve hours." }),
    issuedAt: z.date().meta({ description: "To be sent back as it is." }),
    version: z.int(),
    fields: CaptureFormSettings.pick({ name: true, email: true }),
    disclosures: z
      .array(
        z.object({
          id: DisclosureId,
          version: z.int(),
          asks: DisclosureAsks,
          language: z.string(),
          text: z.string(),
        }),
      )
      .readonly(),
  })
  .meta({ id: "FormToken" });
export type FormTokenTold = z.infer<typeof FormTokenTold>;

/** What a form is answered: the same for every number. */
export const SubmissionTold = z
  .object({
    status: z.literal("received"),
    confirmation: ConfirmationSettings.nullable().meta({
      description: "How the person hears of it; `isAsked`: the consent waits for their answer.",
    }),
    reference: z.uuid().meta({ description: "Of this sending." }),
    receipt: z.url().nullable().meta({
      description:
        "Opens what the person agreed to: the texts, a copy of each consent, and a button that withdraws it. Null while the consent waits for their answer, and if they agreed to nothing.",
    }),
  })
  .meta({ id: "SubmissionReceived" });
export type SubmissionTold = z.infer<typeof SubmissionTold>;
