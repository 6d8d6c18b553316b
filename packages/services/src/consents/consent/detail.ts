import { query } from "../../platform/verb.ts";
import {
  ConsentSource,
  type PurposeStanding,
  leadIn,
  weaknessOf,
} from "@ringfence/core/consents/consent";
import { Channel, Phone } from "@ringfence/core/people/phone";
import { EvidenceFileKind, EvidenceMediaType } from "@ringfence/core/consents/evidence";
import { ConsentId, EvidenceFileId, type PhoneId } from "@ringfence/core/ids";
import { PersonalClaim } from "@ringfence/core/proof/ledger";
import { z } from "zod";
import { loadActorNames } from "../../platform/access/actor-names.ts";
import { allowSeller } from "../../platform/access/allow.ts";
import { readAudited } from "../../platform/access/read-audited.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { type AgainSeen, readAgreedAgain } from "./consent-after-opt-out.ts";
import { type EventOnRecord, readEveryEvent } from "./events.ts";
import { standingsOfConsents } from "./standing.ts";

export type ConsentSeen = {
  id: ConsentId;
  phoneId: PhoneId;
  phone: Phone | null;
  standing: readonly PurposeStanding[];
  /** The refusals that came before it, and whether it lifts them for all that it is about. */
  again: readonly AgainSeen[];
  /** The latest first. */
  events: Awaited<ReturnType<typeof eventsOf>>;
  /** What could be erased by itself, of what its statements disclose. */
  erasable: readonly PersonalClaim[];
};

/** A consent with all that was said, and what proves each word of it. */
export const readConsent = query({
  name: "readConsent",
  action: "consent.read",
  input: ConsentId,
  run: async (ctx, id): Promise<ConsentSeen> => {
    const said = await readEveryEvent(ctx, { consent: id });
    const [known] = said;
    if (!known) throw new ServiceError("not-found", { key: "consent.not-found" });
    allowSeller(ctx, known.sellerId);
    const { phoneId } = known;
    return readAudited(ctx, "consent.read", phoneId, async (ctx) => {
      const { db, organizationId } = ctx;
      const { e164 } = await db.phone.findFirstOrThrow({ where: { organizationId, id: phoneId } });
      const [standing = []] = await standingsOfConsents(ctx, [{ id, phoneId }]);
      const phone = e164 === null ? null : Phone.parse(e164);
      const events = await eventsOf(ctx, id);
      const erasable = await erasableClaims(
        ctx,
        events.map((event) => event.id),
      );
      const again = await againOf(ctx, id, said);
      return { id, phoneId, phone, standing, again, events, erasable };
    });
  },
  audit: "by run",
});

/**
 * By its own words alone, whatever another consent does about the refusal. A refusal is told once, and
 * as lifted only where that holds of each of the purposes and channels that it is against.
 */
async function againOf(ctx: TransactionContext, id: ConsentId, said: readonly EventOnRecord[]) {
  const told = new Map<string, AgainSeen>();
  for (const { phoneId, sellerId, purposes, channels } of said) {
    for (const channel of channels) {
      for (const purpose of purposes) {
        for (const one of await readAgreedAgain(ctx, phoneId, { sellerId, purpose, channel })) {
          const grants = one.grants.filter(({ consentId }) => consentId === id);
          const isLifted = grants.some(({ effect }) => effect === "lifts");
          const before = told.get(one.reference);
          if (grants.length > 0 && (before === undefined || (before.isLifted && !isLifted))) {
            told.set(one.reference, { ...one, grants, isLifted });
          }
        }
      }
    }
  }
  return [...told.values()];
}

async function eventsOf(ctx: TransactionContext, consentId: ConsentId) {
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
  const nameOf = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  return rows.map(({ disclosure, form, seller, evidence, actor, ...event }) => ({
    id: event.id,
    type: event.type,
    seller: seller.name,
    purposes: event.purposes,
    channels: z.array(Channel).parse(event.channels),
    // What was taken back came through no source, but by a channel of refusals.
    source: ConsentSource.safeParse(event.source).data ?? null,
    at: event.at,
    validUntil: event.validUntil,
    recordedAt: event.recordedAt,
    isProven: event.isProven,
    weakness: weaknessOf(event.elements),
    disclosure: disclosure && {
      id: disclosure.id,
      version: disclosure.version,
      language: disclosure.language,
      text: disclosure.text,
      isPublished: disclosure.terms !== null,
    },
    form: form && { name: form.form.name, version: form.version },
    by: nameOf(actor),
    evidence: evidence.map(({ body }) => body),
    files: evidence.flatMap(({ file }) => (file ? [viewFile(file)] : [])),
    lead: evidence.map(({ body }) => leadIn(body)).find((lead) => lead !== null) ?? null,
  }));
}

/** A recording or scan as the page of a consent shows it. */
const viewFile = ({ id, kind, mediaType, bytes, sha256 }: FileRow) => ({
  id: EvidenceFileId.parse(id),
  kind: EvidenceFileKind.parse(kind),
  mediaType: EvidenceMediaType.parse(mediaType),
  bytes: Number(bytes),
  sha256: Buffer.from(sha256).toString("hex"),
});
export type ConsentFile = ReturnType<typeof viewFile>;

type FileRow = {
  id: string;
  kind: string;
  mediaType: string;
  bytes: bigint;
  sha256: Uint8Array;
};

/** Which personal particulars the statements about these events still disclose. */
async function erasableClaims(
  { db, organizationId }: TransactionContext,
  events: readonly string[],
): Promise<PersonalClaim[]> {
  const rows = await db.$queryRaw<{ claim: string }[]>`
    SELECT DISTINCT claim FROM vault.disclosure
    JOIN vault.statement USING (organization_id, entry_id)
    WHERE organization_id = ${organizationId}::uuid AND about = ANY (${events}::uuid[])`;
  const disclosed = new Set(rows.map(({ claim }) => claim));
  return PersonalClaim.options.filter((claim) => disclosed.has(claim));
}
