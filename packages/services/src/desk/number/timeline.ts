import { type FindNumber, ReasonCode } from "@ringfence/core/calling/screening";
import { Channel, type Phone } from "@ringfence/core/people/phone";
import {
  type TimelineCursor,
  TimelineKind,
  latestFirst,
  writeCursor,
} from "@ringfence/core/people/timeline";
import { PhoneId, SellerId } from "@ringfence/core/ids";
import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
  visibleSellerIds,
} from "../../platform/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import type { Person } from "../../people/phone/internal.ts";
import { ConsentEventType, EventSource } from "@ringfence/core/consents/consent";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { Dialer } from "@ringfence/core/account/organization";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { z } from "zod";

/** An event with names instead of ids. */
export type TimelineEvent = EventRow & EventNames;

type EventNames = {
  /** Name of the seller; null if it concerns none. */
  seller: string | null;
  /** The person's other phone, if the event concerns that one. */
  otherPhone: Phone | null;
  by: NamedActor | null;
};

export type ConsentView = TimelineEvent & { kind: "consent" };

/** More than a person usually gives to one organization. */
const MAX_CONSENTS = 10;

export type Timeline = {
  /** Latest first. */
  events: readonly TimelineEvent[];
  /** Cursor of the next page; null on the last. */
  next: string | null;
  counts: Readonly<Record<TimelineKind, number>>;
};

/** Reads a page of a phone's history, with events of the person's other phones that count for them. */
export async function readTimeline(
  ctx: TransactionContext,
  phoneId: PhoneId,
  { otherPhones }: Person,
  { kind, after, limit }: Pick<FindNumber, "kind" | "after" | "limit">,
): Promise<Timeline> {
  const span: TimelineScope = {
    phoneId,
    phoneIds: [phoneId, ...otherPhones.map(({ id }) => id)],
    sellerIds: visibleSellerIds(ctx.actor),
  };
  const counts = await countByKind(ctx, span);
  const page = { after, take: limit + 1 };
  const kinds = kind ? [kind] : TimelineKind.options;
  const rows = await Promise.all(kinds.map((kind) => readEvents(ctx, kind, span, page)));
  const found = rows.flat().toSorted(latestFirst);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    events: await addNames(ctx, shown, otherPhones),
    next: last && found.length > limit ? writeCursor(last) : null,
    counts,
  };
}

/** Reads the person's latest consents and withdrawals, with the words that they were shown. */
export const readLatestConsents = async (
  ctx: TransactionContext,
  phoneId: PhoneId,
): Promise<readonly ConsentView[]> => readConsents(ctx, phoneId, { take: MAX_CONSENTS });

/** Reads the same and, in addition, the latest event of each named consent, however old. */
export async function readLatestAndNamedConsents(
  ctx: TransactionContext,
  phoneId: PhoneId,
  named: ReadonlySet<string>,
): Promise<readonly ConsentView[]> {
  const all = await readConsents(ctx, phoneId, {});
  const lastWords = new Map(all.toReversed().map(({ id, consentId }) => [consentId, id]));
  return all.filter(
    ({ id, consentId }, index) =>
      index < MAX_CONSENTS || (named.has(consentId) && lastWords.get(consentId) === id),
  );
}

async function readConsents(ctx: TransactionContext, phoneId: PhoneId, page: { take?: number }) {
  const span = { phoneId, phoneIds: [phoneId], sellerIds: visibleSellerIds(ctx.actor) };
  const rows = await readEvents(ctx, "consent", span, { after: undefined, ...page });
  const events = await addNames(ctx, rows, []);
  return events.filter((event) => event.kind === "consent");
}

async function countByKind(ctx: TransactionContext, span: TimelineScope) {
  const count = (kind: TimelineKind) => countEvents(ctx, kind, span);
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

/** Whose events to read, and which of them the actor may see. */
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
  (ctx: TransactionContext, span: TimelineScope) => RowReader
> = {
  consent({ db, organizationId }, { phoneId, sellerIds }) {
    const where = { organizationId, phoneId, ...filterBySellers(sellerIds) };
    const include = { disclosure: { select: { version: true, language: true, text: true } } };
    return {
      count: () => db.consentEvent.count({ where }),
      read: (page) =>
        db.consentEvent.findMany({ where: beforeCursor(where, page), include, ...toPage(page) }),
    };
  },
  "opt-out"({ db, organizationId }, { phoneIds, sellerIds }) {
    const theirs = sellerIds && { OR: [{ sellerId: null }, { sellerId: { in: [...sellerIds] } }] };
    const where = { organizationId, phoneId: { in: [...phoneIds] }, ...theirs };
    const answers = { where: { isAccepted: true }, select: { answeredAt: true } };
    const include = { notes: { select: { text: true, recording: true } }, answers };
    return {
      count: () => db.optOut.count({ where }),
      read: (page) =>
        db.optOut.findMany({ where: beforeCursor(where, page), include, ...toPage(page) }),
    };
  },
  suppression({ db, organizationId }, { phoneIds }) {
    const where = { organizationId, phoneId: { in: [...phoneIds] } };
    return {
      count: () => db.suppression.count({ where }),
      read: (page) =>
        db.suppression.findMany({ where: beforeCursor(where, page), ...toPage(page) }),
    };
  },
  call({ db, organizationId }, { phoneIds, sellerIds }) {
    const where = { organizationId, phoneId: { in: [...phoneIds] }, ...filterBySellers(sellerIds) };
    return {
      count: () => db.call.count({ where }),
      read: (page) => db.call.findMany({ where: beforeCursor(where, page), ...toPage(page) }),
    };
  },
  screening({ db, organizationId }, { phoneId, sellerIds }) {
    const where = { organizationId, phoneId, ...filterBySellers(sellerIds) };
    return {
      count: () => db.screening.count({ where }),
      read: (page) => db.screening.findMany({ where: beforeCursor(where, page), ...toPage(page) }),
    };
  },
};

/** Counts the events of a kind. */
const countEvents = (ctx: TransactionContext, kind: TimelineKind, span: TimelineScope) =>
  rowReaders[kind](ctx, span).count();

/** Reads events of a kind after a cursor, latest first. */
async function readEvents(
  ctx: TransactionContext,
  kind: TimelineKind,
  span: TimelineScope,
  page: Page,
): Promise<EventRow[]> {
  const rows = await rowReaders[kind](ctx, span).read(page);
  return rows.map((row) => EventRow.parse({ ...Object(row), kind }));
}

const filterBySellers = (sellerIds: TimelineScope["sellerIds"]) =>
  sellerIds && { sellerId: { in: [...sellerIds] } };

const beforeCursor = <Where>(where: Where, { after }: Page) =>
  after === undefined
    ? where
    : { AND: [where, { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }] };

const latestOrder: ({ at: "desc" } | { id: "desc" })[] = [{ at: "desc" }, { id: "desc" }];
const toPage = ({ take }: Page) => ({ orderBy: latestOrder, ...(take !== undefined && { take }) });

/** Calls have no actor. The dialer's log reported them. */
const EventBase = z.object({
  id: z.uuid(),
  at: z.date(),
  phoneId: PhoneId,
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
  /** Set if two officers corrected it, because it was another person's. */
  answers: z.array(z.object({ answeredAt: z.date() })),
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
