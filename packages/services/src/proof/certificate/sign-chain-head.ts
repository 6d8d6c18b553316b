import {
  CHAIN_HEAD_TYPE,
  type ChainHead,
  readCheckpoint,
  readNote,
} from "@ringfence/core/proof/ledger";
import type { TransactionContext } from "../../platform/context.ts";
import { compactJws } from "../../platform/keys/signing-key.ts";
import { readSignedCheckpoint } from "../ledger/read-ledger.ts";

/**
 * Signs which statement about a subject is the latest, so that a holder of a certificate cannot cut off what
 * followed. Locks the subject: statements read after this call are exactly those up to the signed one.
 */
export async function signChainHead(ctx: TransactionContext, subjectId: string): Promise<string> {
  const { db, keys, organizationId, now } = ctx;
  const [subject] = await db.$queryRaw<{ statements: number; head: Uint8Array }[]>`
    SELECT statements, head FROM vault.subject
    WHERE organization_id = ${organizationId}::uuid AND subject_id = ${subjectId}::uuid FOR SHARE`;
  if (!subject) throw new Error("a statement has no subject");
  const head: ChainHead = {
    iss: `ringfence:${organizationId}`,
    iat: Math.floor(now.getTime() / 1_000),
    sequence: subject.statements,
    head: Buffer.from(subject.head).toString("base64url"),
    checkpoint: await latestCheckpoint(ctx),
  };
  return compactJws(keys.statement, CHAIN_HEAD_TYPE, head);
}

async function latestCheckpoint({ db }: TransactionContext): Promise<ChainHead["checkpoint"]> {
  const signed = await readSignedCheckpoint({ prisma: db });
  const checkpoint = readCheckpoint(readNote(signed?.note ?? "")?.text ?? "");
  return checkpoint && { ...checkpoint, root: Buffer.from(checkpoint.root).toString("base64") };
}
