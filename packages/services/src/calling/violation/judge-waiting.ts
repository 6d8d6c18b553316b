import { type ReplyReading } from "@ringfence/core/do-not-call/inbound";
import { readDisposition } from "@ringfence/core/calling/call";
import type { RuleId } from "@ringfence/core/people/jurisdiction";
import { rulesOfCall, screen, type ScreeningFacts } from "@ringfence/core/calling/screening";
import {
  type Found,
  type GateFault,
  gateOf,
  isHeardSince,
  isRefusalIgnored,
  judgeCall,
} from "@ringfence/core/calling/violation";
import { type CallEnd, endOf } from "@ringfence/core/calling/call";
import { factsOf } from "../screening/facts-of.ts";
import type { AnsweredFacts } from "../screening/facts-row.ts";
import type { WaitingCall } from "./waiting-calls.ts";

export type JudgedCall = WaitingCall & {
  found: Found | null;
  gate: GateFault | null;
  /** What the code says with which it ended. */
  reading: ReplyReading;
  /** A refusal in it that is not on record yet. */
  isUnheard: boolean;
  end: CallEnd;
  /** The rule about abandoned calls that counts it; null for none. */
  abandonmentRule: RuleId | null;
};

/** What an organization says that codes mean, whichever of its dialers gives them. */
export type Readings = Readonly<Record<string, ReplyReading>>;

/** Judges a call by the law and the facts of its moment. */
export function judgeWaiting(
  call: WaitingCall,
  { row, settings }: AnsweredFacts,
  readings: Readings,
): JudgedCall {
  const { at, campaign, phone, screening, outcome } = call;
  const facts = othersOnly(
    factsOf(
      phone,
      {
        at,
        campaign,
        dialer: call.dialer ?? settings.dialer,
        purpose: purposeOf(call, settings),
        seller: sellerOf(call, settings),
      },
      row,
      settings,
    ),
  );
  const { refusals } = screen(facts);
  const gate = gateOf(call, screening);
  const reading = outcome === null ? "other" : readDisposition("vicidial", outcome, readings);
  const hasRefused = reading === "refusal";
  // Whoever called in spite of a refusal has done the graver thing, which is told already.
  const isToldAlready = refusals.some(({ reason }) => reason === "opted-out");
  const found = judgeCall({
    refusals: phone === null ? refusals.filter(({ reason }) => !ofPlace.has(reason)) : refusals,
    gate,
    isRefusalIgnored: hasRefused && !isToldAlready && isRefusalIgnored(at, facts.optOuts, row.now),
  });
  const isUnheard = hasRefused && !isHeardSince(at, facts.optOuts);
  const [rule] = rulesOfCall(facts, "abandoned_calls");
  const abandonmentRule = rule?.id ?? null;
  return { ...call, found, gate, reading, isUnheard, end: endOf(outcome), abandonmentRule };
}

/** What cannot be known of a number that was erased since says nothing of the call. */
const ofPlace: ReadonlySet<string> = new Set([
  "registry-unchecked",
  "zone-unknown",
  "jurisdiction-unknown",
]);

/**
 * Leaves out what the call itself added: its own entry among the calls, and permits, because calls that were
 * made are recorded by now.
 */
function othersOnly(facts: ScreeningFacts): ScreeningFacts {
  const self = facts.calls.findIndex((call) => call.getTime() === facts.at.getTime());
  return { ...facts, permits: [], calls: self < 0 ? facts.calls : facts.calls.toSpliced(self, 1) };
}

function purposeOf({ purpose: key }: WaitingCall, { purposes }: AnsweredFacts["settings"]) {
  const known = purposes?.find((purpose) => purpose.key === key);
  // Of one that is gone the strictest is taken.
  return { key, kind: known?.kind ?? ("promotional" as const) };
}

function sellerOf({ sellerId }: WaitingCall, { sellers }: AnsweredFacts["settings"]) {
  const known = sellers?.find(({ id }) => id === sellerId);
  if (known === undefined) throw new Error(`a call of no seller: ${sellerId}`);
  return known;
}
