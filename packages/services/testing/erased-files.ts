import { type ImportId, PhoneId, type ScrubId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { recordContacts } from "../src/people/contact/index.ts";
import type { FileContext, RootContext } from "../src/platform/context.ts";
import { eraseFromFiles } from "../src/desk/erasure/files/erase-from-files.ts";
import { erasePerson } from "../src/desk/erasure/erase-person.ts";
import {
  type FileName,
  importFile,
  scrubFile,
  scrubResultFile,
} from "../src/platform/files/index.ts";
import { collectText } from "./imports.ts";
import { aScrubbingOrganization, files } from "./scrubs.ts";

const job = { type: "job", name: "erasure.files" } as const;

export const readFile = (name: FileName) => collectText(files.read(name));

/** An organization with files, where Grace is erased. */
export async function aFilingOffice(given?: RootContext) {
  const scrubbing = await aScrubbingOrganization(given);
  const { ctx } = scrubbing;
  const { organizationId } = ctx;
  const grace = aNumber();
  const { db } = ctx;
  const work = (more: Partial<FileContext> = {}) => eraseFromFiles({ ...ctx, actor: job, ...more });
  const endRuns = () =>
    db.pool.query(
      `UPDATE run SET status = 'done', attempt = 1, ended_at = clock_timestamp(),
         outcome = '{"isDryRun": false}'
       WHERE organization_id = $1 AND status IN ('queued', 'running')`,
      [organizationId],
    );
  const findPhoneId = async (e164: string) =>
    PhoneId.parse((await db.prisma.phone.findFirstOrThrow({ where: { organizationId, e164 } })).id);
  const erase = async (phone = grace) =>
    erasePerson(ctx, { person: { phoneId: await findPhoneId(phone) }, reason: "asked" });
  const pending = () => db.prisma.fileErasure.count({ where: { organizationId, endedAt: null } });
  const contacts = (...rows: object[]) => recordContacts(ctx, { rows });
  const readResult = (id: ScrubId) => readFile(scrubResultFile(organizationId, id, 1));
  const readUpload = (id: ScrubId) => readFile(scrubFile(organizationId, id));
  const readImportedFile = (id: ImportId) => readFile(importFile(organizationId, id));
  const told = { readResult, readUpload, readImportedFile };
  return { ...scrubbing, ...told, grace, work, endRuns, erase, pending, contacts };
}
