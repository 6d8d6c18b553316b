import fc from "fast-check";
import type { ConsentEvent } from "../src/consent/index.ts";
import type { OptOut } from "../src/opt-out/index.ts";
import { consentOf, hoursAfter, sellerA, sellerB } from "./facts.ts";

// A small tree, few sellers and a narrow span, so that events often meet: the same node, the same
// instant.

/** So that a good part of what is made is clear, and there is something to spoil. */
export const mostly = <T>(clear: T, spoilt: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(clear) }, { weight: 1, arbitrary: spoilt });

export const aPurpose = mostly(
  "marketing",
  fc.constantFrom("marketing", "marketing.loans", "marketing.cards", "survey"),
);
export const aSeller = mostly(sellerA, fc.constant(sellerB));
export const aChannel = mostly("voice_live" as const, fc.constantFrom("voice_autodialed", "sms"));
export const aConsentId = fc.integer({ min: 1, max: 4 }).map(consentOf);

/** One of a few hours around the Monday of the clear scene. */
export const aShortInstant = fc.integer({ min: -2, max: 2 }).map((hours) => hoursAfter(hours));

export const aQuestion = fc.record({ sellerId: aSeller, purpose: aPurpose, channel: aChannel });

export const aConsentEvent: fc.Arbitrary<ConsentEvent> = fc.record({
  consentId: aConsentId,
  type: fc.constantFrom(
    "granted",
    "granted",
    "granted",
    "renewed",
    "requested",
    "refused",
    "withdrawn",
    "invalidated",
  ),
  sellerId: aSeller,
  purposes: fc.uniqueArray(aPurpose, { minLength: 1, maxLength: 2 }),
  channels: fc.uniqueArray(aChannel, { minLength: 1, maxLength: 2 }),
  elements: fc.subarray(["signature", "seller_identity"]),
  isWritten: fc.boolean(),
  isProven: fc.boolean(),
  at: aShortInstant,
  validUntil: fc.option(aShortInstant),
  recordedAt: aShortInstant,
});

export const aRefusal: fc.Arbitrary<OptOut> = fc
  .tuple(
    fc.oneof(
      fc.constant({ scope: "all" as const }),
      fc.record({ scope: fc.constant("seller" as const), sellerId: aSeller }),
      fc.record({ scope: fc.constant("purpose" as const), purpose: aPurpose }),
      fc.constant({ scope: "profiling" as const }),
    ),
    fc.record({ at: aShortInstant, recordedAt: aShortInstant }),
  )
  .map(([scope, times]) => ({ ...scope, ...times }));
