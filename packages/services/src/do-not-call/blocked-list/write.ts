import {
  type FileContext,
  type TransactionContext,
  blockedChangesFile,
  blockedFolder,
  blockedListFile,
  command,
  createId,
  inTransaction,
} from "../../platform/internal.ts";
import { CHANGES_KEPT, compareEditions } from "@ringfence/core/do-not-call/blocked-list";
import { BlockedEditionId } from "@ringfence/core/ids";
import { announceChanges } from "../outbox/internal.ts";
import { readSourceState } from "./due.ts";
// oxlint-disable-next-line house/no-ambient-input -- a hash depends on what is hashed alone
import { createHash } from "node:crypto";
import { BLOCKED_FILE_HEADER } from "@ringfence/core/do-not-call/endpoint";
import { streamBlockedLines } from "./lines.ts";

/**
 * Writes the next edition of the blocked list, if there is anything new (`writeEdition`). Returns its number, or null.
 */
export const writeBlockedList = command({
  name: "writeBlockedList",
  action: "blocked-list.write",
  transaction: "by run",
  run: async (ctx: FileContext): Promise<number | null> => {
    return writeEdition(ctx, { isAlone: false });
  },
  audit: "none",
});

type EditionOptions = {
  /** True to keep no file of an earlier edition and to list no changes, so that a person can be erased from them. */
  isAlone: boolean;
};

/**
 * Writes a new edition of the blocked list: the whole list, and the changes since the previous edition. If the list
 * is turned off, nothing has changed, or another worker was first, there is no edition and no event, and null is
 * returned; else the edition's number. If the previous edition's file is gone, changes cannot be found, and there is
 * only the whole list. The files are written before the edition is saved, and erased again if it is not.
 */
export async function writeEdition(
  ctx: FileContext,
  { isAlone }: EditionOptions,
): Promise<number | null> {
  const begun = await inTransaction(ctx, startEdition);
  if (begun === null) return null;
  const { id, before } = begun;
  let number: number | null = null;
  try {
    const base = isAlone ? null : await findBase(ctx, before);
    const whole = await writeWhole(ctx, id);
    const changes = await writeChanges(ctx, base, id);
    const hasChanges = before === null || base !== null;
    // Compared with nothing, all lines are changes: wrong for a system that has taken the previous edition.
    if (!hasChanges) await ctx.files.erase(blockedChangesFile(ctx.organizationId, id));
    const isNew = base === null || changes.added + changes.removed > 0;
    number = await inTransaction(ctx, (ctx) =>
      saveEdition(ctx, begun, isNew ? { ...whole, ...changes, hasChanges } : null),
    );
  } catch (error) {
    // A worker that was first erases the files of editions that began earlier, also while they are written.
    if (!isFileGone(error) || !(await wasOvertaken(ctx, before))) throw error;
  } finally {
    // A commit whose answer was lost may have recorded it.
    if (number === null && !(await wasSaved(ctx, id))) await eraseFiles(ctx, id);
  }
  if (number !== null) await eraseOldFiles(ctx, id, number, isAlone);
  return number;
}

type StartedEdition = NonNullable<Awaited<ReturnType<typeof startEdition>>>;
type Written = Awaited<ReturnType<typeof writeWhole>> &
  Awaited<ReturnType<typeof writeChanges>> & { hasChanges: boolean };

/**
 * Returns null if the list is turned off. The state of the sources is read first, so that no change is
 * missed.
 */
async function startEdition(ctx: TransactionContext) {
  const { db, organizationId } = ctx;
  if ((await db.blockedList.findFirst({ where: { organizationId } })) === null) return null;
  // Read before the id is created, so that an edition with an older id never builds on one with a newer id.
  const before = await findLastEdition(ctx);
  const id = await createId(ctx, BlockedEditionId);
  return { id, seen: await readSourceState(db, organizationId), before };
}

/** Returns the edition to compare the next one with; null if there is none or its file is gone. */
async function findBase({ files, organizationId }: FileContext, before: StartedEdition["before"]) {
  if (before === null) return null;
  const id = BlockedEditionId.parse(before.id);
  return (await files.has(blockedListFile(organizationId, id))) ? id : null;
}

const findLastEdition = ({ db, organizationId }: TransactionContext) =>
  db.blockedEdition.findFirst({ where: { organizationId }, orderBy: { number: "desc" } });

/** Makes concurrent writes follow one another. Returns false if the list is turned off. */
async function lockList({ db, organizationId }: TransactionContext): Promise<boolean> {
  const rows = await db.$kysely
    .selectFrom("blockedList")
    .select("organizationId")
    .where("organizationId", "=", organizationId)
    .forUpdate()
    .execute();
  return rows.length > 0;
}

const isFileGone = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** True if another edition was saved since this one began. */
const wasOvertaken = async (ctx: FileContext, before: StartedEdition["before"]) =>
  (await inTransaction(ctx, findLastEdition))?.id !== before?.id;

/** True if the edition is saved. Looks behind the lock, so that a commit that is on its way has arrived. */
const wasSaved = (ctx: FileContext, id: BlockedEditionId): Promise<boolean> =>
  inTransaction(ctx, async (ctx) => {
    const { db, organizationId } = ctx;
    await lockList(ctx);
    return (await db.blockedEdition.count({ where: { organizationId, id } })) > 0;
  });

/**
 * Saves the edition behind the lock, or only the state of the sources if nothing has changed. If another edition
 * came first, that state stays as it is, because what this one saw may be in no edition yet. Returns null unless the
 * edition was saved.
 */
async function saveEdition(
  ctx: TransactionContext,
  { id, seen, before }: StartedEdition,
  written: Written | null,
) {
  const { db, organizationId, now: writtenAt } = ctx;
  const isWanted = await lockList(ctx);
  const last = await findLastEdition(ctx);
  if (!isWanted || last?.id !== before?.id) return null;
  await db.blockedList.update({ where: { organizationId }, data: { seen } });
  if (written === null) return null;
  const number = (last?.number ?? 0) + 1;
  await db.blockedEdition.create({ data: { organizationId, id, number, writtenAt, ...written } });
  await announceChanges(ctx, "blocked-list.changed", [id]);
  return number;
}

async function eraseFiles({ files, organizationId }: FileContext, id: BlockedEditionId) {
  await files.erase(blockedListFile(organizationId, id));
  await files.erase(blockedChangesFile(organizationId, id));
}

/**
 * Erases old files. The last `CHANGES_KEPT` files of changes stay, and the previous whole list for whoever is about to
 * fetch it, but none of them if `isAlone`. Others are erased because they contain numbers, and so is what killed
 * workers left. Files of editions that began later stay.
 */
async function eraseOldFiles(
  ctx: FileContext,
  id: BlockedEditionId,
  number: number,
  isAlone: boolean,
) {
  const { files, organizationId } = ctx;
  const most = isAlone ? 1 : CHANGES_KEPT;
  const rows = await inTransaction(ctx, ({ db }) =>
    db.blockedEdition.findMany({
      where: { organizationId, number: { gt: number - most } },
      select: { id: true, number: true },
    }),
  );
  const kept = new Set<string>();
  for (const row of rows) {
    const id = BlockedEditionId.parse(row.id);
    kept.add(blockedChangesFile(organizationId, id));
    if (row.number > number - 2) kept.add(blockedListFile(organizationId, id));
  }
  const ours = blockedListFile(organizationId, id);
  await files.eraseIn(blockedFolder(organizationId), (name) => kept.has(name) || name > ours);
}

/** Lines that are written at once. */
const LINES_AT_ONCE = 1_000;

/** Writes the file of all that is blocked now, page after page, whatever its size. */
async function writeWhole(ctx: FileContext, id: BlockedEditionId) {
  const hash = createHash("sha256");
  let lines = -1; // without the header
  async function* content() {
    for await (const page of streamBlockedLines(ctx)) {
      const bytes = Buffer.from(page);
      hash.update(bytes);
      for (const byte of bytes) if (byte === NEWLINE) lines++;
      yield bytes;
    }
  }
  const bytes = await ctx.files.write(blockedListFile(ctx.organizationId, id), content());
  return { sha256: hash.digest("hex"), lines, bytes };
}

const NEWLINE = 0x0a;

/**
 * Writes the changes since an edition: lines that were added and lines that were removed. Without one to compare
 * with, every line counts as added.
 */
async function writeChanges(
  { files, organizationId }: FileContext,
  before: BlockedEditionId | null,
  id: BlockedEditionId,
) {
  const counts = { added: 0, removed: 0 };
  const read = (one: BlockedEditionId) => files.read(blockedListFile(organizationId, one));
  async function* content() {
    let text = `change,${BLOCKED_FILE_HEADER}`;
    let pendingLines = 0;
    for await (const { change, line } of compareEditions(
      before ? read(before) : noBytes(),
      read(id),
    )) {
      counts[change]++;
      text += `${change},${line}\r\n`;
      if (++pendingLines < LINES_AT_ONCE) continue;
      yield Buffer.from(text);
      [text, pendingLines] = ["", 0];
    }
    yield Buffer.from(text);
  }
  await files.write(blockedChangesFile(organizationId, id), content());
  return counts;
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}
