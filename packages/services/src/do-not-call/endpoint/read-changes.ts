import { campaignCallsPath } from "@ringfence/core/audience/campaign";
import { loadLaw } from "../../people/jurisdiction/internal.ts";
import { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import { listBooks, resolveAgeLimit } from "@ringfence/core/people/jurisdiction";
import { StoredMessage } from "@ringfence/core/platform/message";
import { Severity, StoredCause } from "@ringfence/core/calling/violation";
import type { TransactionContext } from "../../platform/internal.ts";
import { describeBursts } from "../burst/internal.ts";
import { findCoveredPhones, toScopeView } from "../opt-out/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import { toBlockedEditionView } from "../blocked-list/internal.ts";
import type { ClaimedDelivery } from "./message.ts";

type Change = Pick<ClaimedDelivery, "id" | "subjectId">;
/** Loads the data to send by the ids of their subjects. Subjects that are gone are left out. */
type SubjectReader = (
  ctx: TransactionContext,
  ids: string[],
) => Promise<[subjectId: string, data: object][]>;

/**
 * Loads the data to send by delivery id: what the receiver needs in order to act, and nothing more. Empty for a subject
 * that is gone, and for the first file of a dialer, whose subject is the endpoint.
 */
export async function readChanges(
  ctx: TransactionContext,
  deliveries: readonly ClaimedDelivery[],
): Promise<Map<string, object>> {
  const contents = new Map<string, object>();
  for (const event of EndpointEvent.options) {
    const changes: Change[] = deliveries.filter((delivery) => delivery.event === event);
    if (changes.length === 0) continue;
    const data = new Map(
      await readers[event](
        ctx,
        changes.map(({ subjectId }) => subjectId),
      ),
    );
    for (const { id, subjectId } of changes) contents.set(id, data.get(subjectId) ?? {});
  }
  return contents;
}

/**
 * `phones` are all phones that the opt-out covers, because it is the person's (contract 6). An erased phone
 * is null.
 */
const readOptOuts: SubjectReader = async (ctx, ids) => {
  const { db, organizationId } = ctx;
  const rows = await db.optOut.findMany({
    where: { organizationId, id: { in: ids } },
    include: { phone: { select: { e164: true } } },
  });
  const sellers = await loadSellers(ctx);
  const coveredPhones = await findCoveredPhones(ctx, ids);
  return rows.map(({ phone, ...row }) => [
    row.id,
    {
      id: row.id,
      phone: phone.e164,
      phones: coveredPhones.get(row.id) ?? [],
      scope: toScopeView(sellers, row),
      channel: row.channel,
      effectiveAt: row.at,
      reference: row.reference,
    },
  ]);
};

const readConsents: SubjectReader = async ({ db, organizationId }, ids) => {
  const rows = await db.consentEvent.findMany({
    where: { organizationId, id: { in: ids } },
    include: { phone: { select: { e164: true } }, seller: { select: { key: true } } },
  });
  return rows.map(({ phone, seller, ...row }) => [
    row.id,
    {
      id: row.consentId,
      phone: phone.e164,
      change: row.type,
      seller: seller.key,
      purposes: row.purposes,
      channels: row.channels,
      at: row.at,
      until: row.validUntil,
    },
  ]);
};

const readEditions: SubjectReader = async ({ db, organizationId }, ids) => {
  const rows = await db.registryEdition.findMany({
    where: { organizationId, id: { in: ids } },
    include: { registry: { select: { code: true } } },
  });
  return rows.map(({ registry, ...row }) => [
    row.id,
    {
      registry: registry.code,
      edition: row.number,
      listed: Number(row.listed),
      added: Number(row.added),
      removed: Number(row.removed),
      readAt: row.readAt,
    },
  ]);
};

/** `reason` is the key of the message that people see. */
const readAlerts: SubjectReader = async ({ db, organizationId, now }, ids) => {
  const books = listBooks(await loadLaw({ db, organizationId }));
  const rows = await db.registryAlert.findMany({
    where: { organizationId, id: { in: ids } },
    include: { registry: { select: { code: true, verifiedAt: true, maxAgeDays: true } } },
  });
  return rows.map(({ registry, ...row }) => [
    row.id,
    {
      id: row.id,
      registry: registry.code,
      alert: row.kind,
      reason: StoredMessage.parse(row.message).key,
      verifiedAt: registry.verifiedAt,
      limitDays: resolveAgeLimit(
        books,
        now.toISOString().slice(0, 10),
        registry.code,
        registry.maxAgeDays,
      ),
      since: row.since,
    },
  ]);
};

/** An erased phone is null. A violation of a campaign has no call, so `phone`, `call` and `seller` are null. */
const readViolations: SubjectReader = async ({ db, organizationId }, ids) => {
  const rows = await db.violation.findMany({
    where: { organizationId, id: { in: ids } },
    include: {
      call: { include: { phone: { select: { e164: true } }, seller: { select: { key: true } } } },
    },
  });
  return rows.map(({ call, ...row }) => [
    row.id,
    {
      id: row.id,
      severity: Severity.options[row.rank],
      causes: causesIn(row.causes),
      phone: call?.phone.e164 ?? null,
      call: call?.externalId ?? call?.id ?? null,
      seller: call?.seller.key ?? null,
      campaign: row.campaign ?? call?.campaign ?? null,
      at: row.at,
      dueAt: row.dueAt,
    },
  ]);
};

/**
 * Reads the steps of campaigns. `refused` of `reached` is set if the campaign paused itself. While it runs,
 * `calls` is the path at which its calls are fetched. There are no numbers or permits, which would expire
 * before the last attempt.
 */
const readSteps: SubjectReader = async ({ db, organizationId }, ids) => {
  const rows = await db.campaignStep.findMany({
    where: { organizationId, id: { in: ids } },
    include: { campaign: { select: { key: true, name: true } } },
  });
  return rows.map(({ id, act, state, at, details, campaign }) => [
    id,
    {
      campaign: campaign.key,
      name: campaign.name,
      change: act,
      state,
      at,
      calls: state === "running" ? campaignCallsPath(campaign.key) : null,
      ...Object(details),
    },
  ]);
};

/**
 * Reads where to fetch an edition of the blocked list. Contains no number. Editions whose changes are no longer
 * stored have no path for them.
 */
const readBlockedEditions: SubjectReader = async ({ db, organizationId }, ids) => {
  const rows = await db.blockedEdition.findMany({ where: { organizationId, id: { in: ids } } });
  // Editions are numbered from 1 without gaps, and their rows are never deleted.
  const last = await db.blockedEdition.count({ where: { organizationId } });
  return rows.map((row) => [row.id, toBlockedEditionView(row, last)]);
};

const causesIn = (causes: unknown) => [
  ...new Set(
    StoredCause.array()
      .parse(causes)
      .map(({ cause }) => cause),
  ),
];

const readers: Record<EndpointEvent, SubjectReader> = {
  "opt-out.recorded": readOptOuts,
  "opt-out.burst": describeBursts,
  "consent.changed": readConsents,
  "registry.updated": readEditions,
  "registry.alert": readAlerts,
  "violation.found": readViolations,
  "campaign.changed": readSteps,
  "blocked-list.changed": readBlockedEditions,
};
