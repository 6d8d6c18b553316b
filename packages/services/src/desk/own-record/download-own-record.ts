import type { ReasonCode } from "@ringfence/core/calling/screening";
import { type ConsentEventType, determineStandings } from "@ringfence/core/consents/consent";
import type { ComplaintDecision } from "@ringfence/core/desk/complaint";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";
import { ConsentId, type PhoneId } from "@ringfence/core/ids";
import type { Certificate } from "@ringfence/core/proof/ledger";
import type { CallPreferences } from "@ringfence/core/do-not-call/call-preference";
import { loadPreferences } from "../../do-not-call/call-preference/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadCountedEvents } from "../../consents/consent/internal.ts";
import {
  type ServiceContext,
  ServiceError,
  type TransactionContext,
  appendAudit,
  inTransaction,
  query,
  requirePerson,
  requirePersonPhone,
  requirePhone,
} from "../../platform/internal.ts";
import { certifyWithoutChain } from "../../proof/certificate/internal.ts";
import { readLogPolicy } from "../../proof/ledger/internal.ts";
import { readAllConsents } from "../number/internal.ts";
import { listOwnCalls } from "./own-calls.ts";
import { listOwnComplaints, listOwnOptOuts, listStandingConsents } from "./read-own-record.ts";

/**
 * A person's record as a file (contract 17). Times are UTC. It contains what `/my` shows, but all of it (10,000 calls
 * at most), not only the latest. As the number may have been somebody else's before, it has nobody's name, and no notes
 * of staff.
 */
export type OwnRecordFile = {
  format: "ringfence/own-record@v1";
  organization: string;
  createdAt: Date;
  /** IANA name of the organization's zone. */
  zone: string;
  phone: string | null;
  consents: readonly OwnConsentEntry[];
  optOuts: readonly OwnOptOutEntry[];
  /** What they chose about calls to this phone. A call has to keep all of it. */
  preferences: readonly (CallPreferences & { since: Date })[];
  calls: readonly OwnCallEntry[];
  /** True if there are more than 10,000 calls: then these are the latest. */
  hasMoreCalls: boolean;
  complaints: readonly {
    receivedAt: Date;
    dueAt: Date;
    decidedAt: Date | null;
    decision: ComplaintDecision | null;
  }[];
};

type NamedPurpose = { key: string; name: string };

/**
 * A certificate that `/verify` accepts; null if it is older than the ledger, or for all but the latest 50 of a list.
 */
type Proven = { certificate: Certificate | null };

type OwnConsentEntry = Proven & {
  id: string;
  event: ConsentEventType;
  at: Date;
  seller: string | null;
  purposes: readonly NamedPurpose[];
  channels: readonly string[];
  validUntil: Date | null;
  /** True if the consent is given and has not ended, whatever opt-outs say. */
  isInForce: boolean;
  /** The text that the person was shown. */
  words: { language: string; text: string } | null;
};

type OwnOptOutEntry = Proven & {
  reference: string;
  at: Date;
  scope: OptOutScope["scope"];
  /** The seller's name or the purpose's key, if it concerns one. */
  name: string | null;
  correctedAt: Date | null;
};

type OwnCallEntry = {
  id: string;
  at: Date;
  seller: string;
  purpose: NamedPurpose;
  outcome: string | null;
  seconds: number | null;
  check: "allowed" | "refused" | "none";
  consentSince: Date | null;
  reasons: readonly ReasonCode[];
};

/** People with thousands of calls ask rarely, and a file that breaks off is worse than one that takes long. */
const TIMEOUT_MS = 30_000;
const MAX_CALLS = 10_000;
/** Each takes several queries, in the transaction of the download. */
const MAX_CERTIFICATES = 50;

/** Throws if the record was opened by a code read aloud: the member who read it could take the file (decision 80). */
export function assertMayTakeFile(ctx: Pick<ServiceContext, "actor">) {
  if (requirePerson(ctx).code === "spoken") {
    throw new ServiceError("forbidden", { key: "own-record.no-file" });
  }
}

/** Reads everything that a person sees of themselves, with proofs, for a file that they keep. */
export const downloadOwnRecord = query({
  name: "downloadOwnRecord",
  action: "own-record.read",
  transaction: "by run",
  run: async (ctx): Promise<OwnRecordFile> => {
    assertMayTakeFile(ctx);
    const policy = await readLogPolicy(ctx.db);
    return inTransaction(
      ctx,
      async (ctx) => {
        const { db, organizationId, now } = ctx;
        const phoneId = requirePersonPhone(ctx);
        await requirePhone(ctx, phoneId);
        await appendAudit(ctx, "own-record.read", { phoneId, isDownload: true });
        const { name, zone } = await db.organization.findUniqueOrThrow({
          where: { id: organizationId },
        });
        const phone = await db.phone.findFirst({ where: { organizationId, id: phoneId } });
        const namePurpose = await loadPurposeNames(ctx);
        const { calls, next } = await listOwnCalls(ctx, phoneId, { limit: MAX_CALLS });
        return {
          format: "ringfence/own-record@v1",
          organization: name,
          createdAt: now,
          zone,
          phone: phone?.e164 ?? null,
          consents: await listConsentEntries(ctx, phoneId, { policy, namePurpose }),
          optOuts: await listOptOutEntries(ctx, phoneId, policy),
          preferences: (await loadPreferences(ctx, [phoneId])).map(
            ({ since, hours, refusedDialers }) => ({ since, hours, refusedDialers }),
          ),
          calls: calls.map((call) => ({ ...call, purpose: namePurpose(call.purpose) })),
          hasMoreCalls: next !== null,
          complaints: (await listOwnComplaints(ctx, phoneId)).map(
            ({ receivedAt, dueAt, decidedAt, decision }) => ({
              receivedAt,
              dueAt,
              decidedAt,
              decision,
            }),
          ),
        };
      },
      { timeoutMs: TIMEOUT_MS },
    );
  },
  // The phone is the actor's, not part of the input.
  audit: "by run",
});

async function loadPurposeNames(ctx: TransactionContext) {
  const names = new Map((await loadPurposes(ctx)).map(({ key, name }) => [key, name]));
  return (key: string): NamedPurpose => ({ key, name: names.get(key) ?? key });
}

async function listConsentEntries(
  ctx: TransactionContext,
  phoneId: PhoneId,
  { policy, namePurpose }: { policy: string; namePurpose: (key: string) => NamedPurpose },
): Promise<OwnConsentEntry[]> {
  const inForce = await findConsentsInForce(ctx, phoneId);
  const entries: OwnConsentEntry[] = [];
  for (const [index, event] of (await readAllConsents(ctx, phoneId)).entries()) {
    const { id, consentId, type, at, seller, purposes, channels, validUntil, disclosure } = event;
    entries.push({
      id: consentId,
      event: type,
      at,
      seller,
      purposes: purposes.map(namePurpose),
      channels,
      validUntil,
      isInForce: inForce.has(ConsentId.parse(consentId)),
      words: disclosure && { language: disclosure.language, text: disclosure.text },
      certificate: index < MAX_CERTIFICATES ? await certify(ctx, policy, id) : null,
    });
  }
  return entries;
}

/**
 * Finds the consents of a phone that are given and were not withdrawn, invalidated or forged, and have not expired. One
 * without purposes, such as a consent to data processing, ends only by a withdrawal.
 */
async function findConsentsInForce(
  ctx: TransactionContext,
  phoneId: PhoneId,
): Promise<ReadonlySet<ConsentId>> {
  const standing = await listStandingConsents(ctx, phoneId);
  const events = await loadCountedEvents(ctx, { phones: [phoneId] });
  const moment = { at: ctx.now, countsEnquiries: true };
  const isInForce = (id: ConsentId) => {
    const own = events.filter(({ consentId }) => consentId === id);
    if (own.every(({ purposes }) => purposes.length === 0)) return own.length > 0;
    return determineStandings(id, own, [], moment).some(({ status }) => status === "granted");
  };
  return new Set([...standing].filter(isInForce));
}

async function listOptOutEntries(
  ctx: TransactionContext,
  phoneId: PhoneId,
  policy: string,
): Promise<OwnOptOutEntry[]> {
  const entries: OwnOptOutEntry[] = [];
  for (const [index, { id, ...optOut }] of (await listOwnOptOuts(ctx, phoneId)).entries()) {
    const certificate = index < MAX_CERTIFICATES ? await certify(ctx, policy, id) : null;
    entries.push({ ...optOut, certificate });
  }
  return entries;
}

/**
 * Creates a certificate without personal claims, because the number may have been somebody else's when it was stated.
 * Null for what is older than the ledger.
 */
async function certify(
  ctx: TransactionContext,
  policy: string,
  id: string,
): Promise<Certificate | null> {
  try {
    return await certifyWithoutChain(ctx, policy, id, { hidesPerson: true });
  } catch (error) {
    if (error instanceof ServiceError && error.code === "not-found") return null;
    throw error;
  }
}
