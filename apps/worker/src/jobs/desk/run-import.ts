import { ImportId } from "@ringfence/core/ids";
import { runImport as importFile } from "@ringfence/services/desk/import";
import { defineRun } from "../platform/define-run.ts";

/** Puts the rows of an uploaded file on record. */
export const runImport = defineRun("import.run", ({ ctx, subjectId, attempt, signal, report }) =>
  importFile(ctx, {
    importId: ImportId.parse(subjectId),
    attempt,
    onProgress(progress) {
      signal.throwIfAborted();
      report(progress);
    },
  }),
);
