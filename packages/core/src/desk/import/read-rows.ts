import { type ReadContactRow, readContactRow } from "../../people/contact/index.ts";
import { type RejectedRow, readRow, rejected } from "../../platform/rows/index.ts";
import {
  type Cells,
  readCalledParty,
  readCells,
  readChannel,
  readReason,
  readSource,
} from "./cells.ts";
import type { Mapping } from "./mapping.ts";
import { repairPhone } from "./repair-phone.ts";
import { ImportConsent } from "../../consents/consent/index.ts";
import { readTime } from "./read-time.ts";
import { OptOutChannel, type RecordOptOut } from "../../do-not-call/opt-out/index.ts";
import { type Phone, readPhone } from "../../people/phone/index.ts";
import type { Remark } from "./import-outcome.ts";
import {
  GivenSuppressionReason,
  findSuppressionFault,
} from "../../do-not-call/suppression/index.ts";
import { type CallWorld, type ReadCallRow, readCallRow } from "../../calling/call/index.ts";

/** Reads a contact from a row of a file. */
export function readContactCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
): ReadContactRow | RejectedRow {
  const cells = readCells(mapping, row);
  const phones = cells.all("phone").flatMap(splitPhones).map(repairPhone);
  const faulty = phones.find(({ fault }) => fault);
  if (faulty?.fault) return rejected(line, faulty.fault, "/phones");

  const party = cells.one("calledParty");
  const sent = {
    externalId: cells.one("externalId"),
    name: cells.all("name").join(" "),
    email: cells.one("email"),
    locale: cells.one("locale"),
    zone: cells.one("zone"),
    addressRegion: resolveRegion(cells.one("addressRegion"), cells.one("state"), mapping.region),
    calledParty: party && readCalledParty(party),
    attributes: cells.attributes(),
    phones: phones.map(({ text }) => text),
  };
  return readContactRow(line, sent, mapping.region);
}

/** Completes a state with the country of the file. */
function resolveRegion(region: string | undefined, state: string | undefined, country: string) {
  if (state === undefined) return region;
  return state.includes("-") ? state : `${country}-${state}`;
}

/** Splits a cell that holds several numbers. The separators never occur within a number. */
function splitPhones(cell: string): string[] {
  const parts = cell.split(/[;,|\n]/).filter((part) => part.trim() !== "");
  const areNumbers = parts.every((part) => part.replaceAll(/\D/g, "").length >= 7);
  return parts.length > 1 && areNumbers ? parts : [cell];
}

/** A consent that the cells of a row describe, with the line of the row. */
export type ReadConsentCells = { status: "read"; line: number; consent: ImportConsent };

/** Reads a consent from a row. `proof` is added to the evidence in the row: it names the file and the line. */
export function readConsentCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
  proof: object,
): ReadConsentCells | RejectedRow {
  const cells = readCells(mapping, row);
  const phone = repairPhone(cells.one("phone") ?? "");
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
    contact: readContact(cells),
    seller: cells.one("seller"),
    purposes: splitWords(cells.one("purposes")),
    channels: splitWords(cells.one("channels")).map(readChannel),
    source: readSource(cells.one("source") ?? "import"),
    disclosure: readDisclosure(cells),
    obtainedAt: obtained.at.toISOString(),
    validUntil: until?.at.toISOString(),
    evidence: { ...readEvidence(cells), ...proof },
  });
  return fault ? rejected(line, fault.message, fault.path) : { status: "read", line, consent };
}

const splitWords = (cell = "") => cell.split(/[\s,;|]+/).filter((word) => word !== "");

function readContact(cells: Cells) {
  const contact = {
    externalId: cells.one("externalId"),
    name: cells.all("name").join(" ") || undefined,
    email: cells.one("email"),
  };
  return Object.values(contact).some((value) => value !== undefined) ? contact : undefined;
}

function readDisclosure(cells: Cells) {
  const id = cells.one("disclosureId");
  if (id !== undefined) return { id, version: Number(cells.one("disclosureVersion") ?? 1) };
  const text = cells.one("disclosureText");
  return text === undefined ? undefined : { text, language: cells.one("disclosureLanguage") };
}

function readEvidence(cells: Cells) {
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

/** An opt-out that the cells of a row describe, with the line of the row and remarks on cells that were not taken. */
export type ReadOptOutCells = {
  status: "read";
  line: number;
  phone: Phone;
  scope: NonNullable<RecordOptOut["scope"]>;
  channel: OptOutChannel;
  /** Null if the row has no readable time. */
  at: Date | null;
  note: string | undefined;
  remarks: readonly Remark[];
};

/**
 * Reads an opt-out from a row. Only an unreadable number rejects it: an unreadable time becomes a remark, and an
 * unknown channel counts as `import`.
 */
export function readOptOutCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
): ReadOptOutCells | RejectedRow {
  const cells = readCells(mapping, row);
  const phone = repairPhone(cells.one("phone") ?? "");
  if (phone.fault) return rejected(line, phone.fault, "/phone");
  const read = readPhone(phone.text, mapping.region);
  if ("fault" in read) return rejected(line, read.fault, "/phone");

  const time = cells.one("at");
  const { at = null, fault } = time === undefined ? {} : readTime(time, mapping);
  const channel = OptOutChannel.safeParse(cells.one("channel")?.toLowerCase());
  return {
    status: "read",
    line,
    phone: read.phone,
    scope: readScope(cells.one("seller"), cells.one("purpose")),
    channel: channel.data ?? "import",
    at,
    note: cells.one("note"),
    remarks: fault ? [{ field: "at", message: fault }] : [],
  };
}

/**
 * Reads the scope. No opt-out covers only one seller's calls for one purpose, so a row with both covers all
 * calls.
 */
function readScope(
  seller: string | undefined,
  purpose: string | undefined,
): ReadOptOutCells["scope"] {
  if (seller !== undefined && purpose !== undefined) return {};
  if (seller !== undefined) return { seller };
  return purpose === undefined ? {} : { purpose };
}

/** A suppression that the cells of a row describe. `at` null: from now on. `until` null: without an end. */
export type ReadSuppressionCells = {
  status: "read";
  line: number;
  phone: Phone;
  reason: GivenSuppressionReason;
  at: Date | null;
  until: Date | null;
};

/** Reads a suppression from a row. Anything that cannot be read rejects it. */
export function readSuppressionCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
  now: Date,
): ReadSuppressionCells | RejectedRow {
  const cells = readCells(mapping, row);
  const phone = repairPhone(cells.one("phone") ?? "");
  if (phone.fault) return rejected(line, phone.fault, "/phone");
  const read = readPhone(phone.text, mapping.region);
  if ("fault" in read) return rejected(line, read.fault, "/phone");

  const { data: reason } = GivenSuppressionReason.safeParse(readReason(cells.one("reason") ?? ""));
  if (!reason) {
    const values = { values: GivenSuppressionReason.options.join(", ") };
    return rejected(line, { key: "fault.value", values }, "/reason");
  }
  const times = { at: cells.one("at"), until: cells.one("until") };
  const at = times.at === undefined ? null : readTime(times.at, mapping);
  if (at?.fault) return rejected(line, at.fault, "/at");
  const until =
    times.until === undefined ? null : readTime(times.until, mapping, { endOfDay: true });
  if (until?.fault) return rejected(line, until.fault, "/until");

  const ends = findSuppressionFault({ at: at?.at, until: until?.at }, now);
  if (ends) return rejected(line, ends, "/until");
  return {
    status: "read",
    line,
    phone: read.phone,
    reason,
    at: at?.at ?? null,
    until: until?.at ?? null,
  };
}

/** Reads a call from a row of a dialer's log, or says what is wrong with the row. */
export function readCallCells(
  line: number,
  row: readonly string[],
  mapping: Mapping,
  world: CallWorld,
): ReadCallRow | RejectedRow {
  const cells = readCells(mapping, row);
  const phone = repairPhone(cells.one("phone") ?? "");
  if (phone.fault) return rejected(line, phone.fault, "/phone");
  const id = cells.one("externalId");
  if (id === undefined) return rejected(line, { key: "import.call-without-id" }, "/externalId");
  const at = readTime(cells.one("at") ?? "", mapping);
  if (at.fault) return rejected(line, at.fault, "/at");
  const seconds = cells.one("seconds");
  return readCallRow(
    line,
    {
      phone: phone.text,
      externalId: id,
      seller: cells.one("seller"),
      purpose: cells.one("purpose"),
      at: at.at.toISOString(),
      outcome: cells.one("outcome"),
      seconds: seconds === undefined ? undefined : readSeconds(seconds),
      campaign: cells.one("campaign"),
      dialer: cells.one("dialer")?.toLowerCase().replaceAll(/[ -]/g, "_"),
      screening: cells.one("screening"),
    },
    { ...world, region: mapping.region },
  );
}

/** Reads `200` and `00:03:20` as 200 seconds. Anything else stays as written and is rejected later. */
function readSeconds(cell: string): number | string {
  if (/^\d+$/.test(cell)) return Number(cell);
  const [, hours = "0", minutes, seconds] = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(cell) ?? [];
  if (minutes === undefined || seconds === undefined) return cell;
  return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}
