import { confirmCheckpoint } from "./confirm-checkpoint.ts";
import { sql } from "kysely";
import { z } from "zod";
import { type TransactionContext, query, selectRows, selectRow } from "../../platform/internal.ts";
import { EntryKind, ListStatements, type LogLag, findLogLag } from "@ringfence/core/proof/ledger";
import { LOG_ID } from "./tiles.ts";
import type { Db, Transaction } from "@ringfence/db";

export type LedgerView = Attesters & {
  /** Database time of this view. */
  at: Date;
  /** Name of the log; null before the first checkpoint is signed. */
  origin: string | null;
  checkpoint: SignedCheckpoint | null;
  /** All keys of the log, former and present, in the format of signed notes (C2SP). */
  vkeys: string[];
  /** Entries of all organizations that wait for a position in the log. */
  waiting: { count: number; since: Date | null };
  /** Entries that have a position but no signature yet. */
  unsigned: { count: number; since: Date | null };
  lag: LogLag;
  /**
   * Time from accepted to signed, for this organization's signed entries of the last day, the newest 1,000 at most; null
   * if there are none. Entries that still wait do not count: `lag` tells whether the log has stopped.
   */
  delay: { p50Ms: number; p99Ms: number } | null;
};

const LedgerRow = z.object({
  origin: z.string().nullable(),
  vkeys: z.string().array(),
  logSize: z.number(),
  waiting: z.number(),
  waitingSince: z.date().nullable(),
  unsignedSince: z.date().nullable(),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});
type LedgerRow = z.infer<typeof LedgerRow>;

/** Reads the state of the ledger: latest checkpoint, waiting entries, attesters and delays. */
export const readLedger = query({
  name: "readLedger",
  action: "proof.read",
  run: async (ctx): Promise<LedgerView> => {
    const { db, organizationId, now } = ctx;
    // Read before the log's size: a checkpoint that is signed meanwhile cannot be larger than the log.
    const checkpoint = await findSignedCheckpoint({ db });
    const signedSize = checkpoint?.size ?? 0;
    const row = await selectRow(
      { db },
      LedgerRow,
      sql`
      WITH delay AS (
        SELECT extract(epoch FROM (
          SELECT signed_at FROM ledger.checkpoint
          WHERE checkpoint.log_id = ${LOG_ID} AND size > leaf_index ORDER BY size LIMIT 1
        ) - accepted_at)::float8 * 1000 AS ms
        FROM ledger.entry JOIN ledger.leaf USING (entry_id)
        WHERE organization_id = ${organizationId}::uuid AND accepted_at > ${now}::timestamptz - interval '1 day'
        ORDER BY leaf_index DESC LIMIT 1000
      )
      SELECT
        (SELECT origin FROM ledger.log WHERE log_id = ${LOG_ID}) AS origin,
        (SELECT size FROM ledger.log WHERE log_id = ${LOG_ID})::float8 AS "logSize",
        ARRAY(SELECT vkey FROM ledger.log_key WHERE log_id = ${LOG_ID} ORDER BY at, vkey) AS vkeys,
        (SELECT count(*) FROM ledger.pending)::float8 AS waiting,
        (SELECT min(accepted_at) FROM ledger.pending) AS "waitingSince",
        (SELECT accepted_at FROM ledger.leaf JOIN ledger.entry USING (entry_id)
          WHERE leaf.log_id = ${LOG_ID} AND leaf_index = ${signedSize}::bigint) AS "unsignedSince",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS "p50Ms",
        percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS "p99Ms"
      FROM delay`,
    );
    const view = toLedgerView(row, signedSize);
    const lag = findLogLag(now, view.waiting, view.unsigned);
    return { at: now, checkpoint, lag, ...(await loadAttesters(ctx)), ...view };
  },
  audit: "none",
});

const toLedgerView = ({ origin, vkeys, p50Ms, p99Ms, ...row }: LedgerRow, signedSize: number) => ({
  origin,
  vkeys,
  waiting: { count: row.waiting, since: row.waitingSince },
  unsigned: { count: row.logSize - signedSize, since: row.unsignedSince },
  delay: p50Ms === null || p99Ms === null ? null : { p50Ms, p99Ms },
});

/** A witness or time-stamping authority, with the log size it attested last, and when; null if it never did. */
const Attester = z.object({
  name: z.string(),
  size: z.number().nullable(),
  at: z.date().nullable(),
});
type Attester = z.infer<typeof Attester>;

type Attesters = {
  /** Current witnesses. */
  witnesses: Attester[];
  /** Time-stamping authorities that gave any of the latest time stamps. */
  timestamps: Attester[];
};

/** Time stamps to look at. An authority that gave none of these is taken to be no longer used. */
const LATEST_TIMESTAMPS = 100;

/** Loads the witnesses and authorities, each with the last checkpoint that it signed or stamped. */
async function loadAttesters({ db }: TransactionContext): Promise<Attesters> {
  const witnesses = await selectRows(
    { db },
    Attester,
    sql`
    SELECT name, size::float8, at FROM ledger.witness
    LEFT JOIN LATERAL (
      SELECT size, at FROM ledger.cosignature
      WHERE cosignature.log_id = ${LOG_ID} AND cosignature.witness = name
      ORDER BY size DESC LIMIT 1
    ) AS seen ON true
    WHERE witness.log_id = ${LOG_ID} ORDER BY name`,
  );
  const timestamps = await selectRows(
    { db },
    Attester,
    sql`
    SELECT DISTINCT ON (tsa) tsa AS name, size::float8, at FROM (
      SELECT tsa, size, at FROM ledger.tsa_token
      WHERE log_id = ${LOG_ID} ORDER BY size DESC LIMIT ${LATEST_TIMESTAMPS}
    ) AS latest
    ORDER BY tsa, size DESC`,
  );
  return { witnesses, timestamps };
}

export const SignedCheckpoint = z.object({
  size: z.number(),
  /** The note, with the lines of witnesses that have signed it since. */
  note: z.string(),
  signedAt: z.date(),
  witnesses: z.string().array(),
  /** Authorities that have time-stamped it (RFC 3161). */
  timestampedBy: z.string().array(),
});
export type SignedCheckpoint = z.infer<typeof SignedCheckpoint>;

/** Reads the latest signed checkpoint for anybody, once no fail-over can lose it; null before the first. */
export async function readSignedCheckpoint({
  prisma,
}: Pick<Db, "prisma">): Promise<SignedCheckpoint | null> {
  const found = await findSignedCheckpoint({ db: prisma });
  if (found !== null) await confirmCheckpoint(prisma, found.size);
  return found;
}

/** Finds the latest signed checkpoint; null before the first. */
export async function findSignedCheckpoint({
  db,
}: {
  db: Pick<Transaction, "$kysely">;
}): Promise<SignedCheckpoint | null> {
  const [found] = await selectRows(
    { db },
    SignedCheckpoint,
    sql`
    SELECT size::float8, signed_at AS "signedAt",
      note || coalesce((
        SELECT string_agg(line, '' ORDER BY witness) FROM ledger.cosignature
        WHERE cosignature.log_id = checkpoint.log_id AND cosignature.size = checkpoint.size
      ), '') AS note,
      ARRAY(
        SELECT witness FROM ledger.cosignature
        WHERE cosignature.log_id = checkpoint.log_id AND cosignature.size = checkpoint.size
        ORDER BY witness
      ) AS witnesses,
      ARRAY(
        SELECT tsa FROM ledger.tsa_token
        WHERE tsa_token.log_id = checkpoint.log_id AND tsa_token.size = checkpoint.size
        ORDER BY tsa
      ) AS "timestampedBy"
    FROM ledger.checkpoint WHERE log_id = ${LOG_ID}
    ORDER BY size DESC LIMIT 1`,
  );
  return found ?? null;
}

const StatementRow = z.object({
  id: z.string(),
  kind: EntryKind,
  acceptedAt: z.date(),
  /** Its index in the log; null until it is sequenced. */
  index: z.number().nullable(),
  /** Time at which the first checkpoint that contains it was signed; null before. */
  signedAt: z.date().nullable(),
});
export type StatementRow = z.infer<typeof StatementRow>;

/** Lists the organization's statements on the ledger, newest first. Their ids are in order of time (UUIDv7). */
export const listStatements = query({
  name: "listStatements",
  action: "proof.read",
  forAllSellers: true,
  input: ListStatements,
  run: async (
    { db, organizationId },
    { after, limit },
  ): Promise<{ statements: StatementRow[]; next: string | null }> => {
    const found = await selectRows(
      { db },
      StatementRow,
      sql`
      SELECT entry_id AS id, kind, accepted_at AS "acceptedAt", leaf_index::float8 AS index, (
        SELECT signed_at FROM ledger.checkpoint
        WHERE checkpoint.log_id = ${LOG_ID} AND size > leaf_index ORDER BY size LIMIT 1
      ) AS "signedAt"
      FROM ledger.entry LEFT JOIN ledger.leaf USING (entry_id)
      WHERE organization_id = ${organizationId}::uuid
        AND (${after ?? null}::uuid IS NULL OR entry_id < ${after ?? null}::uuid)
      ORDER BY entry_id DESC LIMIT ${limit + 1}::int`,
    );
    const statements = found.slice(0, limit);
    return { statements, next: found.length > limit ? (statements.at(-1)?.id ?? null) : null };
  },
  audit: "none",
});
