import { z } from "zod";
import type { ConsentRecord } from "./consent-record.ts";

const Proof = z.enum([
  "verbal_confirmation",
  "signed_document",
  "cryptographic_signature",
  "external_system",
]);

/** IETF draft-howe-vcon-lawful-basis-01 (2026-03-02): the lawful basis of a call, beside its record. */
export const VconAttachment = z
  .strictObject({
    type: z.literal("lawful_basis"),
    encoding: z.literal("json"),
    start: z.iso.datetime(),
    party: z.int().min(0),
    dialog: z.int().min(0),
    body: z.strictObject({
      lawful_basis: z.enum([
        "consent",
        "contract",
        "legal_obligation",
        "vital_interests",
        "public_task",
        "legitimate_interests",
      ]),
      expiration: z.iso.datetime().nullable(),
      purpose_grants: z
        .array(
          z.strictObject({
            purpose: z.string().min(1),
            granted: z.boolean(),
            granted_at: z.iso.datetime(),
            conditions: z.array(z.string()),
          }),
        )
        .min(1),
      content_hash: z.strictObject({
        algorithm: z.literal("sha-256"),
        canonicalization: z.literal("jcs"),
        value: z.string(),
      }),
      proof_mechanisms: z
        .array(
          z.strictObject({
            proof_type: Proof,
            timestamp: z.iso.datetime(),
            proof_data: z.record(z.string(), z.string()),
          }),
        )
        .min(1),
    }),
  })
  .meta({ id: "VconAttachment" });
export type VconAttachment = z.infer<typeof VconAttachment>;

/**
 * Converts a record into a vCon attachment for its first party and dialog. The vCon must list `lawful_basis` in
 * its `extensions`.
 */
export function toVconAttachment(record: ConsentRecord): VconAttachment {
  const { validity, notice, controllers, channels, integrity } = record;
  const sellers = controllers.filter(({ role }) => role === "seller");
  return {
    type: "lawful_basis",
    encoding: "json",
    start: validity.from,
    party: 0,
    dialog: 0,
    body: {
      lawful_basis: record.lawful_basis,
      expiration: validity.until,
      purpose_grants: record.purposes.map(({ code }) => ({
        purpose: code,
        granted: record.in_force,
        granted_at: validity.from,
        conditions: [
          ...sellers.map(({ name }) => `seller=${name}`),
          ...channels.map((channel) => `channel=${channel}`),
        ],
      })),
      content_hash: { algorithm: "sha-256", canonicalization: "jcs", value: notice.sha256 },
      proof_mechanisms: [
        {
          proof_type: findProofType(record),
          timestamp: validity.from,
          proof_data: {
            confirmation_text: notice.text,
            ...(integrity.chain_head !== null && { statement: integrity.chain_head }),
          },
        },
      ],
    },
  };
}

function findProofType({ collection, signature }: ConsentRecord): z.infer<typeof Proof> {
  if (collection.method === "phone") return "verbal_confirmation";
  return signature === null ? "external_system" : "signed_document";
}
