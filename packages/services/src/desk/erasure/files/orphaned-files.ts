import { sql } from "kysely";
import { z } from "zod";
import { EvidenceFileId, ImportId, OrganizationId, ScrubId } from "@ringfence/core/ids";
import { DAY_MS } from "@ringfence/core/platform/time";
import type { Db } from "@ringfence/db";
import {
  type FileName,
  type FileStore,
  type FolderName,
  evidenceFile,
  evidenceFolder,
  importFile,
  importFolder,
  registryFolder,
  remarksFile,
  scrubFile,
  scrubFolder,
  scrubResultFile,
  selectRow,
} from "../../../platform/internal.ts";

type Database = Pick<Db, "prisma">;

/**
 * Erases files of scrubs and imports, and recordings and scans, that no row names, and drafts of killed writers. A process
 * that is killed between writing a file and recording it leaves the file behind, and no erasure of a person would find
 * it. A file of the last day stays: its row may still be written. Files of an erasure in progress have other names.
 */
export async function eraseOrphanedFiles({
  db,
  files,
}: {
  db: Database;
  files: FileStore;
}): Promise<void> {
  const { now } = await selectRow(
    { db: db.prisma },
    z.object({ now: z.date() }),
    sql`SELECT clock_timestamp() AS now`,
  );
  const before = new Date(now.getTime() - DAY_MS);
  for (const { id } of await db.prisma.organization.findMany({ select: { id: true } })) {
    const organizationId = OrganizationId.parse(id);
    for (const folder of foldersWithDrafts) {
      await files.eraseOldDrafts(folder(organizationId), before);
    }
    for (const { folder, pattern, listNamed } of recordedFiles) {
      const older = await files.listOlder(folder(organizationId), before);
      const recorded = older.filter((name) => pattern.test(name));
      if (recorded.length === 0) continue;
      const named = new Set(await listNamed(db, organizationId));
      for (const name of recorded) if (!named.has(name)) await files.erase(name);
    }
  }
}

const foldersWithDrafts = [scrubFolder, importFolder, evidenceFolder, registryFolder];

/** Files of one kind: where they are, what their names look like, and those that rows name. */
type RecordedFiles = {
  folder: (organizationId: OrganizationId) => FolderName;
  pattern: RegExp;
  listNamed: (db: Database, organizationId: OrganizationId) => Promise<FileName[]>;
};

const scrubFiles: RecordedFiles = {
  folder: scrubFolder,
  pattern: /\/[0-9a-f-]{36}(-result-\d+)?\.csv$/,
  async listNamed({ prisma }, organizationId) {
    const where = { organizationId, filesRemovedAt: null };
    const scrubs = await prisma.scrub.findMany({ where, select: { id: true } });
    const records = await prisma.scrubRecord.findMany({
      where: { organizationId, scrub: { filesRemovedAt: null } },
      select: { scrubId: true, attempt: true },
    });
    return [
      ...scrubs.map(({ id }) => scrubFile(organizationId, ScrubId.parse(id))),
      ...records.map(({ scrubId, attempt }) =>
        scrubResultFile(organizationId, ScrubId.parse(scrubId), attempt),
      ),
    ];
  },
};

const importFiles: RecordedFiles = {
  folder: importFolder,
  pattern: /\/[0-9a-f-]{36}(-remarks-\d+)?\.csv$/,
  async listNamed({ prisma }, organizationId) {
    const imports = await prisma.import.findMany({
      where: { organizationId, filesRemovedAt: null },
      select: { id: true },
    });
    const runs = await prisma.run.groupBy({
      by: ["subjectId"],
      where: { organizationId, job: "import.run" },
      _max: { attempt: true },
    });
    const attempts = new Map(runs.map(({ subjectId, _max }) => [subjectId, _max.attempt ?? 0]));
    return imports.flatMap((row) => {
      const id = ImportId.parse(row.id);
      const remarks = Array.from({ length: attempts.get(id) ?? 0 }, (_, index) =>
        remarksFile(organizationId, id, index + 1),
      );
      return [importFile(organizationId, id), ...remarks];
    });
  },
};

const evidenceFiles: RecordedFiles = {
  folder: evidenceFolder,
  pattern: /\/[0-9a-f-]{36}\.bin$/,
  async listNamed({ prisma }, organizationId) {
    const rows = await prisma.evidenceFile.findMany({
      where: { organizationId },
      select: { id: true },
    });
    return rows.map(({ id }) => evidenceFile(organizationId, EvidenceFileId.parse(id)));
  },
};

const recordedFiles = [scrubFiles, importFiles, evidenceFiles];
