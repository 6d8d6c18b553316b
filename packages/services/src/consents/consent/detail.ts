import { sql } from "kysely";
import {
  ServiceError,
  type TransactionContext,
  allowSeller,
  loadActorNames,
  query,
  selectRows,
} from "../../platform/internal.ts";
import {
  ConsentSource,
  type PurposeStanding,
  findLeadOrigin,
} from "@ringfence/core/consents/consent";
import { Channel, Phone } from "@ringfence/core/people/phone";
import { EvidenceFileKind, EvidenceMediaType } from "@ringfence/core/consents/evidence";
import { ConsentId, EvidenceFileId, type PhoneId } from "@ringfence/core/ids";
import { PersonalClaim } from "@ringfence/core/proof/ledger";
import { z } from "zod";
import { type OptOutWithConsentsView, loadConsentsAfterOptOuts } from "./consent-after-opt-out.ts";
import { type StoredConsentEvent, loadAllEvents } from "./events.ts";
import { loadStandings } from "./standing.ts";

export type ConsentView = {
  id: ConsentId;
  phoneId: PhoneId;
  phone: Phone | null;
  standing: readonly PurposeStanding[];
  /** Opt-outs that the consent came after, and whether it lifts them for all that it covers. */
  earlierOptOuts: readonly OptOutWithConsentsView[];
  /** Latest first. */
  events: Awaited<ReturnType<typeof loadEventViews>>;
  /** Personal claims in its statements that can be erased separately. */
  erasable: readonly PersonalClaim[];
};

/** Reads a consent with all its events and their evidence. */
export const readConsent = query({
  name: "readConsent",
  action: "consent.read",
  input: ConsentId,
  run: async (ctx, id): Promise<ConsentView> => {
    const allEvents = await loadAllEvents(ctx, { consent: id });
    const [anyEvent] = allEvents;
    if (!anyEvent) throw new ServiceError("not-found", { key: "consent.not-found" });
    // All events of a consent have the phone and the seller of the first: later ones are written from it.
    const { phoneId, sellerId } = anyEvent;
    allowSeller(ctx, sellerId);
    const { db, organizationId } = ctx;
    const { e164 } = await db.phone.findFirstOrThrow({ where: { organizationId, id: phoneId } });
    const [standing = []] = await loadStandings(ctx, [{ id, phoneId }]);
    const phone = e164 === null ? null : Phone.parse(e164);
    const events = await loadEventViews(ctx, id);
    const erasable = await findErasableClaims(
      ctx,
      events.map((event) => event.id),
    );
    const earlierOptOuts = await listEarlierOptOuts(ctx, id, allEvents);
    return { id, phoneId, phone, standing, earlierOptOuts, events, erasable };
  },
  audit: ({ phoneId }) => ({ phoneId }),
});

/**
 * Lists the opt-outs that this consent came after, each once, with the grants of this consent only. The consent and an
 * opt-out may have several purposes and channels in common; it lifts the opt-out only if it does for all of these.
 */
async function listEarlierOptOuts(
  ctx: TransactionContext,
  id: ConsentId,
  allEvents: readonly StoredConsentEvent[],
) {
  const byReference = new Map<string, OptOutWithConsentsView>();
  for (const { phoneId, ...question } of allEvents.flatMap(listQuestions)) {
    // Leaves out opt-outs that do not concern this purpose and channel.
    const optOuts = await loadConsentsAfterOptOuts(ctx, phoneId, question);
    for (const optOut of optOuts) {
      const grants = optOut.grants.filter(({ consentId }) => consentId === id);
      if (grants.length === 0) continue;
      const isLifted = grants.some(({ effect }) => effect === "lifts");
      const found = byReference.get(optOut.reference);
      if (found === undefined || (found.isLifted && !isLifted)) {
        byReference.set(optOut.reference, { ...optOut, grants, isLifted });
      }
    }
  }
  return [...byReference.values()];
}

/** Lists each purpose and channel of an event. */
const listQuestions = ({ phoneId, sellerId, purposes, channels }: StoredConsentEvent) =>
  channels.flatMap((channel) =>
    purposes.map((purpose) => ({ phoneId, sellerId, purpose, channel })),
  );

/** Loads what the page shows about each event, latest first. */
async function loadEventViews(ctx: TransactionContext, consentId: ConsentId) {
  const { db, organizationId } = ctx;
  const rows = await db.consentEvent.findMany({
    where: { organizationId, consentId },
    orderBy: [{ at: "desc" }, { recordedAt: "desc" }, { id: "desc" }],
    include: {
      evidence: { select: { body: true, file: true } },
      disclosure: true,
      seller: { select: { name: true } },
      form: { select: { version: true, form: { select: { name: true } } } },
    },
  });
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  return rows.map(({ disclosure, form, seller, evidence, actor, ...event }) => ({
    id: event.id,
    type: event.type,
    seller: seller.name,
    purposes: event.purposes,
    channels: z.array(Channel).parse(event.channels),
    // Null for a withdrawal, whose source is the channel through which it came, and for an erasure.
    source: ConsentSource.safeParse(event.source).data ?? null,
    at: event.at,
    validUntil: event.validUntil,
    recordedAt: event.recordedAt,
    isProven: event.isProven,
    disclosure: disclosure && {
      id: disclosure.id,
      version: disclosure.version,
      language: disclosure.language,
      text: disclosure.text,
      // Others are texts that the sender of the consent reported.
      isPublished: disclosure.terms !== null,
    },
    form: form && { name: form.form.name, version: form.version },
    by: nameActor(actor),
    evidence: evidence.map(({ body }) => body),
    files: evidence.flatMap(({ file }) => (file ? [toFileView(file)] : [])),
    // Origin of a bought consent.
    lead: evidence.map(({ body }) => findLeadOrigin(body)).find((lead) => lead !== null) ?? null,
  }));
}

/** Converts a recording or scan for the page of a consent. */
const toFileView = ({ id, kind, mediaType, bytes, sha256 }: FileRow) => ({
  id: EvidenceFileId.parse(id),
  kind: EvidenceFileKind.parse(kind),
  mediaType: EvidenceMediaType.parse(mediaType),
  bytes: Number(bytes),
  sha256: Buffer.from(sha256).toString("hex"),
});
export type ConsentFile = ReturnType<typeof toFileView>;

type FileRow = {
  id: string;
  kind: string;
  mediaType: string;
  bytes: bigint;
  sha256: Uint8Array;
};

/**
 * Finds the personal claims that statements about these events still show. `vault.disclosure` has a row for each claim.
 */
async function findErasableClaims(
  { db, organizationId }: TransactionContext,
  events: readonly string[],
): Promise<PersonalClaim[]> {
  const rows = await selectRows(
    { db },
    z.object({ claim: z.string() }),
    sql`
    SELECT DISTINCT claim FROM vault.disclosure
    JOIN vault.statement USING (organization_id, entry_id)
    WHERE organization_id = ${organizationId}::uuid AND about = ANY (${events}::uuid[])`,
  );
  const shown = new Set(rows.map(({ claim }) => claim));
  return PersonalClaim.options.filter((claim) => shown.has(claim));
}
