import { CHANGES_KEPT } from "@ringfence/core/blocked-list";
import { BlockedEditionId } from "@ringfence/core/ids";
import { allow } from "../access/allow.ts";
import { type FileContext, inTransaction, type TransactionContext } from "../context.ts";
import { announceChanges } from "../endpoint/announce-changes.ts";
import { blockedChangesFile, blockedListFile } from "../files/file-name.ts";
import { freshIds } from "../fresh-ids.ts";
import { seenNow } from "./seen-now.ts";
import { writeChanges, writeWhole } from "./write-files.ts";

/**
 * Writes the blocked list anew: the whole, and what is new since the edition before. Where nothing is, or
 * another worker was first, there is no edition, and nobody is told. Returns its number.
 */
export async function writeBlockedList(ctx: FileContext): Promise<number | null> {
  allow(ctx, "blocked-list.write");

  const begun = await inTransaction(ctx, begin);
  if (begun === null) return null;
  const { id, before } = begun;
  let number: number | null = null;
  try {
    const whole = await writeWhole(ctx, id);
    const changes = await writeChanges(ctx, before && BlockedEditionId.parse(before.id), id);
    const isNew = before === null || changes.added + changes.removed > 0;
    number = await inTransaction(ctx, (ctx) =>
      settle(ctx, begun, isNew ? { ...whole, ...changes } : null),
    );
  } finally {
    if (number === null) await eraseFiles(ctx, id);
  }
  if (number !== null) await eraseOld(ctx, number);
  return number;
}

type Begun = NonNullable<Awaited<ReturnType<typeof begin>>>;
type Written = { sha256: string; lines: number; bytes: number; added: number; removed: number };

/** Null where it is written no more. What is new is looked at before, so that nothing is missed. */
async function begin(ctx: TransactionContext) {
  const { db, organizationId } = ctx;
  if ((await db.blockedList.findFirst({ where: { organizationId } })) === null) return null;
  const [id] = await freshIds<BlockedEditionId>(ctx, 1);
  if (id === undefined) throw new Error("no id was made");
  return { id, seen: await seenNow(db, organizationId), before: await lastEdition(ctx) };
}

const lastEdition = ({ db, organizationId }: TransactionContext) =>
  db.blockedEdition.findFirst({ where: { organizationId }, orderBy: { number: "desc" } });

async function settle(
  ctx: TransactionContext,
  { id, seen, before }: Begun,
  written: Written | null,
) {
  const { db, organizationId, now: writtenAt } = ctx;
  // One after the other, of two that were written at the same time.
  const { count } = await db.blockedList.updateMany({ where: { organizationId }, data: { seen } });
  const last = await lastEdition(ctx);
  if (count === 0 || written === null || last?.id !== before?.id) return null;
  const number = (last?.number ?? 0) + 1;
  await db.blockedEdition.create({ data: { organizationId, id, number, writtenAt, ...written } });
  await announceChanges(ctx, "blocked-list.changed", [id]);
  return number;
}

async function eraseFiles({ files, organizationId }: FileContext, id: BlockedEditionId) {
  await files.erase(blockedListFile(organizationId, id));
  await files.erase(blockedChangesFile(organizationId, id));
}

/** The whole of the one before stays for whoever is about to fetch it; older changes go, and with them numbers. */
async function eraseOld(ctx: FileContext, number: number) {
  const { db, files, organizationId } = ctx;
  const numbers = [number - 2, number - CHANGES_KEPT];
  const rows = await db.prisma.blockedEdition.findMany({
    where: { organizationId, number: { in: numbers } },
    select: { id: true, number: true },
  });
  for (const row of rows) {
    const id = BlockedEditionId.parse(row.id);
    if (row.number === number - 2) await files.erase(blockedListFile(organizationId, id));
    else await files.erase(blockedChangesFile(organizationId, id));
  }
}
