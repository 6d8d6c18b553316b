import { ImportId, ScrubId } from "@ringfence/core/ids";
import { type ImportKind, Mapping } from "@ringfence/core/desk/import";
import { ScrubSettings } from "@ringfence/core/calling/scrub";
import type { FileContext, TransactionContext } from "../../platform/context.ts";
import {
  type FileName,
  importFile,
  remarksFile,
  scrubFile,
  scrubResultFile,
} from "../../platform/files/index.ts";
import type { TextReading } from "./erase-rows.ts";

export type Subject = {
  id: string;
  kind: "scrub" | "import";
  /** Kind of the file, if it is an import's. */
  of: ImportKind | null;
  settings: unknown;
  region: string;
  attempts: number;
  /** A run waits or works on it. */
  isOpen: boolean;
  isImported: boolean;
};

/** Loads the scrubs and imports that were there when the last of these people was erased. */
export async function loadSubjects({ db, organizationId, now }: TransactionContext) {
  const pending = await db.fileErasure.findMany({
    where: { organizationId, endedAt: null },
    select: { id: true, createdAt: true },
  });
  const until = new Date(Math.max(...pending.map(({ createdAt }) => createdAt.getTime())));
  const subjects = await db.$queryRaw<Subject[]>`
    SELECT subject.id, kind, "of", settings, home_region AS region,
      coalesce((SELECT max(attempt) FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id), 0) AS attempts,
      EXISTS (SELECT FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id
          AND status IN ('queued', 'running')) AS "isOpen",
      EXISTS (SELECT FROM run
        WHERE run.organization_id = ${organizationId}::uuid AND subject_id = subject.id
          AND status = 'done' AND outcome->>'isDryRun' = 'false') AS "isImported"
    FROM (
      SELECT id, 'scrub' AS kind, NULL AS "of", settings, created_at FROM scrub
      WHERE organization_id = ${organizationId}::uuid
      UNION ALL SELECT id, 'import', kind, mapping, created_at FROM import
      WHERE organization_id = ${organizationId}::uuid
    ) AS subject, organization
    WHERE organization.id = ${organizationId}::uuid AND created_at <= ${until}
    ORDER BY subject.id`;
  return { at: now, subjects, erasureIds: pending.map(({ id }) => id) };
}

export type StoredFile = {
  name: FileName;
  subjectId: string;
  file: "scrub_upload" | "scrub_result" | "import_upload" | "import_remarks";
  attempt: number;
  reading: TextReading;
};

/** Lists the files of a scrub or import, and how each is written. */
export function listStoredFiles(
  { organizationId }: Pick<FileContext, "organizationId">,
  subject: Subject,
): StoredFile[] {
  const attempts = Array.from({ length: subject.attempts }, (_, at) => at + 1);
  const { id: subjectId } = subject;
  if (subject.kind === "scrub") {
    const { region = subject.region } = ScrubSettings.parse(subject.settings);
    const known = { encoding: null, delimiter: null, keepsLines: false };
    const reading = { ...known, region, idColumns: [] };
    const id = ScrubId.parse(subject.id);
    return [
      { name: scrubFile(organizationId, id), subjectId, file: "scrub_upload", attempt: 0, reading },
      ...attempts.map((attempt) => ({
        name: scrubResultFile(organizationId, id, attempt),
        ...({ subjectId, file: "scrub_result", attempt, reading } as const),
      })),
    ];
  }
  const { encoding, delimiter, columns, region } = Mapping.parse(subject.settings);
  const idColumns = columns.flatMap((field, at) => (field === "externalId" ? [at] : []));
  // Rows are known by their numbers, so that a file that is imported again changes nothing.
  const reading = { encoding, delimiter, region, idColumns, keepsLines: true };
  const remarks = { ...reading, encoding: "utf-8", keepsLines: false } as const;
  const id = ImportId.parse(subject.id);
  return [
    { name: importFile(organizationId, id), subjectId, file: "import_upload", attempt: 0, reading },
    ...attempts.map((attempt) => ({
      name: remarksFile(organizationId, id, attempt),
      ...({ subjectId, file: "import_remarks", attempt, reading: remarks } as const),
    })),
  ];
}
