import { type PersonHistory, resolveCallResults } from "@ringfence/core/audience/relevance";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";
import { findForgedCorrections, isUncorrected } from "../../proof/record/internal.ts";
import { withoutProfilingRefusers } from "./profiling.ts";
import { sql } from "kysely";
import { z } from "zod";
import { Attributes } from "@ringfence/core/people/contact";

/** Input for computing a person's chances. */
export type PersonFacts = PersonHistory & { id: string; ordinal: number };

const ContactFacts = z.object({ id: z.uuid(), ordinal: z.int(), attributes: Attributes });
const ActivityFacts = z.object({
  o: z.int(),
  type: z.string(),
  at: z.date(),
  amount: z.number().nullable(),
  category: z.string().nullable(),
  outcome: z.string().nullable(),
});
const CallEvent = z.object({
  o: z.int(),
  what: z.enum(["call", "opt-out", "complaint"]),
  at: z.date(),
  outcome: z.string().nullable(),
  offer: z.uuid().nullable(),
});

/** Loads what is known of people. Leaves out those who opted out of profiling or were erased. */
export async function loadPersonFacts(
  ctx: TransactionContext,
  ordinals: readonly number[],
): Promise<PersonFacts[]> {
  const contacts = await loadContacts(ctx, ordinals);
  const found = contacts.map(({ ordinal }) => ordinal);
  const activities = Map.groupBy(await loadActivities(ctx, found), ({ o }) => o);
  const ofPhones = Map.groupBy(await loadCallEvents(ctx, found), ({ o }) => o);
  return contacts.map((contact) => {
    const own = activities.get(contact.ordinal) ?? [];
    const byKind = Map.groupBy(ofPhones.get(contact.ordinal) ?? [], ({ what }) => what);
    const calls = resolveCallResults({
      calls: byKind.get("call") ?? [],
      outcomes: own.filter(({ type }) => type === "call-outcome"),
      optOuts: byKind.get("opt-out") ?? [],
      complaints: byKind.get("complaint") ?? [],
    });
    return { ...contact, activities: own, calls };
  });
}

async function loadContacts(ctx: TransactionContext, ordinals: readonly number[]) {
  const profiled = await withoutProfilingRefusers(ctx, ordinals);
  return selectRows(
    ctx,
    ContactFacts,
    sql`
    SELECT id, ordinal, attributes FROM contact
    WHERE organization_id = ${ctx.organizationId}::uuid AND ordinal = ANY (${profiled}::int[])
      AND erased_at IS NULL
    ORDER BY ordinal`,
  );
}

const loadActivities = (ctx: TransactionContext, ordinals: readonly number[]) =>
  selectRows(
    ctx,
    ActivityFacts,
    sql`
  SELECT contact_ordinal AS o, type, at, amount, category, properties->>'outcome' AS outcome
  FROM activity
  WHERE organization_id = ${ctx.organizationId}::uuid
    AND contact_ordinal = ANY (${[...ordinals]}::int[])
    AND type IN ('purchase', 'visit', 'call-outcome')`,
  );

/**
 * Loads calls to any of the people's phones, and opt-outs and complaints of these phones. A call has the offer that
 * was recorded for the person, or the campaign's only one. Without an offer, nothing is learned about offers.
 */
async function loadCallEvents(ctx: TransactionContext, ordinals: readonly number[]) {
  const forged = await findForgedCorrections(ctx);
  return selectRows(
    ctx,
    CallEvent,
    sql`
    WITH owner AS (
      SELECT contact_ordinal AS o, phone_id FROM contact_phone
      WHERE organization_id = ${ctx.organizationId}::uuid AND contact_ordinal = ANY (${[...ordinals]}::int[])
    )
    SELECT o, 'call' AS what, call.at, outcome,
      coalesce(handed.offer_id, (
        SELECT CASE WHEN count(*) = 1 THEN (array_agg(campaign_offer.offer_id))[1] END
        FROM campaign_offer WHERE campaign_offer.organization_id = campaign.organization_id
          AND campaign_offer.campaign_id = campaign.id)) AS offer
    FROM owner JOIN call USING (phone_id)
    LEFT JOIN campaign ON campaign.organization_id = call.organization_id
      AND campaign.key = call.campaign
    LEFT JOIN campaign_person AS handed ON handed.organization_id = campaign.organization_id
      AND handed.campaign_id = campaign.id AND handed.contact_ordinal = o
    WHERE call.organization_id = ${ctx.organizationId}::uuid
    UNION ALL
    SELECT o, 'opt-out', at, NULL, NULL FROM owner JOIN opt_out_known USING (phone_id)
    WHERE opt_out_known.organization_id = ${ctx.organizationId}::uuid AND ${isUncorrected("opt_out_known", forged)}
    UNION ALL
    SELECT o, 'complaint', received_at, NULL, NULL FROM owner JOIN complaint USING (phone_id)
    WHERE complaint.organization_id = ${ctx.organizationId}::uuid`,
  );
}
