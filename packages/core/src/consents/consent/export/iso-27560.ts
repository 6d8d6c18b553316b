import { z } from "zod";
import { type ConsentRecord, DATA_PROCESSING, type RecordState } from "./consent-record.ts";

/** Consent status in DPV 2 (W3C Community Group, 2026-02-15). */
const states: Record<RecordState, string> = {
  requested: "dpv:ConsentRequested",
  given: "dpv:ConsentGiven",
  renewed: "dpv:RenewedConsentGiven",
  refused: "dpv:ConsentRefused",
  withdrawn: "dpv:ConsentWithdrawn",
  invalidated: "dpv:ConsentInvalidated",
  expired: "dpv:ConsentExpired",
  unknown: "dpv:ConsentUnknown",
};

const context = {
  dpv: "https://w3id.org/dpv#",
  dct: "http://purl.org/dc/terms/",
  iso27560: "https://w3id.org/dpv/guides/consent-27560#",
} as const;

const Party = z.strictObject({
  "@id": z.string(),
  party_id: z.string().min(1),
  party_name: z.string().min(1),
  party_type: z.string().min(1),
  party_address: z.string().min(1),
  party_contact: z.string().min(1),
  party_role: z.string(),
});

/**
 * ISO/IEC TS 27560:2023 as JSON-LD: its four parts, with every field that it makes mandatory. It follows the
 * W3C's guide (https://w3id.org/dpv/guides/consent-27560, 2026-02-15), because the ISO text is not freely
 * available.
 */
export const Iso27560Record = z
  .strictObject({
    "@context": z.strictObject({
      dpv: z.literal(context.dpv),
      dct: z.literal(context.dct),
      iso27560: z.literal(context.iso27560),
    }),
    "@type": z.tuple([z.literal("dpv:ConsentRecord")]),
    "dct:conformsTo": z.literal("dpv-27560:record"),
    schema_version: z.string().min(1),
    record_id: z.uuid(),
    pii_principal_id: z.string().min(1),
    pii_processing: z.strictObject({
      privacy_notice: z.strictObject({ id: z.string(), version: z.string(), sha256: z.string() }),
      language: z.string().min(2),
      lawful_basis: z.literal("dpv:Consent"),
      purposes: z
        .array(
          z.strictObject({
            purpose: z.string().min(1),
            purpose_type: z.enum(["dpv:DirectMarketing", "dpv:Purpose"]),
            service: z.string(),
            processing_method: z.array(z.string()).min(1),
            collection_method: z.string(),
            withdrawal_method: z.strictObject({
              methods: z.array(z.string()).min(1),
              url: z.url(),
            }),
            jurisdiction: z.array(z.string()).min(1),
            storage_locations: z.array(z.string()).min(1),
            retention_period: z.string().min(1),
            pii_information: z.array(z.strictObject({ pii_type: z.string().min(1) })).min(1),
            pii_controllers: z.array(z.string()).min(1),
            recipient_third_parties: z.array(z.string()),
            privacy_rights: z.array(z.string()),
          }),
        )
        .min(1),
    }),
    party_identification: z.array(Party).min(1),
    events: z
      .array(
        z.strictObject({
          event_time: z.iso.datetime(),
          event_type: z.enum(["explicit", "implicit"]),
          event_state: z.enum(Object.values(states)),
          entity_id: z.string().min(1),
          validity_duration: z.string().min(1),
        }),
      )
      .min(1),
  })
  .meta({ id: "Record27560" });
export type Iso27560Record = z.infer<typeof Iso27560Record>;

/** Stands where a mandatory field is not on record: the address of a company that sold the consent, for example. */
const NOT_ON_RECORD = "not on record";

/**
 * Converts a record. Every purpose gets the same channels, parties and periods, because the consent has one of each. The
 * last event says what state the consent is in, so the end of an expired one is an event too.
 */
export function toIso27560Record(record: ConsentRecord): Iso27560Record {
  const parties = [
    ...record.controllers,
    ...record.callers,
    ...record.recipients,
    ...record.collectors,
  ];
  const { from, until } = record.validity;
  return {
    "@context": context,
    "@type": ["dpv:ConsentRecord"],
    "dct:conformsTo": "dpv-27560:record",
    schema_version: record.schema_version,
    record_id: record.record_id,
    pii_principal_id: record.subject.id,
    pii_processing: {
      privacy_notice: {
        id: record.notice.doc_id,
        version: record.notice.version,
        sha256: record.notice.sha256,
      },
      // `und` is BCP 47 for a language that is not known: the text is lost.
      language: record.language || "und",
      lawful_basis: "dpv:Consent",
      purposes: record.purposes.map(({ code }) => toPurpose(record, code)),
    },
    party_identification: parties.map((party) => ({
      "@id": `urn:uuid:${party.party_id}`,
      party_id: party.party_id,
      party_name: party.name,
      party_type: party.type,
      party_address: party.address || NOT_ON_RECORD,
      party_contact: party.contact || NOT_ON_RECORD,
      party_role: party.role,
    })),
    events: listEvents(record).map(({ at, state, entity_id }) => ({
      event_time: at,
      event_type: record.expression.type,
      event_state: states[state],
      entity_id,
      validity_duration: until === null ? `${from}/..` : `${from}/${until}`,
    })),
  };
}

function listEvents({ state, events, validity, subject }: ConsentRecord) {
  if (state !== "expired" || validity.until === null) return events;
  return [...events, { at: validity.until, state, entity_id: subject.id }];
}

const toPurpose = (record: ConsentRecord, purpose: string) => ({
  purpose,
  purpose_type:
    purpose === DATA_PROCESSING ? ("dpv:Purpose" as const) : ("dpv:DirectMarketing" as const),
  service: record.service,
  processing_method: record.channels.length > 0 ? record.channels : [DATA_PROCESSING],
  collection_method: record.collection.method,
  withdrawal_method: record.withdrawal,
  jurisdiction: record.jurisdictions,
  storage_locations: record.storage_locations,
  retention_period: record.retention.policy,
  pii_information: record.data_categories.map((category) => ({ pii_type: category })),
  pii_controllers: record.controllers.map(({ party_id: id }) => id),
  recipient_third_parties: [...record.callers, ...record.recipients].map(({ party_id: id }) => id),
  privacy_rights: record.rights,
});
