import { sql } from "kysely";
import { z } from "zod";
import { ListScreenings, ReasonCode, ScreenedVerdict } from "@ringfence/core/calling/screening";
import { PhoneId, ScreeningId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { daysBefore } from "@ringfence/core/platform/time";
import { query, selectRows, toLeastId, visibleSellerIds } from "../../platform/internal.ts";

const Row = z.object({
  id: ScreeningId,
  at: z.date(),
  phoneId: PhoneId.nullable(),
  /** Null if what was sent is no number, and once it was erased. */
  phone: Phone.nullable(),
  seller: z.string(),
  purpose: z.string(),
  campaign: z.string().nullable(),
  verdict: ScreenedVerdict,
  /** Reasons of a refusal, each once, in alphabetical order; empty for an allowed call. */
  reasons: z.array(ReasonCode),
});
export type ScreeningItem = z.infer<typeof Row>;

/** The last days that are listed if no span is asked for. */
const USUAL_DAYS = 30;
/** The id of a screening is made within seconds of the time for which it was judged, and ids are in order of time. */
const MARGIN_MS = 60_000;

/** Lists the live screenings of the actor's sellers, without rows of scrubs, page by page, the latest first. */
export const listScreenings = query({
  name: "listScreenings",
  action: "screening.list",
  input: ListScreenings,
  run: async (ctx, { verdict, reason, from, until, after, limit }) => {
    const { db, organizationId } = ctx;
    const since = from ?? daysBefore(ctx.now, USUAL_DAYS);
    const sellers = visibleSellerIds(ctx.actor);
    const rows = await selectRows(
      { db },
      Row,
      sql`
      SELECT screening.id, at, phone_id AS "phoneId", phone.e164 AS phone, seller.name AS seller,
        purpose, campaign, verdict::text,
        ARRAY(SELECT DISTINCT refusal ->> 'reason' FROM jsonb_array_elements(refusals) AS refusal ORDER BY 1) AS reasons
      FROM screening
      JOIN seller ON seller.organization_id = screening.organization_id AND seller.id = seller_id
      LEFT JOIN phone ON phone.organization_id = screening.organization_id AND phone.id = phone_id
      WHERE screening.organization_id = ${organizationId}::uuid
        AND screening.id >= ${toLeastId(new Date(since.getTime() - MARGIN_MS))}::uuid
        AND at >= ${since}::timestamptz
        AND (${until ?? null}::timestamptz IS NULL OR at < ${until ?? null}::timestamptz)
        AND (${verdict ?? null}::text IS NULL OR verdict::text = ${verdict ?? null}::text)
        AND (${reason ?? null}::text IS NULL
          OR refusals @> jsonb_build_array(jsonb_build_object('reason', ${reason ?? null}::text)))
        AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))
        AND (${after ?? null}::uuid IS NULL OR screening.id < ${after ?? null}::uuid)
      ORDER BY screening.id DESC LIMIT ${limit + 1}`,
    );
    const items = rows.slice(0, limit);
    return { items, since, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});
