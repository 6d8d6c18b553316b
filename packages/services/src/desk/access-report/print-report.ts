import { writeCitation } from "@ringfence/core/people/jurisdiction";
import {
  type AccessReport,
  type NamedField,
  type ReportSection,
  listFields,
  readField,
  reportSectionNames,
} from "@ringfence/core/desk/access-report";
import { type Locale, formatInstant, say } from "@ringfence/core/platform/message";
import { type Fact, type Sheet, openSheet } from "../../platform/internal.ts";
import { sayCode } from "./contact-records.ts";

/** Prints a report for the person to read, in the language of the report. */
export function printAccessReport(report: AccessReport, fontFolder: string): Promise<Uint8Array> {
  const { language: locale, zone, createdAt: at, controller } = report;
  const tell = createTeller(report);
  const notFilledIn = tell({ key: "access-report.not-filled-in" });
  const sheet = openSheet({
    title: tell({ key: "access-report.title" }),
    fontFolder,
    locale,
    isArchival: true,
  });
  sheet.head(
    null,
    [],
    tell({ key: "access-report.lead", values: { organization: controller.name, at, zone } }),
  );
  sheet.facts(tell({ key: "access-report.controller" }), [
    { label: tell({ key: "access-report.organization" }), value: controller.name },
    { label: tell({ key: "access-report.contact" }), value: controller.contact ?? notFilledIn },
    {
      label: tell({ key: "access-report.protection-officer" }),
      value: controller.protectionOfficer ?? notFilledIn,
    },
  ]);

  writeRecords(sheet, report);
  writeScope(sheet, report);
  writeProcessing(sheet, report);
  writeRights(sheet, report);
  return sheet.end();
}

const createTeller =
  ({ language, zone }: AccessReport) =>
  (message: Parameters<typeof say>[1]) =>
    say(language, message, zone);

const nameSection = (locale: Locale, section: string) =>
  say(locale, { key: "access-report.section", values: { section } });

/** Names sections of a report, with semicolons between them. */
export const nameSections = (locale: Locale, sections: readonly string[]): string =>
  sections.map((section) => nameSection(locale, section)).join("; ");

function writeRecords(sheet: Sheet, report: AccessReport) {
  const { language: locale, zone } = report;
  for (const section of reportSectionNames) {
    sheet.facts(
      nameSection(locale, section),
      report.records[section].flatMap((row) =>
        section === "person"
          ? printCells(section, row, { locale, zone })
          : printRow(section, row, { locale, zone }),
      ),
    );
  }
}

/** Says what is not on record, and what the report leaves out. */
function writeScope(sheet: Sheet, report: AccessReport) {
  const tell = createTeller(report);
  const empty = reportSectionNames.filter(
    (section) =>
      report.records[section].length === 0 && !(section === "holds" && report.leavesOutHolds),
  );
  const list = (sections: readonly string[]) => ({
    sections: nameSections(report.language, sections),
  });
  sheet.sentences(tell({ key: "access-report.about" }), [
    ...(empty.length > 0 ? [tell({ key: "access-report.nothing", values: list(empty) })] : []),
    ...(report.hasSharedPhone ? [tell({ key: "access-report.shared" })] : []),
    ...(report.hasReassignedPhone ? [tell({ key: "access-report.reassigned" })] : []),
    ...(report.leavesOutHolds ? [tell({ key: "access-report.holds-left-out" })] : []),
    ...(report.shortened.length > 0
      ? [tell({ key: "access-report.shortened", values: list(report.shortened) })]
      : []),
    tell({ key: "access-report.files" }),
  ]);
}

/** Says why, on what grounds and for how long data is processed, and what programs decide. */
function writeProcessing(sheet: Sheet, report: AccessReport) {
  const tell = createTeller(report);
  const notFilledIn = tell({ key: "access-report.not-filled-in" });
  sheet.facts(tell({ key: "access-report.purposes" }), [
    ...report.purposes.map(({ name, kind }) => ({
      label: name,
      value: tell({ key: "access-report.purpose-kind", values: { kind } }),
    })),
    ...report.grounds.calls.map(({ seller, ground }) => ({
      label: seller,
      value: tell({ key: "access-report.call-ground", values: { ground } }),
    })),
    {
      label: tell({ key: "access-report.own-grounds" }),
      value: report.grounds.own ?? notFilledIn,
    },
  ]);
  sheet.sentences(tell({ key: "access-report.origin" }), [
    tell({ key: "access-report.origin-said" }),
  ]);
  sheet.sentences(tell({ key: "access-report.decisions" }), [
    ...report.decisions.map((decision) =>
      tell({ key: "access-report.decision", values: { decision } }),
    ),
    tell({ key: "access-report.no-effect" }),
  ]);
  sheet.sentences(tell({ key: "access-report.transfers" }), [report.transfers ?? notFilledIn]);
  sheet.facts(tell({ key: "access-report.retention" }), listTerms(report));
  sheet.sentences(tell({ key: "access-report.retention" }), [
    ...(report.retention === null ? [tell({ key: "access-report.no-policy" })] : []),
    tell({ key: "access-report.opt-outs-stay" }),
  ]);
}

function writeRights(sheet: Sheet, report: AccessReport) {
  const tell = createTeller(report);
  sheet.facts(
    tell({ key: "access-report.rights" }),
    report.rights.map(({ right, citation }) => ({
      label: writeCitation(citation, report.language),
      value: tell({
        key: "access-report.right",
        values: { right: right.replaceAll("-", "_") },
      }),
    })),
  );
  sheet.sentences(
    tell({ key: "access-report.authorities" }),
    report.authorities.length === 0
      ? [tell({ key: "access-report.no-authority" })]
      : [
          ...report.authorities.map(({ name, law }) => `${name} (${law})`),
          tell({ key: "access-report.also-authority" }),
        ],
  );
}

type Place = { locale: Locale; zone: string };

/** Prints a row: its first value, which is mostly a time, and below it the others that are on record. */
function printRow(section: ReportSection, row: object, place: Place): Fact {
  const [first, ...others] = printCells(section, row, place);
  return {
    label: first?.value ?? "",
    value: others.map(({ label, value }) => `${label}: ${value}`).join("\n"),
  };
}

/** Prints the values of a row that are on record, each with the name of its field. */
const printCells = (section: ReportSection, row: object, place: Place): Fact[] =>
  listFields(section).flatMap((field) => {
    const value = printValue(field, readField(row, field.name), place);
    const message = { key: "access-report.field", values: { field: field.name } } as const;
    return value === "" ? [] : [{ label: say(place.locale, message), value }];
  });

/** Prints a value; empty if nothing is on record. */
function printValue({ kind }: NamedField, value: unknown, { locale, zone }: Place): string {
  if (value === null || kind === "machine") return "";
  if (value instanceof Date) return formatInstant(locale, zone, value, "evidence");
  if (typeof value === "boolean") return sayCode(locale, value ? "yes" : "no");
  if (kind === "data") return printData(value);
  const words = [value].flat().map(String);
  switch (kind) {
    case "code":
    case "codes":
      return words.map((word) => sayCode(locale, word)).join(", ");
    case "channels":
      return words.map((word) => sayClaim(locale, "claim.channels.value", word)).join(", ");
    case "source":
      return words.map((word) => sayClaim(locale, "claim.source.value", word)).join(", ");
    case "scope":
      return words.map((word) => sayClaim(locale, "claim.scope.value", word)).join(", ");
    default:
      return words.join("; ");
  }
}

const sayClaim = (
  locale: Locale,
  key: "claim.channels.value" | "claim.source.value" | "claim.scope.value",
  value: string,
) => say(locale, { key, values: { value } });

const printData = (value: unknown): string =>
  Object.entries(Object(value))
    .map(([name, one]) => `${name}: ${typeof one === "string" ? one : JSON.stringify(one)}`)
    .join("; ");

function listTerms({ retention, language: locale }: AccessReport): Fact[] {
  return (retention ?? []).map(({ kind, days, place, rule }) => {
    const term =
      days === null
        ? say(locale, { key: "access-report.for-good" })
        : say(locale, { key: "access-report.days", values: { days } });
    const value =
      place === null
        ? term
        : say(locale, { key: "access-report.in-place", values: { term, place } });
    return {
      label: say(locale, {
        key: "access-report.retention-kind",
        values: { kind: kind.replaceAll("-", "_") },
      }),
      value: rule === null ? value : `${value} (${rule})`,
    };
  });
}
