import { createHmac } from "node:crypto";
import type { OrganizationId } from "@ringfence/core/ids";
import { type ImportKind, repairPhone } from "@ringfence/core/desk/import";
import { type Phone, readPhone } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../../platform/context.ts";
import type { Keys } from "../../../platform/keys/keys.ts";
import { type PhoneSecret, nextHash, phoneKeyBy } from "../../../platform/keys/phone-key.ts";

// A keyed hash depends on the key and on what is hashed alone.
// oxlint-disable-next-line house/no-ambient-input
/**
 * Marks of the rows of an erased person in a file: a number or mailbox that was theirs alone, their id in
 * another system, or a number that others have too beside their name.
 */
export type MarkKind = "phone" | "email" | "external_id" | "shared_phone" | "name_at_phone";
export type RowMark = { kind: MarkKind; key: Uint8Array<ArrayBuffer> };

/** The person's data before they are erased. */
export type MarkedPerson = {
  phones: readonly Phone[];
  sharedPhones: readonly Phone[];
  emails: readonly string[];
  externalIds: readonly string[];
  names: readonly string[];
};

/** Files of refusals: a row of them counts for a person who is erased, too, and goes only once it was imported. */
export const isDoNotCallKind = (kind: ImportKind) => kind === "opt_outs" || kind === "suppressions";

/** Letters count, and neither their case nor the spaces around them. */
const normalizeText = (text: string) => text.trim().toLowerCase();

/** A number is hashed as erased numbers are: who was erased long ago is known by nothing else. */
function hashMark(secret: PhoneSecret, kind: MarkKind, text: string): Uint8Array<ArrayBuffer> {
  const [first, ...later] = secret;
  if (first === undefined) throw new Error("there is no key to hash by");
  const hashed = createHmac("sha256", first).update(`${kind}\n${text}`).digest();
  return new Uint8Array(later.reduce<Uint8Array>((hash, key) => nextHash(key, hash), hashed));
}

/** Hashes all by which the rows of a person are found, for what names them is gone afterwards. */
export const createMarks = (
  secret: PhoneSecret,
  { phones, sharedPhones, emails, externalIds, names }: MarkedPerson,
): RowMark[] => [
  ...phones.map((phone) => ({ kind: "phone" as const, key: phoneKeyBy(secret, phone) })),
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

/** How the cells of a file are read. */
export type CellReading = {
  /** ISO 3166-1, of a number without its country. */
  region: string;
  /** The columns that hold ids of people in another system, from 0. */
  idColumns: readonly number[];
};

/** Names the erasures whose person a row is about; none is usual. */
export type RowMatcher = (cells: readonly string[], reading: CellReading) => readonly string[];

type Group = { secret: PhoneSecret; erasures: Map<string, string[]>; kinds: Set<string> };
type Row = { erasureId: string; generation: number; kind: string; key: Uint8Array };

/** Reads by what rows are found that are still to go from files. Null where none are. */
export async function loadRowMatcher(
  { keys }: { keys: Keys },
  db: Pick<TransactionContext["db"], "$queryRaw">,
  organizationId: OrganizationId,
): Promise<RowMatcher | null> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT erasure.id AS "erasureId", key_generation AS generation, kind, key
    FROM file_erasure AS erasure JOIN file_erasure_mark AS mark
      ON mark.organization_id = erasure.organization_id AND erasure_id = erasure.id
    WHERE erasure.organization_id = ${organizationId}::uuid AND ended_at IS NULL`;
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
    if (kinds.has("phone")) add(erasures.get(markKey("phone", phoneKeyBy(secret, phone))));
    if (erasuresBy("shared_phone", phone).length === 0) continue;
    for (const name of findNames(cells)) add(erasuresBy("name_at_phone", `${phone}\n${name}`));
  }
  for (const email of cells.flatMap(findEmails)) add(erasuresBy("email", email));
  for (const column of idColumns) {
    const id = cells[column]?.trim();
    if (id) add(erasuresBy("external_id", id));
  }
}

/** Lists the texts that may be a name: each cell, and each two cells side by side. */
const findNames = (cells: readonly string[]): string[] =>
  cells.flatMap((cell, at) => [
    normalizeText(cell),
    normalizeText(`${cell.trim()} ${cells[at + 1]?.trim() ?? ""}`),
  ]);

const SEQUENCE = /[+\d(][\d\s().\u2010-\u2015-]{5,30}\d/g;

/** The numbers in a cell: one as a spreadsheet has it, or some among words. */
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

/** The mailboxes in a cell. */
const findEmails = (cell: string): string[] =>
  cell.includes("@") ? (cell.match(/[^\s<>,;"'()]+@[^\s<>,;"'()]+/g) ?? []).map(normalizeText) : [];
