import type { PublishedDisclosure } from "../disclosure/index.ts";
import type { Message } from "../../platform/message/index.ts";
import {
  type CaptureFormKind,
  type CaptureFormSettings,
  type ConfirmationSettings,
  isOnPage,
} from "./capture-form.ts";
import { type CheckAnswer, type CheckResult, summarizeChecks } from "../form-check/index.ts";

/**
 * All that stands against collecting by a form, but for its checks. `disclosures` are those that its
 * settings name, in their order; null for one that nobody has published.
 */
export function formFaults(
  settings: CaptureFormSettings,
  disclosures: readonly (PublishedDisclosure | null)[],
): Message[] {
  const published = disclosures.filter((it) => it !== null);
  const byLanguage = Map.groupBy(published, ({ language }) => language);
  const sellers = new Set(published.map(({ terms }) => terms.seller));
  return [
    ...disclosures.flatMap((it, index) => {
      const { id, version } = settings.disclosures[index] ?? { id: "", version: 0 };
      return it ? [] : [{ key: "form.disclosure-unpublished", values: { id, version } } as const];
    }),
    ...when(settings.jurisdictions.length === 0, { key: "form.no-jurisdiction" }),
    ...when(published.length === 0, { key: "form.no-disclosure" }),
    ...when(sellers.size > 1, { key: "form.several-sellers" }),
    ...[...byLanguage].flatMap(([language, asked]) => languageFaults(settings, language, asked)),
    ...when(settings.confirmation?.means === "email" && settings.email !== "required", {
      key: "form.email-needed",
    }),
  ];
}

/** Messages that this installation can send to people. */
export type Delivery = Record<ConfirmationSettings["means"], boolean>;

/** Finds messages that a form must send and this installation cannot: nobody could answer such a form. */
export function deliveryFaults(
  { confirmation }: Pick<CaptureFormSettings, "confirmation">,
  delivery: Delivery,
): Message[] {
  if (confirmation === null || delivery[confirmation.means]) return [];
  return [{ key: confirmation.means === "sms" ? "form.sms-unset" : "form.mail-unset" }];
}

/** Who reads one language is asked all that there is to ask, and each thing once. */
function languageFaults(
  { jurisdictions }: CaptureFormSettings,
  language: string,
  asked: readonly PublishedDisclosure[],
): Message[] {
  const count = (asks: string) => asked.filter(({ terms }) => terms.asks === asks).length;
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
 * What of its checks stands against publication: a page of somebody's own has to be checked, and may
 * not collect where a blocking check failed, or waits for the answer of an officer.
 */
export function checkFaults(
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
