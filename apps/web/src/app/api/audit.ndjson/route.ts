import type { AuditView } from "@ringfence/services/desk/audit-log";
import { answerAuditFile } from "@/features/desk/audit-log/answer-audit-file";
import { attachment, encodePages } from "@/server/downloads";

export const POST = (request: Request) =>
  answerAuditFile(request, (readEntries) => {
    async function* pages() {
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof readEntries>> = await readEntries(after);
        yield page.rows.map((entry) => `${JSON.stringify(toLine(entry))}\n`).join("");
        after = page.next;
      } while (after !== null);
    }
    return attachment("audit.ndjson", encodePages(pages()), "application/x-ndjson");
  });

/** One entry as a line of the file. A phone whose number was erased has only its id. */
const toLine = ({ id, at, by, actorId, action, kind, phone, reason, details }: AuditView) => ({
  id,
  at,
  actor: { type: by?.type ?? null, id: actorId, name: by?.name ?? null },
  action,
  kind,
  phoneId: phone?.phoneId ?? null,
  phone: phone?.number ?? null,
  reason,
  details,
});
