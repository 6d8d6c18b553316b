import type { PhoneId } from "@ringfence/core/ids";
import { LineType } from "@ringfence/core/people/phone";
import type { ReassignedAnswer } from "@ringfence/core/calling/screening";
import type { TransactionContext } from "../../platform/internal.ts";

/** Look-ups about a phone: its line type, and whether the number was reassigned. */
export type PhoneLookup = {
  /** Null: the numbering plan decides. */
  lineType: LineType | null;
  lineTypeAt: Date | null;
  /** The latest answer; null if nobody asked. */
  reassigned: (Omit<ReassignedAnswer, "consentDate"> & { consentDay: string }) | null;
};

export const noLookup: PhoneLookup = { lineType: null, lineTypeAt: null, reassigned: null };

/** Loads the look-ups of several phones. */
export async function loadPhoneLookups(
  { db, organizationId }: TransactionContext,
  phoneIds: readonly string[],
): Promise<Map<string, PhoneLookup>> {
  const rows = await db.$queryRaw<
    {
      id: string;
      lineType: string | null;
      lineTypeAt: Date | null;
      answer: ReassignedAnswer["answer"] | null;
      consentDay: string;
      askedAt: Date;
      at: Date;
    }[]
  >`
    SELECT phone.id, line_type AS "lineType", line_type_at AS "lineTypeAt", latest.*
    FROM phone LEFT JOIN LATERAL (
      SELECT answer, consent_date::text AS "consentDay", asked_at AS "askedAt", recorded_at AS at
      FROM reassigned_answer
      WHERE organization_id = phone.organization_id AND phone_id = phone.id
      ORDER BY recorded_at DESC, reassigned_answer.id DESC LIMIT 1
    ) latest ON true
    WHERE phone.organization_id = ${organizationId}::uuid AND phone.id = ANY (${[...phoneIds]}::uuid[])`;
  return new Map(
    rows.map(({ id, lineType, lineTypeAt, answer, ...asked }) => [
      id,
      {
        lineType: LineType.nullable().parse(lineType),
        lineTypeAt,
        reassigned: answer && { answer, ...asked },
      },
    ]),
  );
}

export const loadPhoneLookup = async (
  ctx: TransactionContext,
  phoneId: PhoneId,
): Promise<PhoneLookup> => (await loadPhoneLookups(ctx, [phoneId])).get(phoneId) ?? noLookup;
