import { sql } from "kysely";
import { z } from "zod";
import type { PhoneId } from "@ringfence/core/ids";
import { LineType } from "@ringfence/core/people/phone";
import type { ReassignedAnswer } from "@ringfence/core/calling/screening";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";

/** Look-ups about a phone: its line type, and whether the number was reassigned. */
export type PhoneLookup = {
  /** Null: the numbering plan decides. */
  lineType: LineType | null;
  /** When its line type was looked up; null if it never was. */
  lineTypeAt: Date | null;
  /** The latest answer of the Reassigned Numbers Database; null if there is none yet. */
  reassigned: (Omit<ReassignedAnswer, "consentDate"> & { consentDay: string }) | null;
};

/** The look-ups of a phone about which nothing was looked up. */
export const noLookup: PhoneLookup = { lineType: null, lineTypeAt: null, reassigned: null };

/** The columns of the answer are null together. */
const LookupRow = z
  .object({ id: z.string(), lineType: LineType.nullable(), lineTypeAt: z.date().nullable() })
  .and(
    z.union([
      z.object({ answer: z.null() }),
      z.object({
        answer: z.enum(["yes", "no", "no_data"] satisfies ReassignedAnswer["answer"][]),
        consentDay: z.string(),
        askedAt: z.date(),
        at: z.date(),
      }),
    ]),
  );

/** Loads the look-ups of several phones, by id. Phones that are not on record are missing. */
export async function loadPhoneLookups(
  { db, organizationId }: TransactionContext,
  phoneIds: readonly string[],
): Promise<Map<string, PhoneLookup>> {
  const rows = await selectRows(
    { db },
    LookupRow,
    sql`
    SELECT phone.id, line_type AS "lineType", line_type_at AS "lineTypeAt", latest.*
    FROM phone LEFT JOIN LATERAL (
      SELECT answer, consent_date::text AS "consentDay", asked_at AS "askedAt", recorded_at AS at
      FROM reassigned_answer
      WHERE organization_id = phone.organization_id AND phone_id = phone.id
      ORDER BY recorded_at DESC, reassigned_answer.id DESC LIMIT 1
    ) latest ON true
    WHERE phone.organization_id = ${organizationId}::uuid AND phone.id = ANY (${[...phoneIds]}::uuid[])`,
  );
  return new Map(
    rows.map(({ id, lineType, lineTypeAt, ...asked }) => [
      id,
      { lineType, lineTypeAt, reassigned: asked.answer === null ? null : asked },
    ]),
  );
}

export const loadPhoneLookup = async (
  ctx: TransactionContext,
  phoneId: PhoneId,
): Promise<PhoneLookup> => (await loadPhoneLookups(ctx, [phoneId])).get(phoneId) ?? noLookup;
