import { query } from "../../platform/verb.ts";
import { z } from "zod";
import { ReassignedQueryId } from "@ringfence/core/ids";
import { NUMBERS_PER_FILE } from "./write-query.ts";

const PAGE = 20;

export type QueryView = {
  id: ReassignedQueryId;
  askedAt: Date;
  numbers: number;
  /** Into how many files it is divided. */
  files: number;
  yes: number;
  no: number;
  noData: number;
  /** When the last answer came; null before the first. */
  answeredAt: Date | null;
};

/** The queries that were made, the latest first. */
export const listQueries = query({
  name: "listQueries",
  action: "reassigned.read",
  input: z.custom<{ after?: ReassignedQueryId | undefined }>(),
  run: async (
    { db, organizationId },
    { after },
  ): Promise<{ queries: readonly QueryView[]; next: ReassignedQueryId | null }> => {
    const rows = await db.$queryRaw<(Omit<QueryView, "id" | "files"> & { id: string })[]>`
      SELECT id, asked_at AS "askedAt", numbers, told.*
      FROM reassigned_query AS query CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE answer = 'yes')::int AS yes,
          count(*) FILTER (WHERE answer = 'no')::int AS no,
          count(*) FILTER (WHERE answer = 'no_data')::int AS "noData",
          max(recorded_at) AS "answeredAt"
        FROM (
          SELECT DISTINCT ON (phone_id) answer, recorded_at FROM reassigned_answer
          WHERE organization_id = query.organization_id AND query_id = query.id
          ORDER BY phone_id, recorded_at DESC, id DESC
        ) last
      ) told
      WHERE organization_id = ${organizationId}::uuid
        AND (${after ?? null}::uuid IS NULL OR id < ${after ?? null}::uuid)
      ORDER BY id DESC LIMIT ${PAGE + 1}`;
    const shown = rows.slice(0, PAGE).map(({ id, ...row }) => ({
      ...row,
      id: ReassignedQueryId.parse(id),
      files: Math.ceil(row.numbers / NUMBERS_PER_FILE),
    }));
    return { queries: shown, next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null };
  },
  audit: "by run",
});
