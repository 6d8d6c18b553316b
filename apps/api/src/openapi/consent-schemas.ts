import { RecordConsent, WithdrawConsent } from "@ringfence/core/consents/consent";
import { phone, region, seller } from "./common-fields.ts";
import type { Named } from "./named.ts";

/** Body of a withdrawal. The address says which consent it withdraws. */
export const Withdrawal = WithdrawConsent.omit({ consent: true });

export const consentSchemas: readonly Named[] = [
  {
    id: "RecordConsent",
    schema: RecordConsent,
    fields: {
      phone,
      region,
      contact:
        "The person whose phone it is. Some jurisdictions (Russia) require it: `subject_identity`.",
      seller,
      purposes: "Purposes of the calls that the person agreed to.",
      channels: "Channels that they agreed to.",
      source: "Where they gave consent.",
      disclosure: "The words that they were shown: a published disclosure, or the text itself.",
      obtainedAt: "When they gave consent.",
      validUntil: "When the consent ends, if they were told so.",
      evidence:
        "Evidence of the consent. All of it is kept as sent; the listed keys are understood. `states` says " +
        "what the text states beyond the other fields: in the EU it must include `data_types` and " +
        "`right_to_withdraw`, unless a published disclosure states them. `act` is what the person did; for " +
        "the source `import`, nothing else tells.",
    },
    examples: [
      {
        phone: "+1 201 555 0123",
        seller: "acme",
        purposes: ["marketing"],
        channels: ["voice_live"],
        source: "website_form",
        disclosure: { text: "Acme may call me about its offers.", language: "en" },
        obtainedAt: "2026-03-01T09:00:00Z",
        evidence: { act: "ticked", url: "https://acme.example/form", ip: "203.0.113.7" },
      },
      {
        phone: "+49 1512 3456789",
        contact: { name: "Ada Example" },
        seller: "acme",
        purposes: ["marketing"],
        channels: ["voice_live"],
        source: "newsletter",
        disclosure: {
          text: "Acme darf mich unter dieser Nummer zu Angeboten anrufen. Ich kann das jederzeit widerrufen.",
          language: "de",
        },
        obtainedAt: "2026-03-01T09:00:00Z",
        evidence: { act: "clicked", states: ["data_types", "right_to_withdraw"] },
      },
    ],
  },
  {
    id: "WithdrawConsent",
    schema: Withdrawal,
    fields: {
      purposes: "The purposes to withdraw, or purposes below them. All if missing.",
      at: "When the person said so, if not now.",
      channel: "Channel by which it reached you.",
    },
    examples: [{ purposes: ["marketing.loans"], channel: "agent" }],
  },
];
