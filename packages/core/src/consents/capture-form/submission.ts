import { z } from "zod";
import { DisclosureId } from "../../platform/ids.ts";
import { Region, WrittenPhone } from "../../people/phone/index.ts";
import { DisclosureAsks, type PublishedDisclosure, isSameWording } from "../disclosure/index.ts";
import { type Fault, type KeyTaking, createMessage } from "../../platform/message/index.ts";
import { CaptureFormSettings, ConfirmationSettings } from "./capture-form.ts";

/** A disclosure as the page showed it. */
export const DisclosureOnPage = z.strictObject({
  id: DisclosureId,
  version: z.int().min(1),
  /** Text on the page. */
  text: z.string().max(20_000),
  /** The state of its box as the page opened, and as the form was sent. */
  wasChecked: z.boolean(),
  isChecked: z.boolean(),
});
export type DisclosureOnPage = z.infer<typeof DisclosureOnPage>;

/** The page as the person saw it: its text and the state of its controls, without what they typed. */
export const PageSnapshot = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  title: z.string().max(500),
  language: z.string().max(35),
  /** All text of the form. */
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

/** Content of the hosted page. The MAC of its token covers it, so a page that was changed is refused. */
export const HostedPage = PageSnapshot.pick({
  url: true,
  title: true,
  language: true,
  text: true,
}).extend({
  /** Asked on it, in this order. */
  disclosures: z
    .array(DisclosureOnPage.pick({ id: true, version: true }))
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

/** Place where a form was filled in: on the hosted page, a page of one of its origins, or the person's own page. */
export const FormPlacement = z.strictObject({
  type: z.enum(["hosted", "embedded", "own_page"]),
  origin: z.string(),
});
export type FormPlacement = z.infer<typeof FormPlacement>;

/**
 * A submitted form. The page measures only how long it was open; the time of the consent is the server's.
 */
export const Submission = z.strictObject({
  /** Token from the API, valid once. */
  token: z.string().max(300),
  /** Time at which the API issued the token. */
  issuedAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  /** Time the form was open, measured by the page. */
  elapsedMs: z.int().min(0),
  phone: WrittenPhone,
  /** Region of a number written without `+`. */
  region: Region.optional(),
  name: z.string().trim().max(200).optional(),
  email: z.email().max(254).optional(),
  asked: z.array(DisclosureOnPage).min(1).max(20),
  page: PageSnapshot,
});
export type Submission = z.infer<typeof Submission>;

/** Tolerated difference between the page's clock and ours. */
const TOLERANCE_MS = 2_000;

export type SubmissionExpectations = {
  settings: CaptureFormSettings;
  /** All texts of the form, as published. */
  disclosures: readonly PublishedDisclosure[];
  /** Origin of the page that got the token. */
  origin: string;
  /** Time at which the token was issued, by our clock. */
  issuedAt: Date;
  now: Date;
};

/**
 * Finds everything wrong with a submission: times that do not fit, a page of another origin, texts that differ
 * from the published ones or are missing, missing fields, and no ticked box. The number is not checked here.
 */
export function findSubmissionFaults(sent: Submission, expected: SubmissionExpectations): Fault[] {
  const { settings } = expected;
  const isNamed = sent.name !== undefined && sent.name !== "";
  const needsName = settings.name === "required" || settings.name === "signature";
  const needsEmail = settings.email === "required";
  return [
    ...findTimeFaults(sent, expected),
    ...(new URL(sent.page.url).origin === expected.origin
      ? []
      : [toFault("/page/url", "submission.page-elsewhere")]),
    ...findWordingFaults(sent, expected),
    ...(needsName && !isNamed ? [toFault("/name", "fault.missing")] : []),
    ...(needsEmail && sent.email === undefined ? [toFault("/email", "fault.missing")] : []),
    ...(sent.asked.some(({ isChecked }) => isChecked)
      ? []
      : [toFault("/asked", "submission.nothing-agreed")]),
  ];
}

function findTimeFaults(
  { issuedAt, elapsedMs }: Submission,
  expected: SubmissionExpectations,
): Fault[] {
  const ageMs = expected.now.getTime() - expected.issuedAt.getTime();
  const isForged = issuedAt.getTime() !== expected.issuedAt.getTime();
  return [
    ...(isForged ? [toFault("/issuedAt", "submission.time-forged")] : []),
    ...(elapsedMs > ageMs + TOLERANCE_MS ? [toFault("/elapsedMs", "submission.time-forged")] : []),
  ];
}

/**
 * Finds texts that are changed or missing. If the page shows one text of the form, it must show all of that
 * language, each as published.
 */
function findWordingFaults(
  { asked }: Submission,
  { disclosures }: SubmissionExpectations,
): Fault[] {
  const changed = asked.flatMap((one, index) =>
    isAsPublished(one, disclosures) ? [] : [toFault(`/asked/${index}`, "submission.words-changed")],
  );
  const shown = disclosures.filter((it) => asked.some(({ id }) => id === it.id));
  const languages = new Set(shown.map(({ language }) => language));
  const missing = disclosures.filter(
    ({ id, language }) => languages.has(language) && !asked.some((one) => one.id === id),
  );
  return [
    ...changed,
    ...(missing.length > 0 ? [toFault("/asked", "submission.words-missing")] : []),
  ];
}

const isAsPublished = (
  { id, version, text }: DisclosureOnPage,
  published: readonly PublishedDisclosure[],
) => published.some((it) => it.id === id && it.version === version && isSameWording(text, it.text));

const toFault = (path: string, key: KeyTaking<undefined>): Fault => ({
  path,
  message: createMessage(key),
});

/** Response with a form to show and its token. */
export const FormTokenResponse = z
  .object({
    token: z.string().meta({ description: "Valid for one submission, within twelve hours." }),
    issuedAt: z.date().meta({ description: "Send it back unchanged." }),
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
export type FormTokenResponse = z.infer<typeof FormTokenResponse>;

/** Response to a submitted form, the same for every number. */
export const SubmissionResponse = z
  .object({
    status: z.literal("received"),
    confirmation: ConfirmationSettings.nullable().meta({
      description: "How the person hears of it; `isAsked`: the consent waits for their answer.",
    }),
    reference: z.uuid().meta({ description: "Id of this submission." }),
    receipt: z.url().nullable().meta({
      description:
        "Opens what the person agreed to: the texts, a copy of each consent, and a button that withdraws it. Null while the consent waits for their answer.",
    }),
  })
  .meta({ id: "SubmissionReceived" });
export type SubmissionResponse = z.infer<typeof SubmissionResponse>;
