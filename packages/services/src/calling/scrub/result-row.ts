import {
  type FileContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  inTransaction,
  query,
  readHead,
  scrubResultFile,
} from "../../platform/internal.ts";
import type { PhoneId } from "@ringfence/core/ids";
import { type Phone, phoneFromDigits } from "@ringfence/core/people/phone";
import {
  type ComparedVerdict,
  ReasonCode,
  type Reason,
  ScrubRow,
  compareVerdicts,
} from "@ringfence/core/calling/screening";
import { type PastRules, findPastRules } from "../../people/jurisdiction/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { findPhone } from "../../people/phone/internal.ts";
import {
  type PastEdition,
  type RepeatedScreening,
  type ScreeningResult,
  loadPastEditions,
  screenPastCall,
} from "../screening/internal.ts";
import { type ScrubRecord, type ScrubView, loadScrubs } from "./scrub.ts";
import type { ScrubSettings } from "@ringfence/core/calling/scrub";
import {
  HEAD_BYTES,
  findPhoneColumnByName,
  readFileHead,
} from "@ringfence/core/people/number-file";
import { type PlannedFile, planFile } from "./engine/plan-file.ts";
import { type NumberedRows, createRowReader } from "./engine/read-file.ts";

/** A finished scrub, which therefore has a record. */
type FinishedScrub = ScrubView & { at: Date; attempt: number; record: ScrubRecord };

/** A row of a scrub. The scrub itself has one record; its rows are only in its result. */
export type ScrubRowView = {
  scrub: FinishedScrub;
  row: number;
  /** Null if the result or the row in it was erased. */
  kept: ResultRow | null;
  /** Null if the number is not recorded. */
  phoneId: PhoneId | null;
  editions: readonly PastEdition[];
  rules: PastRules;
};

/** Reads one row of a scrub's result. The look is audited, in the phone's trail if it has one. */
export const readScrubRow = query({
  name: "readScrubRow",
  action: "scrub.read",
  input: ScrubRow,
  transaction: "by run",
  run: async (ctx: FileContext, ref: ScrubRow): Promise<ScrubRowView> => {
    const { scrub, region } = await inTransaction(ctx, (ctx) => loadScrubRow(ctx, ref));
    const kept = await findKeptRow(ctx, scrub, ref, region);
    return inTransaction(ctx, async (ctx) => {
      const phoneId = await auditRowRead(ctx, ref, kept?.phone ?? null);
      const { record, at } = scrub;
      const { rules: hash, editions } = record.checked;
      return {
        scrub,
        row: ref.row,
        kept,
        phoneId,
        editions: await loadPastEditions(
          ctx,
          editions.map((edition) => ({ ...edition, ageDays: null, limitDays: null })),
        ),
        // The place of a row's number is not recorded, and so neither are the rules that judged it.
        rules: await findPastRules(ctx, { hash, at, places: [], zones: [], named: new Set() }),
      };
    });
  },
  audit: "by run",
});

/** Loads a scrub that has the row, of a seller that the actor works for. */
async function loadScrubRow(ctx: TransactionContext, { scrubId, row }: ScrubRow) {
  const [found] = await loadScrubs(ctx, { id: scrubId });
  const { at = null, attempt = null, record = null, rows = 0 } = found ?? {};
  if (!found || at === null || attempt === null || record === null || row > rows) {
    throw new ServiceError("not-found", { key: "error.screening-not-found" });
  }
  const { homeRegion } = await loadOrganization(ctx);
  const scrub: FinishedScrub = { ...found, at, attempt, record };
  return { scrub, region: found.settings.region ?? homeRegion };
}

/** Finds the row in the result; null if the result or the row in it was erased. */
async function findKeptRow(
  { files, organizationId }: FileContext,
  { id, attempt, settings }: FinishedScrub,
  { row }: ScrubRow,
  region: string,
): Promise<ResultRow | null> {
  const name = scrubResultFile(organizationId, id, attempt);
  if (!(await files.has(name))) return null;
  return findRow(() => files.read(name), `${id}.${row}`, settings, region);
}

/** Audits who looked at a row, and finds the phone of its number. */
async function auditRowRead(
  ctx: TransactionContext,
  { scrubId, row }: ScrubRow,
  phone: Phone | null,
  more: { again?: true } = {},
): Promise<PhoneId | null> {
  const phoneId = phone === null ? null : ((await findPhone(ctx, phone))?.id ?? null);
  await appendAudit(ctx, "scrub.read", { ...(phoneId && { phoneId }), scrubId, row, ...more });
  return phoneId;
}

/**
 * Screens the call of a row again at the instant of its scrub, by what is on record now for that instant. A registry
 * with the same edition as then also gets back the verification time that the scrub saw. It is a what-if: only the
 * access is recorded. A row without a number, or that was erased, cannot be screened again.
 */
export const screenRowAgain = query({
  name: "screenRowAgain",
  action: "scrub.read",
  input: ScrubRow,
  transaction: "by run",
  run: async (ctx: FileContext, ref: ScrubRow): Promise<RepeatedScreening> => {
    const { scrub, region } = await inTransaction(ctx, (ctx) => loadScrubRow(ctx, ref));
    const kept = await findKeptRow(ctx, scrub, ref, region);
    if (kept === null) throw new ServiceError("invalid", { key: "error.row-erased-again" });
    const { phone } = kept;
    if (phone === null) throw new ServiceError("invalid", { key: "error.no-number-again" });
    await inTransaction(ctx, (ctx) => auditRowRead(ctx, ref, phone, { again: true }));

    const { seller: sellerId, purpose, dialer, editions } = scrub.record.checked;
    const call = { phone, at: scrub.at, sellerId, purpose, dialer };
    const noPermitOrCalls = { campaign: null, permitId: null, ownCalls: [] };
    const answer = await screenPastCall(ctx, { ...call, ...noPermitOrCalls, editions });
    return {
      answer,
      difference: compareVerdicts(toPastVerdict(kept, scrub, answer), toComparedVerdict(answer)),
    };
  },
  audit: "by run",
});

/**
 * Rebuilds the verdict of a row for a comparison. Its reasons, its rules, and the editions of registries that are still
 * checked are those on record. What is not recorded of a row is taken as it is now, so that it does not differ.
 */
function toPastVerdict(
  { verdict, reasons }: ResultRow,
  { record: { checked } }: FinishedScrub,
  now: ScreeningResult,
): ComparedVerdict {
  const registriesNow = new Set(now.checked.editions.map(({ registry }) => registry));
  const editions = checked.editions.filter(({ registry }) => registriesNow.has(registry));
  return {
    verdict,
    refusals: reasons.map(toBareReason),
    warnings: [],
    checked: {
      ...now.checked,
      rules: checked.rules,
      editions: editions.map((edition) => ({ ...edition, ageDays: 0, limitDays: 0 })),
    },
  };
}

const toComparedVerdict = ({ verdict, refusals, checked }: ScreeningResult): ComparedVerdict => ({
  verdict,
  refusals: [...new Set(refusals.map(({ reason }) => reason))].map(toBareReason),
  warnings: [],
  checked,
});

const toBareReason = (reason: Reason["reason"]): Reason => ({
  reason,
  message: { key: "refusal.unknown-words" },
});

/** A row of the scrub's result. */
type ResultRow = {
  /** Null if the row has no number. */
  phone: Phone | null;
  verdict: "allow" | "refuse";
  reasons: readonly ReasonCode[];
  callableFrom: Date | null;
};

/** Reads the result from its beginning. It is read twice: first for its format, then for the row. */
type ReadResult = () => AsyncIterable<Uint8Array>;

/** Finds a row of a result by its id (`<scrub id>.<row>`); null if it is no longer there. */
async function findRow(
  read: ReadResult,
  id: string,
  settings: Pick<ScrubSettings, "phoneColumn" | "header">,
  region: string,
): Promise<ResultRow | null> {
  const plan = planResult(await readHead(read()), settings, region);
  const delimiter = String.fromCharCode(plan.dialect.delimiter);
  const ending = Buffer.from(`${delimiter}${id}`);
  const reader = createRowReader(plan);
  for await (const chunk of read()) {
    const found = findInRows(reader.read(chunk), ending, delimiter);
    if (found !== null) return found;
  }
  return findInRows(reader.end(), ending, delimiter);
}

/**
 * Finds how a result is written, which is as its file was, with four more columns. If no column is named or looks like
 * one of phones, the file had only one, so it is the first.
 */
function planResult(
  head: Uint8Array,
  { phoneColumn, header }: Pick<ScrubSettings, "phoneColumn" | "header">,
  region: string,
): PlannedFile {
  const isWhole = head.length < HEAD_BYTES;
  const read = readFileHead(head, isWhole);
  const names = header && "cells" in read ? read.cells : [];
  const isNamed = phoneColumn !== undefined || findPhoneColumnByName(names) !== null;
  const column = isNamed ? phoneColumn : "1";
  return planFile(
    head,
    isWhole,
    { ...(column !== undefined && { phoneColumn: column }), header },
    region,
  );
}

function findInRows(
  read: Iterable<NumberedRows | { header: unknown }>,
  ending: Buffer,
  delimiter: string,
): ResultRow | null {
  for (const some of read) {
    if ("header" in some) continue;
    const row = indexOfEnding(some, ending);
    if (row !== -1) return toResultRow(some, row, delimiter);
  }
  return null;
}

function indexOfEnding({ rows: { bytes, end } }: NumberedRows, ending: Buffer): number {
  for (let row = 0; row < end.length; row++) {
    const at = end[row] ?? 0;
    if (at < ending.length || bytes[at - 1] !== ending.at(-1)) continue;
    if (ending.equals(bytes.subarray(at - ending.length, at))) return row;
  }
  return -1;
}

/** Reads a line of the result. The added columns come last, and contain neither quotes nor delimiters. */
function toResultRow({ rows, digits }: NumberedRows, row: number, delimiter: string): ResultRow {
  const begin = row === 0 ? 0 : (rows.next[row - 1] ?? 0);
  const text = Buffer.from(rows.bytes.subarray(begin, rows.end[row])).toString("latin1");
  const [verdict, reasons = "", callableFrom = ""] = text.split(delimiter).slice(-4);
  const found = reasons.split(" ").flatMap((reason) => ReasonCode.safeParse(reason).data ?? []);
  // A row with too few columns was padded in the result, but still has no number.
  const number = found.includes("number-invalid") ? 0 : (digits[row] ?? 0);
  return {
    phone: number === 0 ? null : phoneFromDigits(number),
    verdict: verdict === "allow" ? "allow" : "refuse",
    reasons: found,
    callableFrom: callableFrom === "" ? null : new Date(callableFrom),
  };
}
