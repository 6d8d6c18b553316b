import { isAgainst, responseOf, type Share, wilson } from "@ringfence/core/audience/campaign";
import type { TransactionContext } from "../../platform/context.ts";
import type { KnownCampaign } from "./plan-of.ts";

const DAYS = 180;

export type Forecast = {
  /** Calls of the last 180 days on which it rests: of this seller about this purpose. */
  calls: number;
  reached: Share;
  /** Of calls, each with its interval: who refused the offer or calls, and who complained. */
  refused: Share;
  complained: Share;
};

type Row = { outcome: string | null; calls: number; complained: number };

/** What the calls of an organization came to lately: the best guess at what the next will come to. */
export async function forecastOf(
  { db, organizationId, now }: TransactionContext,
  { sellerId }: KnownCampaign,
  purpose: string,
): Promise<Forecast> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT outcome, count(*)::int AS calls,
      count(*) FILTER (WHERE EXISTS (
        SELECT FROM complaint WHERE complaint.organization_id = call.organization_id
          AND complaint.call_id = call.id))::int AS complained
    FROM call
    WHERE organization_id = ${organizationId}::uuid AND seller_id = ${sellerId}::uuid
      AND purpose = ${purpose}
      AND at > ${now}::timestamptz - make_interval(days => ${DAYS}::int) AND at <= ${now}
    GROUP BY outcome`;
  const sum = (test: (row: Row) => boolean) =>
    rows.filter(test).reduce((all, { calls }) => all + calls, 0);
  const calls = sum(() => true);
  const isRefusal = ({ outcome }: Row) => isAgainst(responseOf(outcome));
  return {
    calls,
    reached: wilson(
      sum(({ outcome }) => responseOf(outcome) !== "none"),
      calls,
    ),
    refused: wilson(sum(isRefusal), calls),
    complained: wilson(
      rows.reduce((all, { complained }) => all + complained, 0),
      calls,
    ),
  };
}
