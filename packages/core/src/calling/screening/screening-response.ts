import { z } from "zod";
import { ConsentId } from "../../platform/ids.ts";
import { JurisdictionId } from "../../people/jurisdiction/index.ts";
import { Phone } from "../../people/phone/index.ts";
import { ReasonCode } from "./reason.ts";

/** A reason for a refusal or a warning, in words. */
export const ReasonResponse = z
  .object({
    reason: ReasonCode,
    sentence: z.string().meta({ description: "In the language of Accept-Language." }),
    rule: z.string().optional().meta({ description: "The rule that asks for it." }),
    citation: z.string().optional().meta({ description: "The law behind the rule." }),
    registry: z.string().optional(),
    missing: z
      .array(z.string())
      .readonly()
      .optional()
      .meta({ description: "What a consent lacks." }),
    since: z.date().optional(),
    until: z.date().optional(),
  })
  .meta({ id: "Reason" });
export type ReasonResponse = z.infer<typeof ReasonResponse>;

/** The edition of a registry that a verdict rests on, and the age that the law, or else the organization, allows. */
export const CheckedEdition = z.object({
  registry: z.string(),
  edition: z.int(),
  ageDays: z.number(),
  limitDays: z.number(),
});

/** Facts that a verdict rests on. */
export const CheckedResponse = z
  .object({
    at: z.date().meta({ description: "The instant that was judged, by the database's clock." }),
    whatIf: z.boolean(),
    jurisdictions: z.array(JurisdictionId).readonly(),
    zones: z.array(z.string()).readonly(),
    consent: z.object({ id: ConsentId, since: z.date(), until: z.date().optional() }).optional(),
    editions: z.array(CheckedEdition).readonly(),
    reassigned: z
      .object({
        answer: z.enum(["yes", "no", "no_data"]),
        consentDate: z.date(),
        askedAt: z.date(),
      })
      .optional()
      .meta({
        description:
          "The last answer of a database of reassigned numbers, if there is one. `consentDate` is the day that was asked about: of the last consent, or without one of the last contact.",
      }),
    rules: z.string().meta({ description: "SHA-256 of the rule set, hexadecimal." }),
    policies: z.array(z.string()).readonly().optional().meta({
      description:
        "SHA-256 of each policy of the organization that judged the call too. Left out if there is none.",
    }),
    /** Size of the ledger at the last signed checkpoint when the facts were read; null before the first. */
    ledgerSize: z.int().nullable(),
  })
  .meta({ id: "Checked" });
export type CheckedResponse = z.infer<typeof CheckedResponse>;

/** The answer of a screening (contract 3). */
export const ScreeningResponse = z
  .object({
    id: z.string(),
    phone: Phone.nullable().meta({ description: "E.164; null when what was sent is no number." }),
    verdict: z.enum(["allow", "refuse"]),
    refusals: z.array(ReasonResponse).meta({ description: "Every reason that applies." }),
    warnings: z.array(ReasonResponse),
    callableFrom: z
      .date()
      .optional()
      .meta({ description: "The first instant at which waiting alone gives `allow`." }),
    permit: z.string().optional().meta({ description: "Leave to dial: a JWS (EdDSA)." }),
    expiresAt: z.date().optional().meta({ description: "When the permit ends." }),
    checked: CheckedResponse,
  })
  .meta({
    id: "ScreeningAnswer",
    examples: [
      {
        id: "0195a000-0000-7000-8000-000000000001",
        phone: "+12015550123",
        verdict: "refuse",
        refusals: [
          {
            reason: "opted-out",
            since: "2026-03-01T09:00:00.000Z",
            sentence: "On 1 Mar 2026, 09:00 UTC the person asked not to be called.",
          },
        ],
        warnings: [],
        checked: {
          at: "2026-03-02T16:00:00.000Z",
          whatIf: false,
          jurisdictions: ["US", "US-NJ"],
          zones: ["America/New_York"],
          editions: [{ registry: "US-FTC-DNC", edition: 7, ageDays: 3.5, limitDays: 31 }],
          rules: "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
          ledgerSize: null,
        },
      },
    ],
  });
export type ScreeningResponse = z.infer<typeof ScreeningResponse>;

/** Responses to a batch, in the order of its items. */
export const BatchResponse = z
  .object({
    results: z.array(ScreeningResponse),
    counts: z.object({
      allow: z.int(),
      refuse: z.int(),
      reasons: z.partialRecord(ReasonCode, z.int()),
    }),
  })
  .meta({ id: "BatchAnswer" });
export type BatchResponse = z.infer<typeof BatchResponse>;
