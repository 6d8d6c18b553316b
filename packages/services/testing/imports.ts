import { ContactId, type ImportId } from "@ringfence/core/ids";
import type { ImportKind, Mapping } from "@ringfence/core/desk/import";
import { aFolder, aNumber } from "@ringfence/db/testing";
import type { FileContext, RootContext } from "../src/platform/context.ts";
import { openFiles } from "../src/platform/files/index.ts";
import {
  type ImportWork,
  previewImport,
  readRemarkedRows,
  runImport,
  startImport,
  uploadImport,
} from "../src/desk/import/index.ts";
import { claimRun, finishRun } from "../src/platform/run/index.ts";
import { aContext } from "./scenes.ts";

export const files = openFiles(aFolder());

/** Context of an officer who uploads files, in a new organization. */
export const aFileContext = async (ctx?: RootContext): Promise<FileContext> => ({
  ...(ctx ?? (await aContext())),
  files,
});

async function* once(content: string | Uint8Array) {
  yield typeof content === "string" ? Buffer.from(content) : content;
}

export const anUpload = (ctx: FileContext, kind: ImportKind, content: string | Uint8Array) =>
  uploadImport(ctx, { kind, fileName: "list.csv", content: once(content) });

type Changes = Partial<Mapping> & { isDryRun?: boolean };

/** Starts an import with some of its mapping changed, and does what a worker does. */
export async function runOnce(
  ctx: FileContext,
  id: ImportId,
  { isDryRun = false, ...changes }: Changes = {},
  { attempt = 1, onProgress = () => {} }: Partial<ImportWork> = {},
) {
  const { mapping } = await previewImport(ctx, { id });
  const { runId } = await startImport(ctx, { id, mapping: { ...mapping, ...changes }, isDryRun });
  const job = { ...ctx, actor: { type: "job", name: "import.run" } } as const;
  const claimed = await claimRun(job, { runId, worker: "a" });
  if (claimed.outcome !== "claimed") throw new Error(claimed.outcome);
  const outcome = await runImport(job, { importId: id, attempt, onProgress });
  await finishRun(job, { claim: claimed.claim, outcome });
  return outcome;
}

/** Imports a person with the external id `7` from a file. */
export async function anImportedPerson(ctx: FileContext) {
  const phone = aNumber();
  await runOnce(ctx, (await anUpload(ctx, "contacts", `id,phone\n7,${phone}\n`)).id);
  const { id } = await ctx.db.prisma.contact.findFirstOrThrow({
    where: { organizationId: ctx.organizationId, externalId: "7" },
  });
  return { phone, person: { contactId: ContactId.parse(id) } };
}

export async function collectText(content: AsyncIterable<Uint8Array>) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Reads the file of the rows with remarks, line by line, without its header. */
export const remarkedLines = async (ctx: FileContext, id: ImportId) =>
  (await collectText((await readRemarkedRows(ctx, id)).content)).trimEnd().split("\r\n").slice(1);
