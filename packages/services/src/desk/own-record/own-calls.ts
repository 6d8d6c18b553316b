import { ReasonCode } from "@ringfence/core/calling/screening";
import { type TimelineCursor, writeCursor } from "@ringfence/core/desk/number";
import { CallId, type PhoneId } from "@ringfence/core/ids";
import { sql } from "kysely";
import { z } from "zod";
import { screeningOfCall } from "../../calling/screening/internal.ts";
import { type TransactionContext, selectRows } from "../../platform/internal.ts";

/** A call as the called person may see it. */
export type OwnCall = {
  id: CallId;
  at: Date;
  seller: string;
  purpose: string;
  outcome: string | null;
  /** Talk time. */
  seconds: number | null;
  /** Verdict of the screening before the call; `none` if the call was not screened. */
  check: "allowed" | "refused" | "none";
  /** Time at which the consent that allowed the call took effect; null without one. */
  consentSince: Date | null;
  /** Why the screening refused it. */
  reasons: readonly ReasonCode[];
};

const CallRow = z.object({
  id: CallId,
  at: z.date(),
  seller: z.string(),
  purpose: z.string(),
  outcome: z.string().nullable(),
  seconds: z.number().nullable(),
  verdict: z.enum(["allow", "refuse"]).nullable(),
  refusals: z.array(z.object({ reason: ReasonCode })).nullable(),
  since: z.coerce.date().nullable(),
});

type CallPage = { after?: TimelineCursor | undefined; limit: number };

/**
 * Lists calls to a phone, latest first, each with what the stored screening decided: nothing is judged again. A screening
 * of another phone, which a log may name by mistake, is left out.
 */
export async function listOwnCalls(
  ctx: TransactionContext,
  phoneId: PhoneId,
  { after, limit }: CallPage,
): Promise<{ calls: OwnCall[]; next: string | null }> {
  const isEarlier = after
    ? sql`(call.at, call.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
    : sql`true`;
  const rows = await selectRows(
    ctx,
    CallRow,
    sql`
    SELECT call.id, call.at, seller.name AS seller, call.purpose, call.outcome, call.seconds,
      screening.verdict::text AS verdict, screening.refusals, screening.checked #>> '{consent,since}' AS since
    FROM call
    JOIN seller ON seller.organization_id = call.organization_id AND seller.id = call.seller_id
    LEFT JOIN ${screeningOfCall} ON screening.phone_id = call.phone_id
    WHERE call.organization_id = ${ctx.organizationId}::uuid AND call.phone_id = ${phoneId}::uuid
      AND ${isEarlier}
    ORDER BY call.at DESC, call.id DESC LIMIT ${limit + 1}`,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    calls: shown.map(toOwnCall),
    next: last && rows.length > limit ? writeCursor(last) : null,
  };
}

const toOwnCall = ({ verdict, refusals, since, ...call }: z.infer<typeof CallRow>): OwnCall => ({
  ...call,
  check: verdict === null ? "none" : verdict === "allow" ? "allowed" : "refused",
  consentSince: verdict === "allow" ? since : null,
  reasons: verdict === "refuse" ? [...new Set((refusals ?? []).map(({ reason }) => reason))] : [],
});
