import { sql } from "kysely";
import { z } from "zod";
// A keyed hash depends only on its key and its input.
// oxlint-disable-next-line house/no-ambient-input
import { createHmac } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import { type ImportKind, repairPhone } from "@ringfence/core/desk/import";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import {
  type Keys,
  type PhoneSecret,
  type TransactionContext,
  computePhoneKey,
  nextHash,
  selectRows,
} from "../../../platform/internal.ts";

/**
 * Kinds of marks by which the rows of an erased person are found: a number or mailbox that only they had,
 * their id in another system, or their name next to a number that others share.
 */
export type MarkKind = "phone" | "email" | "external_id" | "shared_phone" | "name_at_phone";
/** A mark as it is stored: its kind, and the keyed hash of what it recognizes. */
export type RowMark = { kind: MarkKind; key: Uint8Array<ArrayBuffer> };

/** Data of a person before the erasure. */
export type MarkedPerson = {
  phones: readonly Phone[];
  sharedPhones: readonly Phone[];
  emails: readonly string[];
  externalIds: readonly string[];
  names: readonly string[];
};

/**
 * True for files of opt-outs and suppressions. Their rows count even for an erased person, so they are removed only
 * after the import.
 */
export const isDoNotCallKind = (kind: ImportKind) => kind === "opt_outs" || kind === "suppressions";

/** Ignores case and surrounding spaces. */
const normalizeText = (text: string) => text.trim().toLowerCase();

/**
 * Hashes a mark with the keys for erased numbers. `secret` has the generations up to the one recorded with the
 * erasure: rotating a key does not change stored marks.
 */
function hashMark(secret: PhoneSecret, kind: MarkKind, text: string): Uint8Array<ArrayBuffer> {
  const [first, ...later] = secret;
  if (first === undefined) throw new Error("there is no key to hash by");
  const hashed = createHmac("sha256", first).update(`${kind}\n${text}`).digest();
  return new Uint8Array(later.reduce<Uint8Array>((hash, key) => nextHash(key, hash), hashed));
}

/** Creates the marks of a person. Nothing else identifies their rows afterwards. */
export const createMarks = (
  secret: PhoneSecret,
  { phones, sharedPhones, emails, externalIds, names }: MarkedPerson,
): RowMark[] => [
  ...phones.map((phone) => ({ kind: "phone" as const, key: computePhoneKey(secret, phone) })),
  ...emails.map((email) => createMark(secret, "email", normalizeText(email))),
  ...externalIds.map((id) => createMark(secret, "external_id", id.trim())),
  ...sharedPhones.flatMap((phone) => [
    createMark(secret, "shared_phone", phone),
    ...names.map((name) => createMark(secret, "name_at_phone", `${phone}\n${normalizeText(name)}`)),
  ]),
];

const createMark = (secret: PhoneSecret, kind: MarkKind, text: string): RowMark => ({
  kind,
  key: hashMark(secret, kind, text),
});

/** Settings for reading the cells of a file. */
export type CellReading = {
  /** Country (ISO 3166-1) of numbers without one. */
  region: string;
  /** Columns with ids of people in another system, from 0. */
  idColumns: readonly number[];
};

/** Returns the erasures whose person a row is about; usually none. */
export type RowMatcher = (cells: readonly string[], reading: CellReading) => readonly string[];

type Group = { secret: PhoneSecret; erasures: Map<string, string[]>; kinds: Set<string> };
const Row = z.object({
  erasureId: z.string(),
  generation: z.number(),
  kind: z.string(),
  key: z.instanceof(Uint8Array),
});
type Row = z.infer<typeof Row>;

/**
 * How far the removal of a person from files is. `pending`: files may still have rows of theirs. `completed`: no file
 * has any, apart from files of opt-outs and suppressions that were not imported yet. The marks are kept for these.
 */
export type FileErasureState = "pending" | "completed";

/** Loads a matcher for the rows of people whose erasure is in this state; null if there are none. */
export async function loadRowMatcher(
  { keys }: { keys: Keys },
  db: Pick<TransactionContext["db"], "$kysely">,
  organizationId: OrganizationId,
  state: FileErasureState = "pending",
): Promise<RowMatcher | null> {
  const rows = await selectRows(
    { db },
    Row,
    sql`
    SELECT erasure.id AS "erasureId", key_generation AS generation, kind, key
    FROM file_erasure AS erasure JOIN file_erasure_mark AS mark
      ON mark.organization_id = erasure.organization_id AND erasure_id = erasure.id
    WHERE erasure.organization_id = ${organizationId}::uuid
      AND (ended_at IS NULL) = ${state === "pending"}`,
  );
  if (rows.length === 0) return null;
  const groups = new Map<number, Group>();
  for (const { erasureId, generation, kind, key } of rows) {
    const group = groups.get(generation) ?? {
      secret: await keys.phoneSecret(organizationId, generation),
      erasures: new Map(),
      kinds: new Set(),
    };
    groups.set(generation, group);
    const name = markKey(kind, key);
    group.erasures.set(name, [...(group.erasures.get(name) ?? []), erasureId]);
    group.kinds.add(kind);
  }
  const all = [...groups.values()];
  return (cells, reading) => {
    const found = new Set<string>();
    for (const group of all) matchRow(group, cells, reading, found);
    return [...found];
  };
}

const markKey = (kind: string, key: Uint8Array) => `${kind} ${Buffer.from(key).toString("latin1")}`;

function matchRow(
  { secret, erasures, kinds }: Group,
  cells: readonly string[],
  { region, idColumns }: CellReading,
  found: Set<string>,
) {
  const erasuresBy = (kind: MarkKind, text: string): readonly string[] =>
    kinds.has(kind) ? (erasures.get(markKey(kind, hashMark(secret, kind, text))) ?? []) : [];
  const add = (ids: readonly string[] = []) => ids.forEach((id) => found.add(id));

  for (const phone of cells.flatMap((cell) => findPhones(cell, region))) {
    if (kinds.has("phone")) add(erasures.get(markKey("phone", computePhoneKey(secret, phone))));
    if (erasuresBy("shared_phone", phone).length === 0) continue;
    for (const name of findNames(cells)) add(erasuresBy("name_at_phone", `${phone}\n${name}`));
  }
  for (const email of cells.flatMap(findEmails)) add(erasuresBy("email", email));
  for (const column of idColumns) {
    const id = cells[column]?.trim();
    if (id) add(erasuresBy("external_id", id));
  }
}

/** Lists texts that may be a name: each cell, and each two adjacent cells. */
const findNames = (cells: readonly string[]): string[] =>
  cells.flatMap((cell, at) => [
    normalizeText(cell),
    normalizeText(`${cell.trim()} ${cells[at + 1]?.trim() ?? ""}`),
  ]);

const SEQUENCE = /[+\d(][\d\s().\u2010-\u2015-]{5,30}\d/g;

/** Finds the numbers in a cell: one as a spreadsheet writes it, or some within text. */
function findPhones(cell: string, region: string): Phone[] {
  if (!/\d.*\d.*\d.*\d.*\d/s.test(cell)) return [];
  const mended = repairPhone(cell);
  const whole = mended.text === undefined ? null : readPhone(mended.text, region);
  if (whole && "phone" in whole) return [whole.phone];
  return (cell.match(SEQUENCE) ?? []).flatMap((text) => {
    const read = readPhone(text, region);
    return "phone" in read ? [read.phone] : [];
  });
}

/** Finds the mailboxes in a cell. */
const findEmails = (cell: string): string[] =>
  cell.includes("@") ? (cell.match(/[^\s<>,;"'()]+@[^\s<>,;"'()]+/g) ?? []).map(normalizeText) : [];
