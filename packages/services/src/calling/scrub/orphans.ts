import { OrganizationId, ScrubId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { DAY_MS } from "@ringfence/core/platform/time";
import { sql } from "kysely";
import { z } from "zod";
import {
  type FileStore,
  scrubFile,
  scrubFolder,
  scrubResultFile,
  selectRow,
} from "../../platform/internal.ts";

/**
 * Erases files of scrubs that no row names: a process that is killed between writing a file and recording it leaves the
 * file behind. A file of the last day stays: its row may still be written. Drafts and files of an erasure in progress
 * have other names.
 */
export async function eraseOrphanScrubFiles({
  db: { prisma },
  files,
}: {
  db: Pick<Db, "prisma">;
  files: FileStore;
}): Promise<void> {
  const { now } = await selectRow(
    { db: prisma },
    z.object({ now: z.date() }),
    sql`SELECT clock_timestamp() AS now`,
  );
  const before = new Date(now.getTime() - DAY_MS);
  for (const { id } of await prisma.organization.findMany({ select: { id: true } })) {
    const organizationId = OrganizationId.parse(id);
    const older = await files.listOlder(scrubFolder(organizationId), before);
    const orphans = older.filter((name) => isScrubFile(name));
    if (orphans.length === 0) continue;
    const named = await listNamedFiles({ prisma }, organizationId);
    for (const name of orphans) if (!named.has(name)) await files.erase(name);
  }
}

/** True for the uploaded file of a scrub, or the result of an attempt. */
const isScrubFile = (name: string) => /\/scrubs\/[0-9a-f-]{36}(-result-\d+)?\.csv$/.test(name);

/** Lists the files that an organization's scrubs name. */
async function listNamedFiles(
  { prisma }: Pick<Db, "prisma">,
  organizationId: OrganizationId,
): Promise<ReadonlySet<string>> {
  const where = { organizationId };
  const scrubs = await prisma.scrub.findMany({ where, select: { id: true } });
  const records = await prisma.scrubRecord.findMany({
    where,
    select: { scrubId: true, attempt: true },
  });
  return new Set([
    ...scrubs.map(({ id }) => scrubFile(organizationId, ScrubId.parse(id))),
    ...records.map(({ scrubId, attempt }) =>
      scrubResultFile(organizationId, ScrubId.parse(scrubId), attempt),
    ),
  ]);
}
