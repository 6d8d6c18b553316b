import type { AuditView } from "@ringfence/services/desk/audit-log";
import { answerAuditFile } from "@/features/desk/audit-log/answer-audit-file";
import { attachment, encodePages, readPages } from "@/server/downloads";

export const POST = (request: Request) =>
  answerAuditFile(request, (readEntries) => {
    async function* pages() {
      for await (const entries of readPages(readEntries))
        yield entries.map((entry) => `${JSON.stringify(toLine(entry))}\n`).join("");
    }
    return attachment("audit.ndjson", encodePages(pages()), "application/x-ndjson");
  });

/**
 * Converts an entry to a line of the file. A phone whose number was erased has only its id. `checkAuditFile` of core
 * compares these lines with the digests on the ledger.
 */
const toLine = ({ id, at, by, storedActor, action, kind, phone, reason, details }: AuditView) => ({
  id,
  at,
  actor: { ...Object(storedActor), name: by?.name ?? null },
  action,
  kind,
  phoneId: phone?.phoneId ?? null,
  phone: phone?.number ?? null,
  reason,
  details,
});
