import { sql } from "kysely";
import { z } from "zod";
import { OrganizationId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { type Message, createMessage } from "@ringfence/core/platform/message";
import type { Db } from "@ringfence/db";
import { type Keys, computePhoneKey, selectRow, selectRows } from "../../platform/internal.ts";
import { checkCopy, identifyDatabase, recordCopied } from "./compare-copy.ts";
import {
  type CopiedOptOut,
  type CopyEnd,
  CopiedOptOut as CopiedOptOutSchema,
  appendLines,
  endOfFile,
  hasEnd,
} from "./copy-files.ts";
import { LOG_ID } from "./tiles.ts";

type Installation = Pick<Db, "prisma"> & { keys: Keys };

export type CopyPass = {
  /** Number of opt-outs that this pass added. */
  added: number;
  /** True if the database lacks opt-outs of the copy. */
  hasLost: boolean;
  faults: Message[];
};

/** The copy as the last pass left it. */
type OpenCopy = {
  copyId: string;
  database: string;
  next: number;
  /** Number of opt-outs in the copy, and how many of them the last pass added. */
  copied: number;
  added: number;
  end: CopyEnd | null;
};

/**
 * Creates the writer of the copy of opt-outs in a folder on another disk. Each pass appends the opt-outs that got
 * a position in the log since the last one, and flushes them to disk. The first pass compares the whole copy, and so does
 * one after the database was started or restored or the files were changed by somebody else. Nothing is written while
 * the database lacks an opt-out of the copy. Of several processes that share a folder, one writes at a time.
 */
export function createOptOutCopier({ prisma, keys }: Installation, folder: string) {
  let open: OpenCopy | null = null;

  const openCopy = async (): Promise<OpenCopy | CopyPass> => {
    const database = await identifyDatabase({ prisma });
    const { copyId, lost, faults, ...compared } = await checkCopy({ prisma }, folder);
    if (copyId === null || faults.length > 0) return { added: 0, hasLost: lost.length > 0, faults };
    const opened = {
      copyId,
      database,
      next: compared.next,
      copied: compared.copied,
      added: 0,
      end: null,
    };
    // Statements that moved since the last copy are in it already.
    return append(opened, compared.entryIds);
  };

  const append = async (from: OpenCopy, entryIds: ReadonlySet<string>): Promise<OpenCopy> => {
    const { size } = await selectRow(
      { db: prisma },
      z.object({ size: z.number() }),
      sql`SELECT size::float8 FROM ledger.log WHERE log_id = ${LOG_ID}`,
    );
    let reached = { ...from, added: 0 };
    for (let { next } = from; next < size; next = endOfFile(next)) {
      const until = Math.min(size, endOfFile(next));
      const optOuts = await loadOptOuts({ prisma, keys }, next, until);
      const missing = optOuts.filter(({ entryId }) => !entryIds.has(entryId));
      reached.next = until;
      if (missing.length === 0) continue;
      const end = appendLines(folder, next, missing);
      reached.end = end;
      reached.copied += missing.length;
      reached.added += missing.length;
    }
    if (reached.added > 0) await recordCopied({ prisma }, from.copyId, reached.copied);
    return reached;
  };

  const pass = async (): Promise<CopyPass> => {
    const isCurrent =
      open !== null &&
      open.database === (await identifyDatabase({ prisma })) &&
      hasEnd(folder, open.copyId, open.end);
    const before = isCurrent ? open : null;
    open = null; // until all of this pass has succeeded
    const reached = before ? await append(before, new Set()) : await openCopy();
    if ("faults" in reached) return reached;
    open = reached;
    return { added: reached.added, hasLost: false, faults: [] };
  };

  return {
    /** Brings the copy up to date. Errors of the disk are faults; those of the database are thrown. */
    async pass(): Promise<CopyPass> {
      try {
        return await prisma.$transaction(
          async (tx) =>
            (await isOnlyWriter(tx)) ? pass() : { added: 0, hasLost: false, faults: [] },
          { timeout: LONGEST_PASS_MS },
        );
      } catch (error) {
        const { data } = DiskError.safeParse(error);
        if (!data) throw error;
        const fault = createMessage("ledger.copy-not-written", { folder, why: data.code });
        return { added: 0, hasLost: false, faults: [fault] };
      }
    },
  };
}

/** Longest pass. The first one reads the whole copy. */
const LONGEST_PASS_MS = 600_000;

/** Takes the right to write until the transaction ends. False if another process has it, which then does the work. */
async function isOnlyWriter(tx: Pick<Db["prisma"], "$kysely">): Promise<boolean> {
  const { taken } = await selectRow(
    { db: tx },
    z.object({ taken: z.boolean() }),
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended('ledger/opt-out copy', 0)) AS taken`,
  );
  return taken;
}

const DiskError = z.object({ code: z.string(), syscall: z.string(), errno: z.number() });

const OptOutRow = z.object({
  position: z.number(),
  entryId: z.string(),
  organizationId: OrganizationId,
  hash: z.string(),
  acceptedAt: z.string(),
  e164: Phone.nullable(),
  /** Keyed hash of an erased number, in hex. */
  phoneKey: z.string().nullable(),
  generation: z.number(),
  scope: z.enum(["all", "seller", "purpose", "profiling"]).nullable(),
  sellerId: z.string().nullable(),
  purpose: z.string().nullable(),
  channel: z.string().nullable(),
  at: z.string().nullable(),
});

/** Loads the opt-outs at these positions of the log. The hash is computed from the entry as it is stored now. */
async function loadOptOuts(
  { prisma, keys }: Installation,
  from: number,
  end: number,
): Promise<CopiedOptOut[]> {
  const rows = await selectRows(
    { db: prisma },
    OptOutRow,
    sql`
    SELECT leaf_index::float8 AS position, entry_id AS "entryId", entry.organization_id AS "organizationId",
      encode(sha256('\\x00'::bytea || entry.leaf), 'hex') AS hash,
      to_char(accepted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "acceptedAt",
      phone.e164, encode(phone.phone_key, 'hex') AS "phoneKey", phone_key_generation() AS generation,
      opt_out.scope::text, opt_out.seller_id AS "sellerId", opt_out.purpose, opt_out.channel::text,
      to_char(opt_out.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
    FROM ledger.leaf AS place JOIN ledger.entry AS entry USING (entry_id)
    LEFT JOIN vault.statement AS stated USING (organization_id, entry_id)
    LEFT JOIN opt_out ON opt_out.organization_id = entry.organization_id AND opt_out.id = stated.about
    LEFT JOIN phone ON phone.organization_id = entry.organization_id AND phone.id = opt_out.phone_id
    WHERE place.log_id = ${LOG_ID} AND leaf_index >= ${BigInt(from)} AND leaf_index < ${BigInt(end)}
      AND entry.kind = 'opt-out.recorded'
    ORDER BY leaf_index`,
  );
  return Promise.all(
    rows.map(async ({ position, entryId, organizationId, hash, acceptedAt, ...row }) =>
      CopiedOptOutSchema.parse({
        position,
        entryId,
        organizationId,
        hash,
        acceptedAt,
        recovery: await toRecovery(keys, organizationId, row),
      }),
    ),
  );
}

type RecoveryRow = Omit<
  z.infer<typeof OptOutRow>,
  "position" | "entryId" | "organizationId" | "hash" | "acceptedAt"
>;

/** Writes the fields from which an opt-out can be recorded again. Null for a statement whose opt-out is not on record. */
async function toRecovery(
  keys: Keys,
  organizationId: OrganizationId,
  { e164, phoneKey, generation, ...optOut }: RecoveryRow,
): Promise<object | null> {
  if (optOut.scope === null || (e164 === null && phoneKey === null)) return null;
  const hashed =
    e164 === null
      ? phoneKey
      : Buffer.from(
          computePhoneKey(await keys.phoneSecret(organizationId, generation), e164),
        ).toString("hex");
  return { phoneKey: hashed, generation, ...optOut };
}
