import { readNote } from "@ringfence/core/proof/ledger";
import type { Message } from "@ringfence/core/platform/message";
import type { Certificate } from "pkijs";
import type { Installation } from "../../platform/context.ts";
import { askOutside } from "./ask-outside.ts";
import { LOG_ID } from "./read-tiles.ts";
import { readTimestamp, timestampQuery } from "./timestamp.ts";

const NONCE_BYTES = 16;
/** How long a stamp is recent enough: authorities do not like to be asked all the time. */
const EVERY_HOURS = 1;

/** A time-stamping authority that we ask (RFC 3161), and whose certificates lead to these roots. */
export type TimestampAuthority = { url: string; roots: readonly Certificate[] };

export type StampingOutcome =
  | { outcome: "stamped"; size: number; at: Date }
  | { outcome: "unchanged" }
  | { outcome: "failed"; fault: Message };

/**
 * Has the time put to the latest checkpoint by an authority outside: to its text, which is what the
 * log's key signs. That authority can say when it was there at the latest, and no more.
 */
export async function stampHead(
  { db, keys }: Pick<Installation, "db" | "keys">,
  { url, roots }: TimestampAuthority,
): Promise<StampingOutcome> {
  const { prisma } = db;
  const [latest] = await prisma.$queryRaw<{ size: number; note: string; isStamped: boolean }[]>`
    SELECT size::float8, note, EXISTS (
      SELECT FROM ledger.tsa_token
      WHERE tsa_token.log_id = checkpoint.log_id AND tsa = ${url}
        AND (tsa_token.size = checkpoint.size
          OR at > clock_timestamp() - make_interval(hours => ${EVERY_HOURS}::int))
    ) AS "isStamped"
    FROM ledger.checkpoint WHERE log_id = ${LOG_ID} ORDER BY size DESC LIMIT 1`;
  const note = latest && readNote(latest.note);
  if (!note || latest.isStamped) return { outcome: "unchanged" };

  const text = new TextEncoder().encode(note.text);
  const nonce = keys.random(NONCE_BYTES);
  const query = timestampQuery(text, nonce);
  const answer = await askOutside(url, "application/timestamp-query", query);
  const read = await readTimestamp(answer.body, text, nonce, roots);
  if (!read.ok) {
    const values = { url, status: answer.status };
    return { outcome: "failed", fault: { key: `ledger.not-stamped-${read.fault}`, values } };
  }
  await prisma.$executeRaw`
    INSERT INTO ledger.tsa_token (log_id, size, tsa, token)
    VALUES (${LOG_ID}, ${BigInt(latest.size)}, ${url}, ${Uint8Array.from(read.token)})
    ON CONFLICT DO NOTHING`;
  return { outcome: "stamped", size: latest.size, at: read.at };
}
