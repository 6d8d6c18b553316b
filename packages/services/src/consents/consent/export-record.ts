import {
  ServiceError,
  type TransactionContext,
  allowSeller,
  query,
  readKeyId,
} from "../../platform/internal.ts";
import { z } from "zod";
import {
  type ConsentEventType,
  type ConsentRecord,
  DATA_PROCESSING,
  type RecordState,
  determineRecordState,
  StoredEvidence,
  isSigned,
  findLeadOrigin,
} from "@ringfence/core/consents/consent";
import { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { hashToBase64url } from "@ringfence/core/proof/ledger";
import { type StatementOnRecord, openStatements } from "../../proof/statement/internal.ts";
import { Channel, lookUpPlan } from "@ringfence/core/people/phone";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadCountedEvents } from "./events.ts";
import { loadStandings } from "./standing.ts";

/** `publicUrl` is the origin of the public pages, where people withdraw a consent. */
const ReadConsentRecord = z.strictObject({ id: ConsentId, publicUrl: z.string() });

/**
 * Reads everything known about a consent as one record, from which the standard formats are exported. Parties, purposes,
 * text and act are those of its first grant. `uses` are all calls of its seller to the phone since then, whatever their
 * purpose.
 */
export const readConsentRecord = query({
  name: "readConsentRecord",
  action: "consent.prove",
  input: ReadConsentRecord,
  run: async (ctx, { id, publicUrl }): Promise<ConsentRecord> => {
    const { events, grant, states } = await loadEventsWithDisclosure(ctx, id);
    allowSeller(ctx, SellerId.parse(grant.sellerId));
    const phoneId = PhoneId.parse(grant.phoneId);
    const stated = await openStatements(ctx, { about: events.map((event) => event.id) });
    const { db, organizationId } = ctx;
    const calls = await db.call.findMany({
      where: { organizationId, phoneId, sellerId: grant.sellerId, at: { gte: grant.at } },
      select: { id: true, at: true },
      orderBy: { at: "asc" },
    });
    const record = await buildRecordOfGrant(ctx, { consentId: id, grant, publicUrl });
    const recordEvents = events.map((event) => toRecordEvent(event, states, stated));
    const state = determineRecordState(recordEvents, record.validity.until, ctx.now.toISOString());
    return {
      ...record,
      state,
      in_force:
        (state === "given" || state === "renewed") && (await permitsCalls(ctx, id, phoneId)),
      events: recordEvents,
      uses: calls.map(({ id, at }) => ({ call_id: id, at: at.toISOString() })),
      integrity: {
        alg: "sha-256",
        chain_head: hashStatement(stated.at(-1)),
        signer: readKeyId(stated.at(-1)?.jwt ?? ""),
      },
    };
  },
  audit: ({ subject }, { id }) => ({ phoneId: PhoneId.parse(subject.id), consentId: id }),
});

/** True if the consent stands for all its purposes, after opt-outs, other consents and the law on enquiries. */
async function permitsCalls(ctx: TransactionContext, id: ConsentId, phoneId: PhoneId) {
  const [standings = []] = await loadStandings(ctx, [{ id, phoneId }]);
  return standings.every(({ status }) => status === "granted");
}

const recordStates: Record<ConsentEventType, RecordState> = {
  requested: "requested",
  granted: "given",
  renewed: "renewed",
  refused: "refused",
  withdrawn: "withdrawn",
  invalidated: "invalidated",
};

function toRecordEvent(
  { id, at, phoneId }: EventWithDisclosure,
  states: ReadonlyMap<string, RecordState>,
  stated: readonly StatementOnRecord[],
) {
  const statement = stated.find(({ about }) => about === id);
  const previous = statement?.claims.previous;
  return {
    event_id: id,
    type: "consent" as const,
    state: states.get(id) ?? ("unknown" as const),
    at: at.toISOString(),
    entity_id: phoneId,
    hash: hashStatement(statement),
    prev_hash: typeof previous === "string" ? previous : null,
  };
}

const hashStatement = (statement: StatementOnRecord | undefined) =>
  statement ? hashToBase64url(statement.jwt) : null;

type Grant = { consentId: ConsentId; grant: EventWithDisclosure; publicUrl: string };
type RecordOfGrant = Omit<ConsentRecord, "state" | "in_force" | "events" | "uses" | "integrity">;

/** Builds the part of the record that follows from the grant: parties, purposes, channels, text and act. */
async function buildRecordOfGrant(
  ctx: TransactionContext,
  { consentId, grant, publicUrl }: Grant,
): Promise<RecordOfGrant> {
  const purposes = await loadPurposes(ctx);
  const names = new Map<string, string>(purposes.map(({ key, name }) => [key, name]));
  return {
    schema_version: "consent/1.0",
    record_id: consentId,
    ...(await loadParties(ctx, grant, publicUrl)),
    service: grant.seller.name,
    purposes:
      grant.purposes.length === 0
        ? [{ code: DATA_PROCESSING, text: "Processing of personal data", primary: true }]
        : grant.purposes.map((code, index) => ({
            code,
            text: names.get(code) ?? code,
            primary: index === 0,
          })),
    channels: grant.channels.map((channel) => Channel.parse(channel)),
    special_categories: [],
    lawful_basis: "consent",
    ...describeWording(grant),
    ...describeAct(grant),
    validity: {
      from: grant.at.toISOString(),
      until: grant.validUntil?.toISOString() ?? null,
      basis: "until it is withdrawn",
    },
    withdrawal: { methods: ["url", "call", "reply STOP"], url: `${publicUrl}/stop` },
    rights: ["access", "rectification", "erasure", "restriction", "portability", "withdrawal"],
    authority: null,
    retention: { policy: "until the person is erased" },
    receipt: { receipt_id: consentId, issued_at: ctx.now.toISOString() },
  };
}

async function loadParties(
  { db, organizationId }: TransactionContext,
  { phone, phoneId, seller, evidence }: EventWithDisclosure,
  contact: string,
) {
  const { name, homeRegion } = await db.organization.findUniqueOrThrow({
    where: { id: organizationId },
  });
  const person = await db.contact.findFirst({
    where: { organizationId, phones: { some: { phoneId } } },
    orderBy: { id: "asc" },
  });
  const party = { type: "organization", address: homeRegion, contact } as const;
  return {
    subject: {
      id: phoneId,
      phone_e164: phone.e164,
      name: person?.name ?? null,
      email: person?.email ?? null,
      role: "user" as const,
    },
    controllers: [{ party_id: seller.id, name: seller.name, role: "seller" as const, ...party }],
    callers: [{ party_id: organizationId, name, role: "processor" as const, ...party }],
    recipients: [],
    collectors: listCollectors(evidence).map((name) => ({
      party_id: name,
      name,
      role: "lead_seller" as const,
      ...party,
      address: "",
      contact: "",
    })),
    data_categories: [
      "phone",
      ...(person?.name ? ["name"] : []),
      ...(person?.email ? ["email"] : []),
    ],
    jurisdictions: [findCountry(phone.e164) ?? homeRegion],
    storage_locations: [homeRegion],
  };
}

/** Lists the lead sellers of a bought consent. */
const listCollectors = (rows: EventWithDisclosure["evidence"]) =>
  rows.flatMap(({ body }) => findLeadOrigin(body)?.leadSeller ?? []);

/** Finds the country of the number; null if it has none or the number was erased. */
const findCountry = (e164: string | null) => e164 && lookUpPlan(Number(e164.slice(1))).country;

function describeWording({ disclosure, elements }: EventWithDisclosure) {
  const statesAny = (...names: string[]) => names.some((name) => elements.includes(name));
  return {
    notice: {
      doc_id: disclosure?.id ?? "",
      version: String(disclosure?.version ?? ""),
      language: disclosure?.language ?? "",
      text: disclosure?.text ?? "",
      sha256: disclosure ? Buffer.from(disclosure.sha256).toString("hex") : "",
    },
    language: disclosure?.language ?? "",
    statements: {
      not_condition_of_purchase: statesAny("not_condition_of_purchase"),
      autodialer_disclosed: statesAny("autodialer_or_prerecorded_disclosure"),
      withdrawal_explained: statesAny("right_to_withdraw", "revocation_info"),
    },
  };
}

/** Describes how consent was given, as far as the evidence has not been erased. */
function describeAct({ evidence: rows, elements, source, at }: EventWithDisclosure) {
  const evidence = StoredEvidence.catch({}).parse(rows[0]?.body ?? {});
  const { act = null, url = null, ip = null, userAgent = null, recording = null } = evidence;
  return {
    expression: {
      type: elements.includes("affirmative_action") ? ("explicit" as const) : ("implicit" as const),
      method: act ?? source,
      text_of_act: act,
    },
    form_snapshot: { url },
    collection: {
      method: source,
      ip,
      user_agent: userAgent,
      recording_uri: recording,
      evidence: Object.keys(evidence),
    },
    signature: isSigned(evidence) ? { kind: act ?? "signed", signed_at: at.toISOString() } : null,
  };
}

const isGrantEvent = ({ type }: { type: string }) => type === "granted" || type === "renewed";

/**
 * Loads all events of a consent with text and evidence, the state that each proves, and the event that first granted it,
 * or else the first one. As in a screening, a grant without a valid MAC proves nothing and an invalidation without one
 * counts as a withdrawal.
 */
async function loadEventsWithDisclosure(ctx: TransactionContext, consentId: ConsentId) {
  const { db, organizationId } = ctx;
  const events = await db.consentEvent.findMany({
    where: { organizationId, consentId },
    include: { phone: true, seller: true, disclosure: true, evidence: true },
    orderBy: { id: "asc" },
  });
  const counted = await loadCountedEvents(ctx, { consent: consentId });
  const states = new Map(counted.map(({ id, type }) => [id, recordStates[type]]));
  const grant =
    events.find((event) => isGrantEvent(event) && states.has(event.id)) ??
    events.find(({ id }) => states.has(id)) ??
    events[0];
  if (!grant) throw new ServiceError("not-found", { key: "consent.not-found" });
  return { events, grant, states };
}

type EventWithDisclosure = Awaited<ReturnType<typeof loadEventsWithDisclosure>>["grant"];
