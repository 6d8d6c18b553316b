import { z } from "zod";
import { storableText } from "../../platform/text/index.ts";
import {
  type DataCategory,
  DataCategory as Categories,
  retentionOfCategory,
  storedTables,
} from "../access-report/index.ts";
import type { RetentionTerm } from "../retention/index.ts";

/** What an officer says of the processing, because no setting shows it. Empty: not filled in. */
const Words = storableText(4_000).default("");

export const processingFields = [
  "controller",
  "contact",
  "representative",
  "protectionOfficer",
  "grounds",
  "recipients",
  "transfers",
  "measures",
] as const;
export type ProcessingField = (typeof processingFields)[number];

/** Fields that art. 30 asks for, so that the page says what is missing. A representative is only for some. */
export const requiredFields: readonly ProcessingField[] = [
  "controller",
  "contact",
  "protectionOfficer",
  "transfers",
  "measures",
];

export const SaveProcessingDetails = z.strictObject({
  controller: Words,
  contact: Words,
  representative: Words,
  protectionOfficer: Words,
  grounds: Words,
  recipients: Words,
  transfers: Words,
  measures: Words,
} satisfies Record<ProcessingField, z.ZodType>);
export type SaveProcessingDetails = z.infer<typeof SaveProcessingDetails>;

/** A category of personal data, whose it is, and how long it is kept. */
export type ProcessedCategory = {
  category: DataCategory;
  people: "called" | "staff";
  /** Null: no policy is in force, or none is set for it, so it is kept for good. */
  terms: readonly Pick<RetentionTerm, "days" | "place" | "rule">[] | null;
};

/** Lists the categories of data that any table holds, with the terms of the policy in force. */
export function listProcessedCategories(
  terms: readonly RetentionTerm[] | null,
): readonly ProcessedCategory[] {
  const held = new Set(
    Object.values(storedTables).flatMap((table) => ("data" in table ? table.data : [])),
  );
  return Categories.options
    .filter((category) => held.has(category))
    .map((category) => {
      const kind = retentionOfCategory[category];
      const own = (terms ?? []).filter((term) => term.kind === kind);
      return {
        category,
        people: category === "staff" ? "staff" : "called",
        terms: own.length === 0 ? null : own,
      };
    });
}

/** Measures that the program takes by itself (GDPR art. 32(1)), each of which the docs describe. */
export const ownMeasures = [
  "access",
  "step-up",
  "tenant-walls",
  "encryption",
  "append-only",
  "trail",
  "erasure",
  "second-officer",
] as const;
export type OwnMeasure = (typeof ownMeasures)[number];
