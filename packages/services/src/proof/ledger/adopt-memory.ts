import { openCheckpoint } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import { growthFault, readHead } from "./growth-fault.ts";
import type { SigningHouse } from "./sign-head.ts";

export type AdoptedMemory = { size: number; fault?: never } | { fault: Message };

/**
 * Gives a signer whose memory was lost one to go on from: a checkpoint that it once signed, as somebody
 * outside has kept it, a witness or a certificate. What the database says of itself proves nothing here,
 * for it may be what was rewritten. The log has to have grown out of it, and a memory that is there and
 * knows more stays.
 */
export const adoptMemory = (
  { db, origin, signers, memory }: SigningHouse,
  note: string,
): Promise<AdoptedMemory> =>
  db.prisma.$transaction(async (tx): Promise<AdoptedMemory> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('ledger/signer', 0))`;
    const opened = openCheckpoint(
      note,
      signers().map(({ key }) => key),
    );
    if (!opened.ok) return { fault: { key: "ledger.adopt-not-ours", values: { origin } } };
    const { checkpoint } = opened;
    const remembered = memory.recall();
    if (remembered !== null && remembered.size >= checkpoint.size) {
      const values = { size: remembered.size };
      return { fault: { key: "ledger.adopt-remembered", values } };
    }
    const head = await readHead(tx);
    const fault =
      (remembered && (await growthFault(tx, remembered, head))) ??
      (await growthFault(tx, checkpoint, head));
    if (fault) return { fault };
    memory.remember(checkpoint);
    return { size: checkpoint.size };
  });
