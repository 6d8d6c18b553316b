import { sql } from "kysely";
import { z } from "zod";
import { ListCalls } from "@ringfence/core/calling/call";
import { CallId, PhoneId, ScreeningId, ViolationId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { daysBefore } from "@ringfence/core/platform/time";
import { query, selectRows, toLeastId, visibleSellerIds } from "../../platform/internal.ts";
import { screeningOfCall } from "../screening/internal.ts";

const Row = z.object({
  id: CallId,
  at: z.date(),
  phoneId: PhoneId,
  /** Null once the number was erased. */
  phone: Phone.nullable(),
  seller: z.string(),
  campaign: z.string().nullable(),
  dialer: z.string().nullable(),
  outcome: z.string().nullable(),
  seconds: z.int().nullable(),
  /** The screening of the call (`screeningOfCall`); null if there is none. */
  screeningId: ScreeningId.nullable(),
  /** Violation found in the call; null if none was found. */
  violationId: ViolationId.nullable(),
});
export type CallItem = z.infer<typeof Row>;

/** The last days that are listed if no span is asked for. */
const USUAL_DAYS = 30;

/**
 * Lists the calls of the actor's sellers, page by page, last recorded first, each with its screening and its violation. A
 * call is recorded after it was placed, and ids are in the order of recording.
 */
export const listCalls = query({
  name: "listCalls",
  action: "call.read",
  input: ListCalls,
  run: async (ctx, { campaign, dialer, from, until, after, limit }) => {
    const { db, organizationId } = ctx;
    const since = from ?? daysBefore(ctx.now, USUAL_DAYS);
    const sellers = visibleSellerIds(ctx.actor);
    const rows = await selectRows(
      { db },
      Row,
      sql`
      SELECT call.id, call.at, call.phone_id AS "phoneId", phone.e164 AS phone, seller.name AS seller,
        call.campaign, call.dialer, call.outcome, call.seconds, screening.id AS "screeningId",
        violation.id AS "violationId"
      FROM (
        SELECT * FROM call
        WHERE organization_id = ${organizationId}::uuid
          AND id >= ${toLeastId(since)}::uuid AND at >= ${since}::timestamptz
          AND (${until ?? null}::timestamptz IS NULL OR at < ${until ?? null}::timestamptz)
          AND (${campaign ?? null}::text IS NULL OR coalesce(campaign, '') = ${campaign ?? null}::text)
          AND (${dialer ?? null}::text IS NULL OR coalesce(dialer, '') = ${dialer ?? null}::text)
          AND (${sellers}::uuid[] IS NULL OR seller_id = ANY (${sellers}::uuid[]))
          AND (${after ?? null}::uuid IS NULL OR id < ${after ?? null}::uuid)
        ORDER BY id DESC LIMIT ${limit + 1}
      ) AS call
      JOIN seller ON seller.organization_id = call.organization_id AND seller.id = call.seller_id
      JOIN phone ON phone.organization_id = call.organization_id AND phone.id = call.phone_id
      LEFT JOIN ${screeningOfCall} ON true
      LEFT JOIN violation
        ON violation.organization_id = call.organization_id AND violation.call_id = call.id
      ORDER BY call.id DESC`,
    );
    const items = rows.slice(0, limit);
    return { items, since, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  },
  audit: ({ items }) => (items.length > 0 ? { listed: items.length } : null),
});
