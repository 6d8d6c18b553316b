import { z } from "zod";
import { storableText } from "../../platform/text/index.ts";
import {
  type DataCategory,
  DataCategory as Categories,
  retentionOfCategory,
  storedTables,
} from "../access-report/index.ts";
import type { RetentionTerm } from "../retention/index.ts";

/** Details that no setting contains, so that an officer fills them in. An empty field is not filled in yet. */
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

/** Fields that art. 30 requires. The page marks the missing ones. Only some organizations need a representative. */
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

/** Security measures that are built in (GDPR art. 32(1)). The docs describe each of them. */
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
