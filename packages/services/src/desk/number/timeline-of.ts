import type { FindNumber } from "@ringfence/core/calling/screening";
import type { Phone } from "@ringfence/core/people/phone";
import { TimelineKind, latestFirst, writeCursor } from "@ringfence/core/people/timeline";
import type { PhoneId } from "@ringfence/core/ids";
import { type NamedActor, actorNames } from "../../platform/access/actor-names.ts";
import { sellersSeenBy } from "../../platform/access/sellers-seen-by.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import type { Person } from "../../people/phone/person-of.ts";
import type { EventRow } from "./timeline-event.ts";
import { type Span, countRows, readRows } from "./timeline-rows.ts";

/** What happened, with names where rows have ids. */
export type TimelineEvent = EventRow & Names;

type Names = {
  /** The name of the seller; null where it is of none. */
  seller: string | null;
  /** The person's other phone that it names, where it does not name this one. */
  otherPhone: Phone | null;
  by: NamedActor | null;
};

export type ConsentShown = TimelineEvent & { kind: "consent" };

/** More than a person gives to one organization, and than a page is the place for. */
const MAX_CONSENTS = 10;

export type Timeline = {
  /** The latest first. */
  events: readonly TimelineEvent[];
  /** What the next page begins after; null on the last. */
  next: string | null;
  counts: Readonly<Record<TimelineKind, number>>;
};

/** A page of what happened with a phone, and with the person's other phones where it counts for them. */
export async function timelineOf(
  ctx: TransactionContext,
  phoneId: PhoneId,
  { otherPhones }: Person,
  { kind, after, limit }: Pick<FindNumber, "kind" | "after" | "limit">,
): Promise<Timeline> {
  const span: Span = {
    phoneId,
    phoneIds: [phoneId, ...otherPhones.map(({ id }) => id)],
    sellerIds: sellersSeenBy(ctx.actor),
  };
  const counts = await countAll(ctx, span);
  const page = { after, take: limit + 1 };
  const kinds = kind ? [kind] : TimelineKind.options;
  const rows = await Promise.all(kinds.map((kind) => readRows(ctx, kind, span, page)));
  const found = rows.flat().toSorted(latestFirst);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: await named(ctx, shown, otherPhones),
    next: last && found.length > limit ? writeCursor(last) : null,
    counts,
  };
}

/** What the person agreed to lately, and took back, with the words that they were shown. */
export const latestConsents = async (
  ctx: TransactionContext,
  phoneId: PhoneId,
): Promise<readonly ConsentShown[]> => consentsOf(ctx, phoneId, { take: MAX_CONSENTS });

/** The same, and besides the last word of each of the consents that are named, however long ago it was. */
export async function latestConsentsAnd(
  ctx: TransactionContext,
  phoneId: PhoneId,
  named: ReadonlySet<string>,
): Promise<readonly ConsentShown[]> {
  const all = await consentsOf(ctx, phoneId, {});
  const lastWords = new Map(all.toReversed().map(({ id, consentId }) => [consentId, id]));
  return all.filter(
    ({ id, consentId }, index) =>
      index < MAX_CONSENTS || (named.has(consentId) && lastWords.get(consentId) === id),
  );
}

async function consentsOf(ctx: TransactionContext, phoneId: PhoneId, page: { take?: number }) {
  const span = { phoneId, phoneIds: [phoneId], sellerIds: sellersSeenBy(ctx.actor) };
  const rows = await readRows(ctx, "consent", span, { after: undefined, ...page });
  const events = await named(ctx, rows, []);
  return events.filter((event) => event.kind === "consent");
}

async function countAll(ctx: TransactionContext, span: Span) {
  const count = (kind: TimelineKind) => countRows(ctx, kind, span);
  return {
    consent: await count("consent"),
    "opt-out": await count("opt-out"),
    suppression: await count("suppression"),
    call: await count("call"),
    screening: await count("screening"),
  };
}

async function named(
  ctx: TransactionContext,
  rows: readonly EventRow[],
  otherPhones: Person["otherPhones"],
): Promise<TimelineEvent[]> {
  const sellers = new Map((await sellersOf(ctx)).map(({ id, name }) => [id, name]));
  const nameOf = await actorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  return rows.map((row) => {
    const sellerId = "sellerId" in row ? row.sellerId : null;
    return {
      ...row,
      seller: (sellerId && sellers.get(sellerId)) ?? null,
      otherPhone: otherPhones.find(({ id }) => id === row.phoneId)?.phone ?? null,
      by: nameOf(row.actor),
    };
  });
}
