import { z } from "zod";
import type { RuleBook } from "../../people/jurisdiction/index.ts";
import type { Message } from "../../platform/message/index.ts";

const LabelValue = z.object({ required: z.boolean(), max_chars: z.int() });

/**
 * Finds the law's rule for the label that a carrier shows with a call (the caller's name and the reason), for an
 * organization in a country. Null if that law requires no label.
 */
export function findLabelRule(
  law: RuleBook,
  country: string,
): { maxChars: number; citation: string } | null {
  const rule = law.rules.find(
    ({ type, jurisdiction, status }) =>
      type === "call_labelling" && jurisdiction === country && status === "in_force",
  );
  const value = LabelValue.safeParse(rule?.value).data;
  if (rule === undefined || value?.required !== true) return null;
  return { maxChars: value.max_chars, citation: rule.citation };
}

/** Cyrillic and Latin letters, digits and spaces. */
const CHARACTERS = /^[\p{Script=Cyrillic}\p{Script=Latin}\d ]*$/u;

/** Finds why the label of a campaign's calls breaks the law of a country. Null if it complies, or needs no label. */
export function findLabelFault(
  law: RuleBook,
  { label, labelContract }: { label: string; labelContract: string },
  country: string,
): { path: "/label" | "/labelContract"; message: Message } | null {
  const rule = findLabelRule(law, country);
  if (rule === null) return null;
  const values = { citation: rule.citation, maxChars: rule.maxChars };
  if (label === "") return { path: "/label", message: { key: "campaign.label-missing", values } };
  if (Array.from(label).length > rule.maxChars) {
    return { path: "/label", message: { key: "campaign.label-long", values } };
  }
  if (!CHARACTERS.test(label)) {
    return { path: "/label", message: { key: "campaign.label-characters", values } };
  }
  if (labelContract === "") {
    return { path: "/labelContract", message: { key: "campaign.label-contract", values } };
  }
  return null;
}
