import { ImportConsent } from "../../consents/consent/index.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
import { type Cells, cellsOf } from "./cells.ts";
import type { Mapping } from "./mapping.ts";
import { mendPhone } from "./mend-phone.ts";
import { readTime } from "./read-time.ts";
import { readChannel, readSource } from "./read-words.ts";

export type ReadConsentCells = { status: "read"; line: number; consent: ImportConsent };

/** A consent as a row of a file tells of it. `proof` names the file, beside what the row holds. */
export function readConsentCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
  proof: object,
): ReadConsentCells | RejectedRow {
  const cells = cellsOf(mapping, row);
  const phone = mendPhone(cells.one("phone") ?? "");
  if (phone.fault) return rejected(line, phone.fault, "/phone");
  const begin = cells.one("obtainedAt");
  if (begin === undefined) return rejected(line, { key: "fault.missing" }, "/obtainedAt");
  const obtained = readTime(begin, mapping);
  if (obtained.fault) return rejected(line, obtained.fault, "/obtainedAt");
  const end = cells.one("validUntil");
  const until = end === undefined ? null : readTime(end, mapping, { endOfDay: true });
  if (until?.fault) return rejected(line, until.fault, "/validUntil");

  const { row: consent, fault } = readRow(ImportConsent, {
    phone: phone.text,
    region: mapping.region,
    contact: contactOf(cells),
    seller: cells.one("seller"),
    purposes: wordsOf(cells.one("purposes")),
    channels: wordsOf(cells.one("channels")).map(readChannel),
    source: readSource(cells.one("source") ?? "import"),
    disclosure: disclosureOf(cells),
    obtainedAt: obtained.at.toISOString(),
    validUntil: until?.at.toISOString(),
    evidence: { ...evidenceOf(cells), ...proof },
  });
  return fault ? rejected(line, fault.message, fault.path) : { status: "read", line, consent };
}

const wordsOf = (cell = "") => cell.split(/[\s,;|]+/).filter((word) => word !== "");

function contactOf(cells: Cells) {
  const contact = {
    externalId: cells.one("externalId"),
    name: cells.all("name").join(" ") || undefined,
    email: cells.one("email"),
  };
  return Object.values(contact).some((value) => value !== undefined) ? contact : undefined;
}

function disclosureOf(cells: Cells) {
  const id = cells.one("disclosureId");
  if (id !== undefined) return { id, version: Number(cells.one("disclosureVersion") ?? 1) };
  const text = cells.one("disclosureText");
  return text === undefined ? undefined : { text, language: cells.one("disclosureLanguage") };
}

function evidenceOf(cells: Cells) {
  const { one } = cells;
  const evidence = {
    act: one("act"),
    signature: one("signature"),
    ip: one("ip"),
    userAgent: one("userAgent"),
    url: one("url"),
    recording: one("recording"),
    scan: one("scan"),
    note: one("note"),
    leadSeller: one("leadSeller"),
    trustedForm: one("trustedForm"),
    leadId: one("leadId"),
    retained: one("retained"),
  };
  return Object.fromEntries(Object.entries(evidence).filter(([, value]) => value !== undefined));
}
