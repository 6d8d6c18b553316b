import {
  type ImportKind,
  type ImportOutcome,
  type Mapping,
  type ReadActivityCells,
  type ReadOptOutCells,
  type Remark,
  groupByOrder,
  readActivityCells,
  readCallCells,
  readConsentCells,
  readContactCells,
  readOptOutCells,
  readSuppressionCells,
  toRejectedOutcome,
} from "@ringfence/core/desk/import";
import { type TransactionContext, shareLock } from "../../platform/internal.ts";
import type { TableRow } from "./read-table.ts";
import type { ImportId } from "@ringfence/core/ids";
import { isDoNotCallKind, loadRowMatcher } from "../erasure/internal.ts";
import { applyContacts } from "../../people/contact/internal.ts";
import { resolveConsent } from "@ringfence/core/consents/consent";
import { type RejectedRow, rejected } from "@ringfence/core/platform/rows";
import { type SaveConsentResult, saveConsents } from "../../consents/consent/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { resolveOptOut } from "@ringfence/core/do-not-call/opt-out";
import { mendText } from "@ringfence/core/platform/text";
import { saveOptOuts } from "../../do-not-call/opt-out/internal.ts";
import { findOrAddPhones } from "../../people/phone/internal.ts";
import { saveSuppressions } from "../../do-not-call/suppression/internal.ts";
import {
  type FoundPerson,
  findPeople,
  insertActivities,
  loadActivityTypes,
} from "../../people/activity/internal.ts";
import { saveCalls } from "../../calling/call/internal.ts";

const saveContactRows: RowSaver = async (ctx, rows, { mapping }) => {
  const read = rows.map(({ line, cells }) => readContactCells(line, cells, mapping));
  const { outcomes } = await applyContacts(
    ctx,
    read.filter((row) => row.status === "read"),
  );
  const all = [...read.filter((row) => row.status === "rejected"), ...outcomes];
  return all.map((outcome): ImportOutcome =>
    outcome.status === "rejected" ? toRejectedOutcome(outcome) : { ...outcome, remarks: [] },
  );
};

/**
 * Saves consents. One recorded after an opt-out is held and changes no verdict (contract 6). One that its
 * file does not prove allows no call until it is proven.
 */
const saveConsentRows: RowSaver = async (ctx, rows, { importId, mapping }) => {
  const settings = {
    sellers: await loadSellers(ctx),
    purposes: await loadPurposes(ctx),
    region: mapping.region,
    now: ctx.now,
  };
  const read = rows.map(({ line, cells }) => {
    const row = readConsentCells(line, cells, mapping, { import: importId, row: line });
    if (row.status === "rejected") return row;
    const { phone, sellerId, fault } = resolveConsent(row.consent, settings);
    return fault ? rejected(line, fault.message, fault.path) : { ...row, phone, sellerId };
  });
  const readable = read.filter((row) => row.status === "read");
  const saved = await saveConsents(ctx, readable);
  return [
    ...read.filter((row) => row.status === "rejected").map(toRejectedOutcome),
    ...saved.map((result, index) => toConsentOutcome(readable[index]?.line ?? 0, result)),
  ];
};

const missingProof = {
  act: { field: "act", message: { key: "import.consent-lacks-act" } },
  words: { field: "disclosureText", message: { key: "import.consent-lacks-words" } },
} as const satisfies Record<string, Remark>;

/** Saves opt-outs. Nothing in a file can lift one. */
const saveOptOutRows: RowSaver = async (ctx, rows, { mapping }) => {
  const read = rows.map(({ line, cells }) => readOptOutCells(line, cells, mapping));
  const settings = { sellers: await loadSellers(ctx), purposes: await loadPurposes(ctx) };
  const readable = read
    .filter((row) => row.status === "read")
    .map((row) => ({ ...row, resolved: resolveOptOut(toOptOutRequest(row), settings, ctx.now) }));
  const phones = await findOrAddPhones(
    ctx,
    readable.map(({ phone }) => phone),
  );
  const optOuts = readable.flatMap(({ phone, resolved, channel, at, note }) => {
    const phoneId = phones.get(phone)?.id;
    // An impossible time counts as none, so that the same row sent a day later is the same opt-out.
    const since = at !== null && resolved.at < ctx.now ? resolved.at : null;
    const text = note && mendText(note);
    return phoneId ? [{ phoneId, scope: resolved.scope, channel, at: since, note: text }] : [];
  });
  const appended = await saveOptOuts(ctx, optOuts);
  return [
    ...read.filter((row) => row.status === "rejected").map(toRejectedOutcome),
    ...readable.map(({ line, remarks, resolved }, index): ImportOutcome => {
      const notes = resolved.notes.map((message) => ({ field: null, message }));
      const status = appended[index]?.isNew ? "created" : "unchanged";
      return { line, status, remarks: [...remarks, ...notes] };
    }),
  ];
};

const toOptOutRequest = ({ scope, at }: ReadOptOutCells) => ({ scope, at: at ?? undefined });

const saveSuppressionRows: RowSaver = async (ctx, rows, { mapping }) => {
  const read = rows.map(({ line, cells }) => readSuppressionCells(line, cells, mapping, ctx.now));
  const readable = read.filter((row) => row.status === "read");
  const phones = await findOrAddPhones(
    ctx,
    readable.map(({ phone }) => phone),
  );
  const outcomes = await saveSuppressions(
    ctx,
    readable.flatMap(({ phone, reason, at, until }) => {
      const phoneId = phones.get(phone)?.id;
      return phoneId ? [{ phoneId, reason, at, until }] : [];
    }),
  );
  return [
    ...read.filter((row) => row.status === "rejected").map(toRejectedOutcome),
    ...readable.map(({ line }, index): ImportOutcome => ({
      line,
      status: outcomes[index]?.status ?? "unchanged",
      remarks: [],
    })),
  ];
};

/** Saves activities, with a row for each activity or for each item of one. Unknown people become contacts. */
const saveActivityRows: RowSaver = async (ctx, rows, { mapping }) => {
  const settings = { types: await loadActivityTypes(ctx), region: mapping.region, now: ctx.now };
  const orders = groupByOrder(mapping, rows);
  const read = orders.flatMap(([first, ...more]) =>
    first ? [readActivityCells([first, ...more], mapping, settings)] : [],
  );
  const outcomes = new Map<number, ImportOutcome>();
  const reject = (row: RejectedRow) => outcomes.set(row.line, toRejectedOutcome(row));
  for (const row of read) if (row.status === "rejected") reject(row);

  const readable = read.filter((row) => row.status === "read");
  const people = await resolvePeople(ctx, readable, reject);
  const activities = readable.flatMap((row) => {
    const ordinal = people.get(row.line);
    return ordinal === undefined ? [] : [{ ...row, ordinal }];
  });
  const isNew = await insertActivities(ctx, activities);
  for (const [index, { line }] of activities.entries()) {
    outcomes.set(line, { line, status: isNew[index] ? "created" : "unchanged", remarks: [] });
  }
  return orders.flatMap((order) => {
    const outcome = outcomes.get(order[0]?.line ?? 0);
    return outcome ? order.map(({ line }) => ({ ...outcome, line })) : [];
  });
};

const personFields = { externalId: "/externalId", phone: "/phone", email: "/email" };

const toPersonFault = (line: number, person: Extract<FoundPerson, { fault: string }>) =>
  rejected(
    line,
    { key: `activity.person-${person.fault}`, values: { by: person.by } },
    personFields[person.by],
  );

/** Saves calls of a dialer's log. A call whose id is known stays as it is. */
const saveCallRows: RowSaver = async (ctx, rows, { mapping }) => {
  const settings = {
    sellers: await loadSellers(ctx),
    purposes: await loadPurposes(ctx),
    region: mapping.region,
    now: ctx.now,
  };
  const read = rows.map(({ line, cells }) => readCallCells(line, cells, mapping, settings));
  const saved = await saveCalls(
    ctx,
    read.filter((row) => row.status === "read"),
  );
  return [...read.filter((row) => row.status === "rejected"), ...saved].map((row) =>
    row.status === "rejected"
      ? toRejectedOutcome(row)
      : { line: row.line, status: row.status, remarks: [] },
  );
};

const savers: Record<ImportKind, RowSaver> = {
  contacts: saveContactRows,
  consents: saveConsentRows,
  opt_outs: saveOptOutRows,
  suppressions: saveSuppressionRows,
  activities: saveActivityRows,
  calls: saveCallRows,
};

/**
 * Saves rows of a file, and returns their results by line. Rows of people whose erasure is not finished in all files
 * are left out, and have no result (`removeErasedPeople`). A rejected row affects no other, except those of its order.
 */
export const saveRows = async (
  ctx: TransactionContext,
  kind: ImportKind,
  rows: readonly TableRow[],
  plan: ImportPlan,
): Promise<ImportOutcome[]> => {
  const outcomes = await savers[kind](ctx, await removeErasedPeople(ctx, kind, rows, plan), plan);
  return outcomes.toSorted((a, b) => a.line - b.line);
};

/**
 * Drops rows of people whose rows still have to be removed from files, because saving them would bring the people back:
 * this file may be older than the erasure. Once it is finished, the file has no such rows. Opt-outs and suppressions
 * are kept. Blocks erasures until commit, so that nobody in the other rows is erased before they are saved.
 */
async function removeErasedPeople(
  ctx: TransactionContext,
  kind: ImportKind,
  rows: readonly TableRow[],
  { mapping: { columns, region } }: ImportPlan,
): Promise<readonly TableRow[]> {
  if (isDoNotCallKind(kind)) return rows;
  await shareLock(ctx, "erasure");
  const matches = await loadRowMatcher(ctx, ctx.db, ctx.organizationId);
  if (matches === null) return rows;
  const idColumns = columns.flatMap((field, at) => (field === "externalId" ? [at] : []));
  return rows.filter(({ cells }) => matches(cells, { region, idColumns }).length === 0);
}

/** The file, and how it is read. */
type ImportPlan = { importId: ImportId; mapping: Mapping };

/** Saves rows of one kind of file, and returns their results in any order. */
type RowSaver = (
  ctx: TransactionContext,
  rows: readonly TableRow[],
  plan: ImportPlan,
) => Promise<ImportOutcome[]>;

function toConsentOutcome(line: number, result: SaveConsentResult): ImportOutcome {
  if (result.fault) {
    const { message, path } = result.fault;
    return toRejectedOutcome(rejected(line, message, path));
  }
  const { standing, isNew } = result;
  const isHeld = standing.some(({ status }) => status === "held");
  const missing = new Set(standing.flatMap(({ missing = [] }) => missing));
  const remarks: Remark[] = [
    ...(isHeld ? [{ field: null, message: { key: "import.consent-held" } } as const] : []),
    ...(missing.has("affirmative_action") ? [missingProof.act] : []),
    ...(missing.has("text_version") ? [missingProof.words] : []),
  ];
  return { line, status: isNew ? "created" : "unchanged", remarks };
}

/**
 * Finds or creates the people of rows, and returns their ordinals by line. Calls `reject` with the reason for
 * each row without a person.
 */
async function resolvePeople(
  ctx: TransactionContext,
  rows: readonly ReadActivityCells[],
  reject: (row: RejectedRow) => void,
): Promise<Map<number, number>> {
  const people = await findPeopleByLine(ctx, rows);
  const isUnknown = (row: ReadActivityCells) => people.get(row.line)?.fault === "unknown";
  const newPeople = rows.filter(
    (row) => isUnknown(row) && (row.reference.phone ?? row.reference.externalId),
  );
  const contacts = newPeople.flatMap(({ person }) => (person.status === "read" ? [person] : []));
  const { outcomes } = await applyContacts(ctx, contacts);
  const refused = [...newPeople.map(({ person }) => person), ...outcomes].filter(
    (row) => row.status === "rejected",
  );
  for (const [line, person] of await findPeopleByLine(ctx, newPeople)) people.set(line, person);

  for (const row of refused) reject(row);
  const rejectedLines = new Set(refused.map(({ line }) => line));
  const found = new Map<number, number>();
  for (const [line, person] of people) {
    if (person.ordinal !== undefined) found.set(line, person.ordinal);
    else if (!rejectedLines.has(line)) reject(toPersonFault(line, person));
  }
  return found;
}

async function findPeopleByLine(ctx: TransactionContext, rows: readonly ReadActivityCells[]) {
  const found = await findPeople(
    ctx,
    rows.map(({ reference }) => reference),
  );
  return new Map<number, FoundPerson>(
    rows.flatMap(({ line }, index) => {
      const person = found[index];
      return person ? [[line, person] as const] : [];
    }),
  );
}
