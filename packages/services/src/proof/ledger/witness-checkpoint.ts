import { confirmCheckpoint } from "./confirm-checkpoint.ts";
import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../../platform/internal.ts";
import {
  type NoteKey,
  base64,
  consistencyRanges,
  readNote,
  computeRangeRoot,
  findSigners,
  writeSignature,
} from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Db } from "@ringfence/db";
import { type OutsideResponse, postToOutside } from "./outside-request.ts";
import { LOG_ID, loadTileReader } from "./tiles.ts";

/** An outside party that has seen our checkpoints, and signs each one that grew out of the previous one. */
export type Witness = { key: NoteKey; url: string };

export type WitnessingOutcome =
  | { outcome: "witnessed"; size: number }
  | { outcome: "unchanged" }
  | { outcome: "failed"; fault: Message };

const LatestCheckpoint = z.object({ size: z.number(), note: z.string(), witnessed: z.number() });
type LatestCheckpoint = z.infer<typeof LatestCheckpoint>;

/**
 * Has the latest checkpoint signed by a witness (C2SP tlog-witness): sends it with the proof that it grew out
 * of the one that the witness saw last. If the witness remembers another size, sends the proof from that size.
 * `unchanged`: it has signed this checkpoint already, or there is none. Rejects if the witness does not respond.
 */
export async function witnessCheckpoint(
  { prisma }: Pick<Db, "prisma">,
  witness: Witness,
): Promise<WitnessingOutcome> {
  const { name } = witness.key;
  const [latest] = await selectRows(
    { db: prisma },
    LatestCheckpoint,
    sql`
    SELECT size::float8, note, coalesce((
      SELECT max(size) FROM ledger.cosignature WHERE log_id = ${LOG_ID} AND witness = ${name}
    ), 0)::float8 AS witnessed
    FROM ledger.checkpoint WHERE log_id = ${LOG_ID} ORDER BY size DESC LIMIT 1`,
  );
  if (latest === undefined || latest.witnessed >= latest.size) return { outcome: "unchanged" };
  await confirmCheckpoint(prisma, latest.size);

  const ask = async (from: number) =>
    postToOutside(
      `${witness.url}/add-checkpoint`,
      "text/plain; charset=utf-8",
      `old ${from}\n${await writeGrowthProof(prisma, from, latest.size)}\n${latest.note}`,
    );
  let answer = await ask(latest.witnessed);
  const remembered = readRememberedSize(answer);
  if (remembered !== null && remembered <= latest.size) answer = await ask(remembered);
  const line = answer.status === 200 ? findCosignature(answer, latest, witness) : null;
  if (line === null) {
    const values = { name, status: answer.status };
    return { outcome: "failed", fault: { key: "ledger.not-witnessed", values } };
  }
  await prisma.$executeRaw`
    INSERT INTO ledger.cosignature (log_id, size, witness, line)
    VALUES (${LOG_ID}, ${BigInt(latest.size)}, ${name}, ${line}) ON CONFLICT DO NOTHING`;
  return { outcome: "witnessed", size: latest.size };
}

async function writeGrowthProof(
  prisma: Db["prisma"],
  size: number,
  newSize: number,
): Promise<string> {
  const ranges = consistencyRanges(size, newSize);
  const readTile = await loadTileReader(prisma, ranges);
  return ranges.map((range) => `${base64(computeRangeRoot(range, readTile))}\n`).join("");
}

/** 409 Conflict: the size that the witness saw last, in decimal. */
function readRememberedSize({ status, body }: OutsideResponse): number | null {
  const text = new TextDecoder().decode(body);
  return status === 409 && /^\d{1,15}\n$/.test(text) ? Number(text) : null;
}

/** Finds the valid signature line of the witness in the answer. Ignores everything else. */
function findCosignature(
  { body }: OutsideResponse,
  { note }: LatestCheckpoint,
  { key }: Witness,
): string | null {
  const text = readNote(note)?.text ?? "";
  const answered = readNote(`${text}\n${new TextDecoder().decode(body)}`);
  const theirs = answered?.signatures.find(
    (signature) => findSigners({ text, signatures: [signature] }, [key]).length > 0,
  );
  return theirs ? writeSignature(theirs) : null;
}
