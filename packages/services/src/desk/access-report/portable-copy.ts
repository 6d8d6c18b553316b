import { zipSync } from "fflate";
import {
  MakePortableCopy,
  type PortableCopy,
  type ReportRows,
  type ReportSection,
  listFields,
  readField,
  reportSectionNames,
} from "@ringfence/core/desk/access-report";
import { type Locale, say } from "@ringfence/core/platform/message";
import { csvLine, guardFormula } from "@ringfence/core/platform/csv";
import { type TransactionContext, appendAudit, query } from "../../platform/internal.ts";
import { nameSections } from "./print-report.ts";
import { withReport } from "./make-access-report.ts";

/** A portable copy as a ZIP, and the name of the file. */
export type PackedCopy = { name: string; zip: Uint8Array };

/**
 * Makes a copy of what a contact provided themselves and what was observed of them (GDPR art. 20): a ZIP with JSON, and a
 * CSV file for each kind of record. It leaves out conclusions drawn from these data, and whatever an access report
 * leaves out.
 */
export const makePortableCopy = query({
  name: "makePortableCopy",
  action: "access-report.make",
  stepUp: true,
  forAllSellers: true,
  input: MakePortableCopy,
  transaction: "by run",
  run: async (ctx, { contactId, locale }): Promise<PackedCopy> => {
    const settings = { contactId, locale, tellsHolds: false };
    return withReport(ctx, settings, async (ctx, { records: all, shortened: allShortened }) => {
      await appendAudit(ctx, "access-report.make", {
        contactId,
        format: "portable",
        exported: true,
      });
      const records = selectProvided(all);
      const shortened = allShortened.filter((section) => Object.hasOwn(records, section));
      const name = `my-data-${contactId.slice(-12)}`;
      return packCopy(ctx, { records, shortened }, { locale, name });
    });
  },
  audit: "by run",
});

const toDay = (at: Date) => at.toISOString().slice(0, 10);

/** Selects the fields that `isProvided` marks, of all sections that have any. */
export function selectProvided(records: Partial<ReportRows>): PortableCopy["records"] {
  const sections = reportSectionNames.flatMap((section): [ReportSection, PortableRow[]][] => {
    const names = listProvided(section);
    const rows: readonly object[] = records[section] ?? [];
    if (names.length === 0) return [];
    return [
      [
        section,
        rows.map((row) => Object.fromEntries(names.map((name) => [name, readField(row, name)]))),
      ],
    ];
  });
  return Object.fromEntries(sections);
}

type PortableRow = Readonly<Record<string, unknown>>;

const listProvided = (section: ReportSection) =>
  listFields(section).flatMap(({ name, isProvided }) => (isProvided ? name : []));

/** Packs a copy: a README, `data.json`, and a CSV file for each section with rows. */
export async function packCopy(
  { db, organizationId, now }: TransactionContext,
  { records, shortened }: Pick<PortableCopy, "records" | "shortened">,
  { locale, name }: { locale: Locale; name: string },
): Promise<PackedCopy> {
  const { name: organization } = await db.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { name: true },
  });
  const copy: PortableCopy = {
    format: "ringfence/portable-copy@v1",
    organization,
    createdAt: now,
    shortened,
    records,
  };
  const sections = nameSections(locale, shortened);
  const texts = {
    "README.txt": [
      say(locale, { key: "portable-copy.readme", values: { organization } }),
      ...(sections === ""
        ? []
        : [say(locale, { key: "access-report.shortened", values: { sections } }), ""]),
    ].join("\n"),
    "data.json": JSON.stringify(copy, null, 2),
    ...Object.fromEntries(
      Object.entries(records).flatMap(([section, rows]) =>
        rows.length === 0 ? [] : [[`${section}.csv`, toCsv(rows)]],
      ),
    ),
  };
  const encoder = new TextEncoder();
  const files = Object.entries(texts).map(([name, text]) => [name, encoder.encode(text)] as const);
  return {
    name: `${name}-${toDay(now)}.zip`,
    zip: zipSync(Object.fromEntries(files), { mtime: now }),
  };
}

/** Writes rows as CSV, with the mark by which Excel recognizes UTF-8. */
function toCsv(rows: readonly PortableRow[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => csvLine(heads.map((head) => toCell(row[head]))));
  return `\uFEFF${csvLine(heads)}${lines.join("")}`;
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one === "string"))
    return guardFormula(value.join("; "));
  return guardFormula(typeof value === "string" ? value : JSON.stringify(value));
}
