import type { PhoneId, SellerId } from "@ringfence/core/ids";
import type { TimelineCursor, TimelineKind } from "@ringfence/core/people/timeline";
import type { TransactionContext } from "../../platform/context.ts";
import { EventRow } from "./timeline-event.ts";

/** Whose events, and for whose eyes. */
export type Span = {
  /** Consents and screenings are the phone's own. */
  phoneId: PhoneId;
  /** Refusals, suppressions and calls count for the person, whichever of their phones they name. */
  phoneIds: readonly PhoneId[];
  /** Null is all. */
  sellerIds: readonly SellerId[] | null;
};

/** Without `take` it is all that there is. */
type Page = { after: TimelineCursor | undefined; take?: number };

type Rows = { count: () => Promise<number>; read: (page: Page) => Promise<unknown[]> };

/** The events of a span, by kind. */
const rowsOf: Record<TimelineKind, (ctx: TransactionContext, span: Span) => Rows> = {
  consent({ db, organizationId }, { phoneId, sellerIds }) {
    const where = { organizationId, phoneId, ...ofSellers(sellerIds) };
    const include = { disclosure: { select: { version: true, language: true, text: true } } };
    return {
      count: () => db.consentEvent.count({ where }),
      read: (page) =>
        db.consentEvent.findMany({ where: before(where, page), include, ...firstOf(page) }),
    };
  },
  "opt-out"({ db, organizationId }, { phoneIds, sellerIds }) {
    const theirs = sellerIds && { OR: [{ sellerId: null }, { sellerId: { in: [...sellerIds] } }] };
    const where = { organizationId, phoneId: { in: [...phoneIds] }, ...theirs };
    const answers = { where: { isAccepted: true }, select: { answeredAt: true } };
    const include = { notes: { select: { text: true, recording: true } }, answers };
    return {
      count: () => db.optOut.count({ where }),
      read: (page) => db.optOut.findMany({ where: before(where, page), include, ...firstOf(page) }),
    };
  },
  suppression({ db, organizationId }, { phoneIds }) {
    const where = { organizationId, phoneId: { in: [...phoneIds] } };
    return {
      count: () => db.suppression.count({ where }),
      read: (page) => db.suppression.findMany({ where: before(where, page), ...firstOf(page) }),
    };
  },
  call({ db, organizationId }, { phoneIds, sellerIds }) {
    const where = { organizationId, phoneId: { in: [...phoneIds] }, ...ofSellers(sellerIds) };
    return {
      count: () => db.call.count({ where }),
      read: (page) => db.call.findMany({ where: before(where, page), ...firstOf(page) }),
    };
  },
  screening({ db, organizationId }, { phoneId, sellerIds }) {
    const where = { organizationId, phoneId, ...ofSellers(sellerIds) };
    return {
      count: () => db.screening.count({ where }),
      read: (page) => db.screening.findMany({ where: before(where, page), ...firstOf(page) }),
    };
  },
};

/** How many there are of a kind. */
export const countRows = (ctx: TransactionContext, kind: TimelineKind, span: Span) =>
  rowsOf[kind](ctx, span).count();

/** The first of a kind after a cursor, the latest first. */
export async function readRows(
  ctx: TransactionContext,
  kind: TimelineKind,
  span: Span,
  page: Page,
): Promise<EventRow[]> {
  const rows = await rowsOf[kind](ctx, span).read(page);
  return rows.map((row) => EventRow.parse({ ...Object(row), kind }));
}

const ofSellers = (sellerIds: Span["sellerIds"]) =>
  sellerIds && { sellerId: { in: [...sellerIds] } };

const before = <Where>(where: Where, { after }: Page) =>
  after === undefined
    ? where
    : { AND: [where, { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }] };

const latest: ({ at: "desc" } | { id: "desc" })[] = [{ at: "desc" }, { id: "desc" }];
const firstOf = ({ take }: Page) => ({ orderBy: latest, ...(take !== undefined && { take }) });
