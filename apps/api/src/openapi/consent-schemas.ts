import { RecordConsent, WithdrawConsent } from "@ringfence/core/consents/consent";
import { phone, region, seller } from "./common-fields.ts";
import type { Named } from "./named.ts";

/** What a withdrawal says; which consent, its address does. */
export const Withdrawal = WithdrawConsent.omit({ consent: true });

export const consentSchemas: readonly Named[] = [
  {
    id: "RecordConsent",
    schema: RecordConsent,
    fields: {
      phone,
      region,
      contact: "Whose phone it is. Some places (Russia) ask for it: `subject_identity`.",
      seller,
      purposes: "What the person agreed to be called about.",
      channels: "How they agreed to be called.",
      source: "Where they agreed.",
      disclosure: "The words that they were shown: of a published text, or as they stood.",
      obtainedAt: "When they agreed.",
      validUntil: "When it ends, where they were told so.",
      evidence:
        "What proves it. All of it is kept as it came; these keys are understood. `states` are what the " +
        "text says beyond the other fields: in the EU `data_types` and `right_to_withdraw` have to be " +
        "among them, unless a published disclosure says so. `act` is what the person did: of `import`, " +
        "nothing else tells.",
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
      purposes: "Which of its purposes, or nodes below them; left out, all.",
      at: "When the person said so, where that was not now.",
      channel: "How it reached you.",
    },
    examples: [{ purposes: ["marketing.loans"], channel: "agent" }],
  },
];
