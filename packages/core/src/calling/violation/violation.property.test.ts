import { bundledRuleBook } from "../../people/jurisdiction/index.ts";
import type { OptOut } from "../../do-not-call/opt-out/index.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anOptOut, hoursAfter, monday } from "../../../testing/facts.ts";
import { PhoneId } from "../../platform/ids.ts";
import { ReasonCode, type Reason } from "../screening/index.ts";
import {
  CLOCK_SLACK_MS,
  GateFault,
  findGateFault,
  wasOptOutRecordedSince,
  isRefusalIgnored,
  judgeCall,
  mergeCauses,
  findSpansOverLimit,
  severityRank,
  Severity,
  causeSeverity,
} from "./index.ts";

const aRefusal: fc.Arbitrary<Reason> = fc.record({
  reason: fc.constantFrom(...ReasonCode.options),
  message: fc.constant({ key: "refusal.cannot-check" as const }),
});
const aJudged = fc.record({
  refusals: fc.uniqueArray(aRefusal, { selector: ({ reason }) => reason, maxLength: 5 }),
  gate: fc.option(fc.constantFrom(...GateFault.options)),
  isRefusalIgnored: fc.boolean(),
  isErased: fc.constant(false),
});

describe("judgeCall", () => {
  it("is a violation exactly if something was wrong, with each cause once", () => {
    fc.assert(
      fc.property(aJudged, (judged) => {
        const causes = judgeCall(judged)?.causes.map(({ cause }) => cause) ?? [];
        expect(new Set(causes)).toEqual(
          new Set([
            ...judged.refusals.map(({ reason }) => reason),
            ...(judged.gate ? [judged.gate] : []),
            ...(judged.isRefusalIgnored ? ["refusal-ignored"] : []),
          ]),
        );
        expect(causes).toHaveLength(new Set(causes).size);
      }),
    );
  });

  it("ignores what is unknown about every erased number", () => {
    const message = { key: "refusal.zone-unknown" } as const;
    const refusals: Reason[] = [
      { reason: "opted-out", message },
      { reason: "zone-unknown", message },
      { reason: "jurisdiction-unknown", message },
      { reason: "registry-unchecked", message },
    ];
    const found = judgeCall({ refusals, gate: null, isRefusalIgnored: false, isErased: true });
    expect(found?.causes.map(({ cause }) => cause)).toEqual(["opted-out"]);
  });

  it("has the severity of its gravest cause, which comes first", () => {
    fc.assert(
      fc.property(aJudged, (judged) => {
        const found = judgeCall(judged);
        if (found === null) return;
        const ranks = found.causes.map(({ cause }) => severityRank(causeSeverity(cause)));
        expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
        expect(severityRank(found.severity)).toBe(Math.min(...ranks));
      }),
    );
  });

  it("keeps all causes when it is judged again, and adds only new ones", () => {
    fc.assert(
      fc.property(aJudged, aJudged, (before, after) => {
        const [known, found] = [before, after].map((one) => judgeCall(one)?.causes ?? []);
        const { causes, added } = mergeCauses(known ?? [], found ?? []);
        const names = new Set(causes.map(({ cause }) => cause));
        for (const { cause } of [...(known ?? []), ...(found ?? [])])
          expect(names).toContain(cause);
        expect(added).toHaveLength(causes.length - (known ?? []).length);
        expect(mergeCauses(causes, found ?? []).added).toEqual([]);
      }),
    );
  });
});

const phoneId = PhoneId.parse("018f0000-0000-7000-8000-000000000001");
const other = PhoneId.parse("018f0000-0000-7000-8000-000000000002");
const after = (ms: number) => new Date(monday.getTime() + ms);
const ofAMinute = { phoneId, verdict: "allow", at: monday, permitUntil: after(60_000) } as const;

function expectedAt(ms: number) {
  if (ms < -CLOCK_SLACK_MS) return "without-permit";
  return ms > 60_000 + CLOCK_SLACK_MS ? "permit-expired" : null;
}

describe("findGateFault", () => {
  it("accepts a call from its screening to the end of its permit, within the tolerance", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000, max: 120_000 }), (ms) => {
        expect(findGateFault({ at: after(ms), phoneId }, ofAMinute)).toBe(expectedAt(ms));
      }),
    );
  });

  it("detects a call without a screening, or with one for another number", () => {
    expect(findGateFault({ at: monday, phoneId }, null)).toBe("without-permit");
    expect(findGateFault({ at: monday, phoneId: other }, ofAMinute)).toBe("without-permit");
  });

  it("detects a call that was refused", () => {
    const refused = { ...ofAMinute, verdict: "refuse", permitUntil: null } as const;
    expect(findGateFault({ at: monday, phoneId }, refused)).toBe("refused-by-gate");
  });
});

describe("isRefusalIgnored", () => {
  const nextDay = hoursAfter(24);

  it("is ignored if nothing was recorded an hour later", () => {
    expect(isRefusalIgnored(monday, [], nextDay)).toBe(true);
    expect(isRefusalIgnored(monday, [anOptOut(monday, hoursAfter(2))], nextDay)).toBe(true);
  });

  it("is ignored even if the person had opted out before and consented since", () => {
    expect(isRefusalIgnored(monday, [anOptOut(hoursAfter(-48))], nextDay)).toBe(true);
    expect(wasOptOutRecordedSince(monday, [anOptOut(hoursAfter(-48))])).toBe(false);
  });

  it("is not satisfied by an opt-out of a smaller scope", () => {
    const lessSince = { ...anOptOut(hoursAfter(1)), scope: "purpose", purpose: "loans" } as OptOut;
    expect(wasOptOutRecordedSince(monday, [lessSince])).toBe(false);
    expect(wasOptOutRecordedSince(monday, [lessSince, anOptOut(hoursAfter(2))])).toBe(true);
  });

  it("is not ignored if it was recorded within the hour, or before the hour ends", () => {
    expect(isRefusalIgnored(monday, [anOptOut(monday, hoursAfter(0.5))], nextDay)).toBe(false);
    expect(isRefusalIgnored(monday, [], hoursAfter(1))).toBe(false);
  });

  it("is not satisfied by an opt-out of profiling", () => {
    const profiling = { scope: "profiling", at: monday, recordedAt: monday } as const;
    expect(isRefusalIgnored(monday, [profiling], nextDay)).toBe(true);
  });
});

const day = (n: number) => new Date(Date.UTC(2026, 2, 1 + n));
const on = (n: number, abandoned: number, answered = 100) => ({
  day: day(n),
  answered,
  abandoned,
});

describe("abandoned calls", () => {
  it("may be three percent in thirty days, and not one more", () => {
    expect(findSpansOverLimit(bundledRuleBook, "US.abandon", [on(0, 6), on(29, 0)])).toEqual([]);
    expect(findSpansOverLimit(bundledRuleBook, "US.abandon", [on(0, 7), on(29, 0)])).toMatchObject([
      { from: day(0), answered: 200, abandoned: 7, limit: 0.03, days: 30 },
    ]);
  });

  it("are counted span by span from the first day of the campaign", () => {
    expect(
      findSpansOverLimit(bundledRuleBook, "US.abandon", [on(5, 3), on(34, 3), on(35, 4)]),
    ).toMatchObject([{ from: day(35), answered: 100, abandoned: 4 }]);
  });

  it("are counted in the periods on record if a log of an earlier day arrives late", () => {
    const late = [on(-2, 0), on(-31, 5), on(0, 7), on(29, 0), on(30, 4)];
    const found = findSpansOverLimit(bundledRuleBook, "US.abandon", late, day(0));
    const begins = found.map(({ from }) => from.getTime()).toSorted((a, b) => a - b);
    expect(begins).toEqual([day(-60), day(0), day(30)].map((begin) => begin.getTime()));
    expect(findSpansOverLimit(bundledRuleBook, "US.abandon", late, day(30))).toEqual(found);
  });

  it("exceed the limit of some span whenever they exceed it overall", () => {
    const days = fc.array(fc.record({ n: fc.nat(90), abandoned: fc.nat(10), more: fc.nat(200) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(days, (made) => {
        const counted = made.map(({ n, abandoned, more }) => on(n, abandoned, abandoned + more));
        const sum = (key: "answered" | "abandoned") =>
          counted.reduce((total, one) => total + one[key], 0);
        const isOver = sum("abandoned") > sum("answered") * 0.03;
        const spans = findSpansOverLimit(bundledRuleBook, "US.abandon", counted);
        expect(isOver && spans.length === 0).toBe(false);
        for (const { abandoned, answered } of spans) {
          expect(abandoned / answered).toBeGreaterThan(0.03);
        }
      }),
    );
  });
});

it("has a severity and a position for each", () => {
  expect(Severity.options.map(severityRank)).toEqual([0, 1, 2]);
});
