import type { OrganizationId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import { sql } from "kysely";
import { z } from "zod";
import { selectRows } from "../../platform/internal.ts";

/** How much heavy work of an organization one process runs at once; null: as much as the process allows. */
export type HeavyLimits = { requests: number | null; jobs: number | null };

const none: HeavyLimits = { requests: null, jobs: null };

const LimitRow = z.object({
  id: z.string(),
  requests: z.int().nullable(),
  jobs: z.int().nullable(),
});

/** Time after which limits are read again, so that a change by the operator takes effect. */
const FRESH_MS = 5_000;

type ReaderOptions = {
  /** A clock that never goes back, in milliseconds. */
  now: () => number;
  /** Called when the limits could not be read. Those that were read last then stay. */
  report: (error: unknown) => void;
};

/**
 * Creates a function that resolves to a look-up of limits by organization. It reads the limits of all organizations that
 * have any, in one statement and at most every five seconds. Call it for heavy work only, so that refusals and single
 * screenings never wait for it. For programs: it crosses organizations. It never throws.
 */
export function createHeavyLimitsReader(db: Pick<Db, "prisma">, { now, report }: ReaderOptions) {
  let limits: ReadonlyMap<string, HeavyLimits> = new Map();
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;

  async function read() {
    try {
      const rows = await selectRows(
        { db: db.prisma },
        LimitRow,
        sql`
        SELECT id, heavy_requests AS requests, heavy_jobs AS jobs FROM organization
        WHERE heavy_requests IS NOT NULL OR heavy_jobs IS NOT NULL`,
      );
      limits = new Map(rows.map(({ id, ...row }) => [id, row]));
    } catch (error) {
      report(error);
    }
    readAt = now();
    reading = null;
  }

  return async (): Promise<(organizationId: string) => HeavyLimits> => {
    if (now() - readAt >= FRESH_MS) await (reading ??= read());
    return (organizationId) => limits.get(organizationId) ?? none;
  };
}
export type HeavyLimitsReader = ReturnType<typeof createHeavyLimitsReader>;

/**
 * Sets limits of an organization, each of 1 or more; null removes one, and one that is left out stays. For the operator.
 * Returns false if there is no organization of this ID.
 */
export async function setHeavyLimits(
  { prisma }: Pick<Db, "prisma">,
  id: OrganizationId,
  { requests, jobs }: { [Limit in keyof HeavyLimits]?: HeavyLimits[Limit] | undefined },
): Promise<boolean> {
  const data = {
    ...(requests !== undefined && { heavyRequests: requests }),
    ...(jobs !== undefined && { heavyJobs: jobs }),
  };
  const { count } = await prisma.organization.updateMany({ where: { id }, data });
  return count > 0;
}
