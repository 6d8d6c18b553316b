import { CallId, MemberId, PhoneId, ViolationId } from "@ringfence/core/ids";
import { fromStoredMessage } from "@ringfence/core/platform/message";
import { Phone } from "@ringfence/core/people/phone";
import { Severity, StoredCause } from "@ringfence/core/calling/violation";
import { ServiceError, type TransactionContext, loadMemberNames } from "../../platform/internal.ts";

/** Fields to load for the call of a violation. */
const call = {
  include: { phone: { select: { e164: true } }, seller: { select: { name: true } } },
} as const;
export const violationRelations = { call } as const;

type Row = {
  id: string;
  call: {
    id: string;
    phoneId: string;
    purpose: string;
    at: Date;
    outcome: string | null;
    campaign: string | null;
    externalId: string | null;
    screeningId: string | null;
    recordedAt: Date;
    phone: { e164: string | null };
    seller: { name: string };
  } | null;
  /** Name of the campaign, if the violation is about a campaign and not about one call. */
  campaign: string | null;
  /** Start of the period that was counted, which ends at `at`; null for one call. */
  spanFrom: Date | null;
  at: Date;
  causes: unknown;
  rank: number;
  foundAt: Date;
  dueAt: Date;
  ownerId: string | null;
  closedAt: Date | null;
};

/** Converts violations, loaded with `violationRelations`, to what people see, in order. */
export async function toViolationViews(ctx: TransactionContext, rows: readonly Row[]) {
  const names = await loadMemberNames(
    ctx,
    rows.flatMap(({ ownerId }) => ownerId ?? []),
  );
  return rows.map(({ ownerId, rank, causes, call, ...row }) => ({
    id: ViolationId.parse(row.id),
    // The rank is the position in the list of severities, whose first is the gravest.
    severity: Severity.options[rank] ?? "grave",
    causes: StoredCause.array()
      .parse(causes)
      .map(({ message, ...cause }) => ({ ...cause, message: fromStoredMessage(message) })),
    call: call && toCallView(call),
    campaign: row.campaign,
    spanFrom: row.spanFrom,
    at: row.at,
    foundAt: row.foundAt,
    dueAt: row.dueAt,
    closedAt: row.closedAt,
    isOverdue: row.closedAt === null && row.dueAt < ctx.now,
    // A removed member still has a name. Only an id without a row has none.
    owner:
      ownerId === null ? null : { id: MemberId.parse(ownerId), name: names.get(ownerId) ?? null },
  }));
}

const toCallView = ({ phone, seller, ...call }: NonNullable<Row["call"]>) => ({
  id: CallId.parse(call.id),
  phoneId: PhoneId.parse(call.phoneId),
  /** Null if it was erased. */
  phone: phone.e164 === null ? null : Phone.parse(phone.e164),
  seller: seller.name,
  purpose: call.purpose,
  at: call.at,
  outcome: call.outcome,
  campaign: call.campaign,
  externalId: call.externalId,
  screeningId: call.screeningId,
  recordedAt: call.recordedAt,
});

export type ViolationView = Awaited<ReturnType<typeof toViolationViews>>[number];

/** The same error for a violation of another organization, so that nobody learns that it exists. */
export const violationNotFoundError = () =>
  new ServiceError("not-found", { key: "violation.not-found" });
