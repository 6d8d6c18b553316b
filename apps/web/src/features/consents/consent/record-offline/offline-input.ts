import type { OfflineMeans } from "@ringfence/core/consents/consent";
import type { Channel } from "@ringfence/core/people/phone";
import { instantIn } from "@ringfence/core/platform/time";
import type { UseFormSetValue } from "react-hook-form";

/** Input of the page that records a spoken or signed consent. */
export type OfflineInput = {
  phone: string;
  name: string;
  means: OfflineMeans;
  /** Id of a capture form; empty for words that are in no form. */
  formId: string;
  /** Version of that form; 0 stands for the latest until its texts are ticked. */
  version: number;
  disclosures: readonly string[];
  text: string;
  language: string;
  seller: string;
  purposes: readonly string[];
  channels: readonly Channel[];
  when: "now" | "earlier";
  /** Local date and time, if it was earlier. */
  at: string;
};

/** Chooses a form in its latest version, with nothing ticked. */
export function chooseForm(setValue: UseFormSetValue<OfflineInput>, formId: string) {
  setValue("formId", formId);
  setValue("version", 0);
  setValue("disclosures", []);
}

/** Fields that browsers do not check by themselves. */
export type OfflineFault = "disclosures" | "purposes" | "channels" | "file";

/** Finds which of these fields are empty but needed. */
export function findOfflineFaults(given: OfflineInput, file: File | null): OfflineFault[] {
  const asked: OfflineFault[] =
    given.formId === ""
      ? [
          ...(given.purposes.length === 0 ? ["purposes" as const] : []),
          ...(given.channels.length === 0 ? ["channels" as const] : []),
        ]
      : given.disclosures.length === 0
        ? ["disclosures"]
        : [];
  return [...asked, ...(file === null ? ["file" as const] : [])];
}

/** Converts the input into a request, without the file. An unreadable time counts as now. */
export function toOfflineConsent(given: OfflineInput, zone: string) {
  const { phone, name, means, formId, version, disclosures, when, at } = given;
  const { text, language, seller, purposes, channels } = given;
  const obtainedAt = when === "earlier" ? instantIn(zone, at) : null;
  return {
    phone,
    means,
    ...(name.trim() !== "" && { name }),
    asked:
      formId === ""
        ? { text, language, seller, purposes: [...purposes], channels: [...channels] }
        : { form: formId, version, disclosures: [...disclosures] },
    ...(obtainedAt && { obtainedAt: obtainedAt.toISOString() }),
  };
}
