import { z } from "zod";
import { CaptureFormId } from "../../platform/ids.ts";
import type { DisclosureAsks, PublishedDisclosure } from "../disclosure/index.ts";
import type { Message } from "../../platform/message/index.ts";
import {
  type CaptureFormKind,
  type CaptureFormSettings,
  ConfirmationSettings,
  isOnPage,
} from "./capture-form.ts";
import { type CheckAnswer, type CheckResult, summarizeChecks } from "../form-check/index.ts";

/**
 * Finds the faults in a form's settings and texts that keep it from being published. `findCheckFaults` and
 * `findDeliveryFaults` find others, and `publishCaptureForm` looks for archived texts. `disclosures` are those in its
 * settings, in their order; null for one that is not published.
 */
export function findFormFaults(
  settings: CaptureFormSettings,
  disclosures: readonly (PublishedDisclosure | null)[],
): Message[] {
  const published = disclosures.filter((it) => it !== null);
  const byLanguage = Map.groupBy(published, ({ language }) => language);
  const byId = Map.groupBy(published, ({ id }) => id);
  const sellers = new Set(published.map(({ terms }) => terms.seller));
  return [
    ...disclosures.flatMap((it, index) => {
      const { id, version } = settings.disclosures[index] ?? { id: "", version: 0 };
      return it ? [] : [{ key: "form.disclosure-unpublished", values: { id, version } } as const];
    }),
    ...when(settings.jurisdictions.length === 0, { key: "form.no-jurisdiction" }),
    ...when(published.length === 0, { key: "form.no-disclosure" }),
    ...[...byId.values()].flatMap(([text, second]) =>
      text && second
        ? [{ key: "form.disclosure-repeated", values: { title: text.terms.title } } as const]
        : [],
    ),
    ...when(sellers.size > 1, { key: "form.several-sellers" }),
    ...[...byLanguage].flatMap(([language, texts]) =>
      findLanguageFaults(settings, language, texts),
    ),
    ...when(settings.confirmation?.means === "email" && settings.email !== "required", {
      key: "form.email-needed",
    }),
  ];
}

/** For each means, whether this installation can send messages to people. */
export const Delivery = z.record(ConfirmationSettings.shape.means, z.boolean());
export type Delivery = z.infer<typeof Delivery>;

/** Publishes the draft of a form in an installation that can send these messages. */
export const PublishCaptureForm = z.strictObject({ formId: CaptureFormId, delivery: Delivery });
export type PublishCaptureForm = z.infer<typeof PublishCaptureForm>;

/** Finds messages that a form must send and this installation cannot: nobody could answer such a form. */
export function findDeliveryFaults(
  { confirmation }: Pick<CaptureFormSettings, "confirmation">,
  delivery: Delivery,
): Message[] {
  if (confirmation === null || delivery[confirmation.means]) return [];
  return [{ key: confirmation.means === "sms" ? "form.sms-unset" : "form.mail-unset" }];
}

/**
 * Finds faults in the texts of one language: they must ask for advertising and, if the form is for Russia, for
 * the processing of personal data too, which no language may ask for twice.
 */
function findLanguageFaults(
  { jurisdictions }: CaptureFormSettings,
  language: string,
  disclosures: readonly PublishedDisclosure[],
): Message[] {
  const count = (asks: DisclosureAsks) =>
    disclosures.filter(({ terms }) => terms.asks === asks).length;
  const isRussian = jurisdictions.includes("RU");
  const values = { language };
  return [
    ...when(count("advertising") === 0, { key: "form.no-advertising", values }),
    ...when(isRussian && count("personal_data") === 0, { key: "form.two-documents", values }),
    ...when(count("personal_data") > 1, { key: "form.data-asked-twice", values }),
  ];
}

const when = (holds: boolean, message: Message): Message[] => (holds ? [message] : []);

/**
 * Finds the check results that keep a form from being published: blocking checks that failed or wait for an
 * officer's answer. `results` are null if its page was not checked, which only a form on pages of other sites
 * must be.
 */
export function findCheckFaults(
  kind: CaptureFormKind,
  { origins, jurisdictions }: CaptureFormSettings,
  results: readonly CheckResult[] | null,
  answers: readonly CheckAnswer[],
): Message[] {
  if (results === null) {
    return isOnPage(kind) && origins.length > 0 ? [{ key: "form.unchecked" }] : [];
  }
  const { places } = summarizeChecks({ results, jurisdictions, answers });
  return places.flatMap(({ jurisdiction, blockedBy, openQuestions }) => [
    ...blockedBy.map((check): Message => {
      return { key: "form.check-failed", values: { check, jurisdiction } };
    }),
    ...openQuestions.map((check): Message => {
      return { key: "form.question-open", values: { check, jurisdiction } };
    }),
  ]);
}
