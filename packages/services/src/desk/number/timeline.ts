import { ReasonCode } from "@ringfence/core/calling/screening";
import { Channel, type Phone } from "@ringfence/core/people/phone";
import {
  type FindNumber,
  type TimelineCursor,
  TimelineKind,
  latestFirst,
  writeCursor,
} from "@ringfence/core/desk/number";
import { PhoneId, SellerId } from "@ringfence/core/ids";
import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { findCorrectedAt } from "../../do-not-call/opt-out/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import type { Person } from "../../people/phone/internal.ts";
import { ConsentEventType, EventSource } from "@ringfence/core/consents/consent";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { Dialer } from "@ringfence/core/account/organization";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { z } from "zod";

/**
 * An event with its ids and, in addition, the names of its seller and actor, and the other phone if it is
 * about one.
 */
export type TimelineEvent = EventRow & EventNames;

type EventNames = {
  /** Name of the seller; null if the event concerns no single seller, or the seller is unknown. */
  seller: string | null;
  /** The person's other phone, if the event concerns that one. */
  otherPhone: Phone | null;
  by: NamedActor | null;
};

export type ConsentEventView = TimelineEvent & { kind: "consent" };

/** Most consent events that the page shows. A person rarely has more with one organization. */
const MAX_CONSENT_EVENTS = 10;

export type Timeline = {
  /** Latest first. */
  events: readonly TimelineEvent[];
  /** Cursor of the next page; null on the last. */
  next: string | null;
  /** Counts of all events of each kind, whatever the page and the chosen kind. */
  counts: Readonly<Record<TimelineKind, number>>;
};

/**
 * Reads a page of a phone's history, with those events of the person's other phones that count for the person:
 * opt-outs, suppressions and calls.
 */
export async function readTimeline(
  ctx: TransactionContext,
  phoneId: PhoneId,
  { otherPhones }: Person,
  { kind, after, limit }: Pick<FindNumber, "kind" | "after" | "limit">,
): Promise<Timeline> {
  const scope: TimelineScope = {
    phoneId,
    phoneIds: [phoneId, ...otherPhones.map(({ id }) => id)],
    sellerIds: visibleSellerIds(ctx.actor),
  };
  const counts = await countByKind(ctx, scope);
  const page = { after, take: limit + 1 };
  const kinds = kind ? [kind] : TimelineKind.options;
  const rows = await Promise.all(kinds.map((kind) => readEvents(ctx, kind, scope, page)));
  const found = rows.flat().toSorted(latestFirst);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: await addNames(ctx, shown, otherPhones),
    next: last && found.length > limit ? writeCursor(last) : null,
    counts,
  };
}

/** Reads the latest consent events of one phone, at most 10, with the words that the person was shown. */
export const readLatestConsents = async (
  ctx: TransactionContext,
  phoneId: PhoneId,
): Promise<readonly ConsentEventView[]> => readConsents(ctx, phoneId, { take: MAX_CONSENT_EVENTS });

/** Reads all consent events of one phone, latest first, with the words that the person was shown. */
export const readAllConsents = async (
  ctx: TransactionContext,
  phoneId: PhoneId,
): Promise<readonly ConsentEventView[]> => readConsents(ctx, phoneId, {});

/**
 * Reads the latest consent events of one phone, at most 10 and, in addition, the latest event of each consent in
 * `consentIds`, however old it is.
 */
export async function readLatestAndNamedConsents(
  ctx: TransactionContext,
  phoneId: PhoneId,
  consentIds: ReadonlySet<string>,
): Promise<readonly ConsentEventView[]> {
  const all = await readAllConsents(ctx, phoneId);
  const latestEventByConsent = new Map(
    all.toReversed().map(({ id, consentId }) => [consentId, id]),
  );
  return all.filter(
    ({ id, consentId }, index) =>
      index < MAX_CONSENT_EVENTS ||
      (consentIds.has(consentId) && latestEventByConsent.get(consentId) === id),
  );
}

async function readConsents(ctx: TransactionContext, phoneId: PhoneId, page: { take?: number }) {
  const scope = { phoneId, phoneIds: [phoneId], sellerIds: visibleSellerIds(ctx.actor) };
  const rows = await readEvents(ctx, "consent", scope, { after: undefined, ...page });
  const events = await addNames(ctx, rows, []);
  return events.filter((event) => event.kind === "consent");
}

async function countByKind(ctx: TransactionContext, scope: TimelineScope) {
  const count = (kind: TimelineKind) => countEvents(ctx, kind, scope);
  return {
    consent: await count("consent"),
    "opt-out": await count("opt-out"),
    suppression: await count("suppression"),
    call: await count("call"),
    screening: await count("screening"),
  };
}

async function addNames(
  ctx: TransactionContext,
  rows: readonly EventRow[],
  otherPhones: Person["otherPhones"],
): Promise<TimelineEvent[]> {
  const sellers = new Map((await loadSellers(ctx)).map(({ id, name }) => [id, name]));
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  return rows.map((row) => {
    const sellerId = "sellerId" in row ? row.sellerId : null;
    return {
      ...row,
      seller: (sellerId && sellers.get(sellerId)) ?? null,
      otherPhone: otherPhones.find(({ id }) => id === row.phoneId)?.phone ?? null,
      by: nameActor(row.actor),
    };
  });
}

/** People whose events are read, and the limits of what the actor may see. */
type TimelineScope = {
  /** Consents and screenings count for this phone only. */
  phoneId: PhoneId;
  /** Opt-outs, suppressions and calls count for the person, so for all of their phones. */
  phoneIds: readonly PhoneId[];
  /** Null for all sellers. */
  sellerIds: readonly SellerId[] | null;
};

/** Reads everything if `take` is left out. */
type Page = { after: TimelineCursor | undefined; take?: number };

type RowReader = { count: () => Promise<number>; read: (page: Page) => Promise<unknown[]> };

/** Readers by kind of event. */
const rowReaders: Record<
  TimelineKind,
  (ctx: TransactionContext, scope: TimelineScope) => RowReader
> = {
  consent({ db, organizationId }, { phoneId, sellerIds }) {
    const where = { organizationId, phoneId, ...filterBySellers(sellerIds) };
    const include = { disclosure: { select: { version: true, language: true, text: true } } };
    return {
      count: () => db.consentEvent.count({ where }),
      read: (page) =>
        db.consentEvent.findMany({ where: olderThanCursor(where, page), include, ...toPage(page) }),
    };
  },
  "opt-out"(ctx, { phoneIds, sellerIds }) {
    const { db, organizationId } = ctx;
    const sellerFilter = sellerIds && {
      OR: [{ sellerId: null }, { sellerId: { in: [...sellerIds] } }],
    };
    const where = { organizationId, phoneId: { in: [...phoneIds] }, ...sellerFilter };
    const include = {
      notes: { select: { text: true, recording: true } },
      answers: { where: { isAccepted: true } },
    };
    return {
      count: () => db.optOut.count({ where }),
      async read(page) {
        const rows = await db.optOut.findMany({
          where: olderThanCursor(where, page),
          include,
          ...toPage(page),
        });
        return rows.map((row) => ({ ...row, correctedAt: findCorrectedAt(ctx, row) }));
      },
    };
  },
  suppression({ db, organizationId }, { phoneIds }) {
    const where = { organizationId, phoneId: { in: [...phoneIds] } };
    return {
      count: () => db.suppression.count({ where }),
      read: (page) =>
        db.suppression.findMany({ where: olderThanCursor(where, page), ...toPage(page) }),
    };
  },
  call({ db, organizationId }, { phoneIds, sellerIds }) {
    const where = { organizationId, phoneId: { in: [...phoneIds] }, ...filterBySellers(sellerIds) };
    return {
      count: () => db.call.count({ where }),
      read: (page) => db.call.findMany({ where: olderThanCursor(where, page), ...toPage(page) }),
    };
  },
  screening({ db, organizationId }, { phoneId, sellerIds }) {
    const where = { organizationId, phoneId, ...filterBySellers(sellerIds) };
    return {
      count: () => db.screening.count({ where }),
      read: (page) =>
        db.screening.findMany({ where: olderThanCursor(where, page), ...toPage(page) }),
    };
  },
};

/** Counts the events of a kind. */
const countEvents = (ctx: TransactionContext, kind: TimelineKind, scope: TimelineScope) =>
  rowReaders[kind](ctx, scope).count();

/** Reads the events of a kind that follow a cursor, which are older ones, latest first. */
async function readEvents(
  ctx: TransactionContext,
  kind: TimelineKind,
  scope: TimelineScope,
  page: Page,
): Promise<EventRow[]> {
  const rows = await rowReaders[kind](ctx, scope).read(page);
  return rows.map((row) => EventRow.parse({ ...Object(row), kind }));
}

const filterBySellers = (sellerIds: TimelineScope["sellerIds"]) =>
  sellerIds && { sellerId: { in: [...sellerIds] } };

const olderThanCursor = <Where>(where: Where, { after }: Page) =>
  after === undefined
    ? where
    : { AND: [where, { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }] };

const latestOrder: ({ at: "desc" } | { id: "desc" })[] = [{ at: "desc" }, { id: "desc" }];
const toPage = ({ take }: Page) => ({ orderBy: latestOrder, ...(take !== undefined && { take }) });

const EventBase = z.object({
  id: z.uuid(),
  at: z.date(),
  phoneId: PhoneId,
  /** Missing for calls, which come from the dialer's log. */
  actor: z.unknown().optional(),
});

const Consent = EventBase.extend({
  kind: z.literal("consent"),
  consentId: z.uuid(),
  type: ConsentEventType,
  sellerId: SellerId,
  purposes: z.array(PurposeKey),
  channels: z.array(Channel),
  source: EventSource,
  isWritten: z.boolean(),
  validUntil: z.date().nullable(),
  /** The words that the person saw. */
  disclosure: z.object({ version: z.int(), language: z.string(), text: z.string() }).nullable(),
});

const OptOut = EventBase.extend({
  kind: z.literal("opt-out"),
  scope: z.enum(["all", "seller", "purpose", "profiling"]),
  sellerId: SellerId.nullable(),
  purpose: PurposeKey.nullable(),
  channel: OptOutChannel,
  reference: z.string(),
  recordedAt: z.date(),
  notes: z.array(z.object({ text: z.string().nullable(), recording: z.string().nullable() })),
  /** Time at which two officers lifted the opt-out (`findCorrectedAt`); null if they did not. */
  correctedAt: z.date().nullable(),
});

const Suppression = EventBase.extend({
  kind: z.literal("suppression"),
  reason: SuppressionReason,
  until: z.date().nullable(),
});

const Call = EventBase.extend({
  kind: z.literal("call"),
  sellerId: SellerId,
  purpose: PurposeKey,
  outcome: z.string().nullable(),
  campaign: z.string().nullable(),
  screeningId: z.uuid().nullable(),
});

const Screening = EventBase.extend({
  kind: z.literal("screening"),
  sellerId: SellerId,
  purpose: PurposeKey,
  dialer: Dialer,
  campaign: z.string().nullable(),
  verdict: z.enum(["allow", "refuse"]),
  refusals: z.array(z.object({ reason: ReasonCode })),
  permitUntil: z.date().nullable(),
});

/** An event as stored, before names are added. */
const EventRow = z.discriminatedUnion("kind", [Consent, OptOut, Suppression, Call, Screening]);
type EventRow = z.infer<typeof EventRow>;
