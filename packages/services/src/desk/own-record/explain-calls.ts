import type { PhoneId } from "@ringfence/core/ids";
import { z } from "zod";
import type { TransactionContext } from "../../platform/context.ts";

/** A call, as the person who was called may know it. */
export type CallExplained = {
  id: string;
  at: Date;
  seller: string;
  purpose: string;
  outcome: string | null;
  /** What allowed it: since when the consent counted on which its screening rests. Null where none did. */
  consentSince: Date | null;
  /** Whether it was screened before it was placed. */
  isScreened: boolean;
};

const MOST_CALLS = 20;

const Checked = z.object({ consent: z.object({ since: z.coerce.date() }) });

/** The latest calls to a phone, and on what each of them rested. */
export async function explainCalls(
  { db, organizationId }: TransactionContext,
  phoneId: PhoneId,
): Promise<CallExplained[]> {
  const calls = await db.call.findMany({
    where: { organizationId, phoneId },
    include: { seller: true },
    orderBy: { at: "desc" },
    take: MOST_CALLS,
  });
  const ids = calls.flatMap(({ screeningId }) => screeningId ?? []);
  const screenings = await db.screening.findMany({
    where: { organizationId, id: { in: ids }, phoneId },
    select: { id: true, checked: true },
  });
  const known = new Map(screenings.map(({ id, checked }) => [id, Checked.safeParse(checked).data]));
  return calls.map(({ id, at, seller, purpose, outcome, screeningId }) => ({
    id,
    at,
    seller: seller.name,
    purpose,
    outcome,
    consentSince: known.get(screeningId ?? "")?.consent.since ?? null,
    isScreened: screeningId !== null,
  }));
}
