import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  aConsentEvent,
  aPermit,
  aPlace,
  aRefusal,
  anEdition,
  someFacts,
} from "../../../testing/arbitraries.ts";
import { aGrant, hoursAfter } from "../../../testing/facts.ts";
import { isGrant } from "../../consents/consent/index.ts";
import { Channel } from "../../people/phone/index.ts";
import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import { say } from "../../platform/message/index.ts";
import { findCallableFrom, runChecks, withoutLaterFacts, listRefusals, screen } from "./screen.ts";
import { coversCall } from "../../do-not-call/opt-out/index.ts";
import type { ScreeningFacts } from "./facts.ts";
import { ReasonCode } from "./reason.ts";

const manyRuns = { numRuns: 1_000 };

const unverified = new Set(
  bundledRuleBook.rules.filter(({ confidence }) => confidence === "C").map(({ id }) => id),
);
const allows = (facts: ScreeningFacts) => screen(facts).verdict === "allow";
const listReasons = (facts: ScreeningFacts) => screen(facts).refusals.map(({ reason }) => reason);
const sorted = (list: readonly object[]) => list.map((one) => JSON.stringify(one)).toSorted();
const asSets = (facts: ScreeningFacts) => {
  const { refusals, warnings, ...others } = screen(facts);
  return { ...others, refusals: sorted(refusals), warnings: sorted(warnings) };
};
const later = (facts: ScreeningFacts, hours: number) => hoursAfter(hours, facts.at);

describe("screen", () => {
  it("allows a call exactly when nothing refuses it", () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const { verdict, refusals, callableFrom } = screen(facts);
        expect(verdict).toBe(refusals.length === 0 ? "allow" : "refuse");
        expect(verdict === "allow" && callableFrom !== null).toBe(false);
      }),
      manyRuns,
    );
  });

  it("lists reasons in order, at most one about consent and one about hours", () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const places = listReasons(facts).map((reason) => ReasonCode.options.indexOf(reason));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        for (const one of [/^consent-/, /^(outside-calling-hours|day-not-allowed|zone-unknown)$/]) {
          expect(listReasons(facts).filter((reason) => one.test(reason)).length).toBeLessThan(2);
        }
      }),
      manyRuns,
    );
  });

  it("never allows a refused call because of one more opt-out, whatever its time", () => {
    fc.assert(
      fc.property(someFacts, aRefusal, (facts, more) => {
        const refusing = { ...facts, optOuts: [...facts.optOuts, more] };
        expect(allows(refusing) && !allows(facts)).toBe(false);
      }),
      manyRuns,
    );
  });

  it("never allows a refused call because one more permit was given", () => {
    fc.assert(
      fc.property(someFacts, aPermit, (facts, more) => {
        const given = { ...facts, permits: [...facts.permits, more] };
        expect(allows(given) && !allows(facts)).toBe(false);
      }),
      manyRuns,
    );
  });

  it("lets only a proven, later consent lift an opt-out", () => {
    const fault = fc.constantFrom("unproven", "said before", "recorded before");
    fc.assert(
      fc.property(someFacts, aRefusal, fault, (facts, refusal, fault) => {
        const call = { sellerId: facts.seller.id, purpose: facts.purpose.key };
        fc.pre(coversCall(refusal, call) && refusal.at <= facts.at);
        const grant = aGrant({
          sellerId: call.sellerId,
          purposes: [call.purpose],
          channels: [...Channel.options],
          isProven: fault !== "unproven",
          at: fault === "said before" ? refusal.at : facts.at,
          recordedAt: fault === "recorded before" ? refusal.recordedAt : hoursAfter(48),
        });
        const given = { ...facts, isWhatIf: false, consents: [grant], optOuts: [refusal] };
        expect(listReasons(given)).toContain("opted-out");
      }),
      manyRuns,
    );
  });

  it("never allows a refused call because something is unknown", () => {
    fc.assert(
      fc.property(someFacts, fc.nat({ max: 2 }), (facts, index) => {
        const unread = facts.registries.map((fact, i) =>
          i === index ? { ...fact, edition: null } : fact,
        );
        const forgetful: Partial<ScreeningFacts>[] = [
          { zones: [] },
          { jurisdictions: [] },
          { consents: facts.consents.filter((event) => !isGrant(event)) },
          { states: [] },
          { lineType: "unknown" },
          { registries: unread },
          { lineTypeAt: null },
          { purchasedAt: null },
          { reassigned: facts.reassigned.filter(({ answer }) => answer !== "no") },
          { policy: { ...facts.policy, warnOnly: new Set() } },
        ];
        for (const less of forgetful) {
          expect(allows({ ...facts, ...less }) && !allows(facts)).toBe(false);
        }
      }),
      manyRuns,
    );
  });

  it("never allows a refused call because of rules of one more place", () => {
    fc.assert(
      fc.property(someFacts, aPlace, aPlace, fc.boolean(), (facts, place, more, isAsked) => {
        const consents = isAsked ? facts.consents : [];
        const here = { ...facts, consents, jurisdictions: [place] };
        const both = { ...here, jurisdictions: [place, more] };
        expect(allows(both) && !allows(here)).toBe(false);
      }),
      manyRuns,
    );
  });

  it("does not depend on the order of facts", () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const reversed: ScreeningFacts = {
          ...facts,
          consents: facts.consents.toReversed(),
          optOuts: facts.optOuts.toReversed(),
          calls: facts.calls.toReversed(),
          permits: facts.permits.toReversed(),
          suppressions: facts.suppressions.toReversed(),
          preferences: facts.preferences.toReversed(),
          registries: facts.registries.toReversed(),
          reassigned: facts.reassigned.toReversed(),
        };
        expect(asSets(reversed)).toEqual(asSets(facts));
      }),
      manyRuns,
    );
  });

  it("ignores consents, calls and editions from the future", () => {
    const ahead = fc.integer({ min: 1, max: 48 });
    fc.assert(
      fc.property(someFacts, aConsentEvent, anEdition, ahead, (facts, event, edition, hours) => {
        const at = later(facts, hours);
        const verdict = screen(facts);
        expect(screen({ ...facts, consents: [...facts.consents, { ...event, at }] })).toEqual(
          verdict,
        );
        expect(screen({ ...facts, calls: [...facts.calls, at, at, at] })).toEqual(verdict);

        const having = (edition: ScreeningFacts["registries"][0]["edition"]) =>
          screen({ ...facts, registries: facts.registries.map((fact) => ({ ...fact, edition })) });
        expect(having({ ...edition, verifiedAt: at })).toEqual(having(null));
      }),
      manyRuns,
    );
  });

  it("has a message for every reason, and marks unverified rules", () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const { refusals, warnings } = screen(facts);
        for (const { rule, message } of [...refusals, ...warnings]) {
          const isUnverified = rule !== undefined && unverified.has(rule);
          for (const locale of ["en", "ru"] as const) {
            expect(say(locale, message).includes("unverified")).toBe(isUnverified);
          }
        }
      }),
      manyRuns,
    );
  });
});

describe("callableFrom", () => {
  it("is the first instant at which the call is allowed, if waiting helps at all", () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const known = withoutLaterFacts(facts);
        const from = findCallableFrom(facts, screen(facts).refusals);
        expect(from === null || allows({ ...known, at: from })).toBe(true);

        const halfHours = Array.from({ length: 120 }, (_, index) => later(facts, index / 2));
        const leave = halfHours.find(
          (at) => listRefusals(runChecks({ ...known, at })).length === 0,
        );
        expect(leave === undefined || (from !== null && from <= leave)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
