import { z } from "zod";
import { type ConsentRecord, RecordState } from "./consent-record.ts";

/** Kantara Initiative, Consent Receipt Specification 1.1.0 (KI-CR-v1.1.0): for the person to keep. */
export const KantaraReceipt = z
  .strictObject({
    version: z.literal("KI-CR-v1.1.0"),
    jurisdiction: z.string().min(2),
    /** Seconds since 1970. */
    consentTimestamp: z.int().positive(),
    collectionMethod: z.string().min(1),
    consentReceiptID: z.uuid(),
    /** Our addition: the specification has no field for the state of the consent. */
    consentState: RecordState,
    publicKey: z.string().optional(),
    language: z.string().optional(),
    piiPrincipalId: z.string().min(1),
    piiControllers: z
      .array(
        z.strictObject({
          piiController: z.string().min(1),
          onBehalf: z.boolean().optional(),
          contact: z.string().min(1),
          address: z.strictObject({ addressCountry: z.string() }),
          email: z.string(),
          phone: z.string(),
          piiControllerUrl: z.string().optional(),
        }),
      )
      .min(1),
    policyUrl: z.url(),
    services: z
      .array(
        z.strictObject({
          service: z.string().min(1),
          purposes: z
            .array(
              z.strictObject({
                purpose: z.string().min(1),
                purposeCategory: z.array(z.string()).min(1),
                consentType: z.enum(["EXPLICIT", "IMPLICIT"]),
                piiCategory: z.array(z.string()).min(1),
                primaryPurpose: z.boolean(),
                termination: z.string().min(1),
                thirdPartyDisclosure: z.boolean(),
                thirdPartyName: z.string().optional(),
              }),
            )
            .min(1),
        }),
      )
      .min(1),
    sensitive: z.boolean(),
    spiCat: z.array(z.string()),
  })
  .meta({ id: "KantaraReceipt" });
export type KantaraReceipt = z.infer<typeof KantaraReceipt>;

/**
 * Converts a record into a Kantara receipt, which says in `consentState` whether the consent was given. At `policyUrl`
 * the person reads and withdraws the consent. A record has one contact of each controller, which stands for its email
 * address and its phone too.
 */
export function toKantaraReceipt(record: ConsentRecord): KantaraReceipt {
  const { subject, validity, integrity, receipt } = record;
  return {
    version: "KI-CR-v1.1.0",
    jurisdiction: record.jurisdictions.join(" "),
    consentTimestamp: Math.floor(Date.parse(validity.from) / 1_000),
    collectionMethod: record.collection.method,
    consentReceiptID: receipt.receipt_id,
    consentState: record.state,
    ...(integrity.signer !== null && { publicKey: integrity.signer }),
    language: record.language || "und",
    piiPrincipalId: subject.id,
    piiControllers: record.controllers.map(({ name, contact, address, role }) => ({
      piiController: name,
      onBehalf: role === "processor",
      contact,
      address: { addressCountry: address },
      email: contact,
      phone: contact,
    })),
    policyUrl: record.withdrawal.url,
    services: [{ service: record.service, purposes: record.purposes.map(toPurpose(record)) }],
    sensitive: record.special_categories.length > 0,
    spiCat: record.special_categories,
  };
}

const toPurpose =
  ({ expression, data_categories: categories, validity, callers }: ConsentRecord) =>
  ({ text, primary }: ConsentRecord["purposes"][number]) => ({
    purpose: text,
    purposeCategory: ["Marketing"],
    consentType: expression.type === "explicit" ? ("EXPLICIT" as const) : ("IMPLICIT" as const),
    piiCategory: categories,
    primaryPurpose: primary,
    termination: validity.until ?? validity.basis,
    thirdPartyDisclosure: callers.length > 0,
    ...(callers.length > 0 && { thirdPartyName: callers.map(({ name }) => name).join(", ") }),
  });
