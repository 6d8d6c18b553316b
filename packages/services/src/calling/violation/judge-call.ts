import type { ReplyReading } from "@ringfence/core/do-not-call/inbound";
import { type CallEnd, toCallEnd, readDisposition } from "@ringfence/core/calling/call";
import type { RuleId } from "@ringfence/core/people/jurisdiction";
import { type ScreeningFacts, listRulesOfCall, screen } from "@ringfence/core/calling/screening";
import {
  type FoundViolation,
  type GateFault,
  type PriorScreening,
  findGateFault,
  wasOptOutRecordedSince,
  isRefusalIgnored,
  judgeCall,
} from "@ringfence/core/calling/violation";
import { type LoadedFacts, toScreeningFacts } from "../screening/internal.ts";
import type { CallId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { Dialer } from "@ringfence/core/account/organization";
import type { PhoneKey, TransactionContext } from "../../platform/internal.ts";

export type JudgedCall = WaitingCall & {
  found: FoundViolation | null;
  gate: GateFault | null;
  /** Meaning of the code with which the call ended. */
  reading: ReplyReading;
  /** True if the code is a refusal that was not recorded yet. */
  isUnheard: boolean;
  end: CallEnd;
  /** The rule about abandoned calls that counts it; null for none. */
  abandonmentRule: RuleId | null;
};

/** The organization's meanings of codes, whichever of its dialers sends them. */
export type Readings = Readonly<Record<string, ReplyReading>>;

/** Judges a call by the law and the facts of its moment. */
export function judgeWaitingCall(
  call: WaitingCall,
  { row, settings }: LoadedFacts,
  readings: Readings,
): JudgedCall {
  const { at, campaign, phone, screening, outcome } = call;
  const facts = withoutOwnCall(
    toScreeningFacts(
      phone,
      {
        at,
        campaign,
        dialer: call.dialer ?? settings.dialer,
        purpose: findPurposeOfCall(call, settings),
        seller: findSellerOfCall(call, settings),
      },
      row,
      settings,
    ),
  );
  const { refusals } = screen(facts);
  const gate = findGateFault(call, screening);
  const reading = outcome === null ? "other" : readDisposition("vicidial", outcome, readings);
  const hasRefused = reading === "refusal";
  // A call in spite of an opt-out is the graver violation, and is reported already.
  const isToldAlready = refusals.some(({ reason }) => reason === "opted-out");
  const found = judgeCall({
    refusals:
      phone === null ? refusals.filter(({ reason }) => !reasonsOfPlace.has(reason)) : refusals,
    gate,
    isRefusalIgnored: hasRefused && !isToldAlready && isRefusalIgnored(at, facts.optOuts, row.now),
  });
  const isUnheard = hasRefused && !wasOptOutRecordedSince(at, facts.optOuts);
  const [rule] = listRulesOfCall(facts, "abandoned_calls");
  const abandonmentRule = rule?.id ?? null;
  return { ...call, found, gate, reading, isUnheard, end: toCallEnd(outcome), abandonmentRule };
}

/** Reasons that a number which was erased since always has, so they say nothing about the call. */
const reasonsOfPlace: ReadonlySet<string> = new Set([
  "registry-unchecked",
  "zone-unknown",
  "jurisdiction-unknown",
]);

/**
 * Leaves out what the call itself added: its own entry among the calls, and permits, because calls that were
 * made are recorded by now.
 */
function withoutOwnCall(facts: ScreeningFacts): ScreeningFacts {
  const self = facts.calls.findIndex((call) => call.getTime() === facts.at.getTime());
  return { ...facts, permits: [], calls: self < 0 ? facts.calls : facts.calls.toSpliced(self, 1) };
}

function findPurposeOfCall({ purpose: key }: WaitingCall, { purposes }: LoadedFacts["settings"]) {
  const known = purposes?.find((purpose) => purpose.key === key);
  // A purpose that no longer exists is judged by the strictest kind.
  return { key, kind: known?.kind ?? ("promotional" as const) };
}

function findSellerOfCall({ sellerId }: WaitingCall, { sellers }: LoadedFacts["settings"]) {
  const known = sellers?.find(({ id }) => id === sellerId);
  if (known === undefined) throw new Error(`a call of no seller: ${sellerId}`);
  return known;
}

/** A call that waits to be judged, with the screening that allowed it. */
type WaitingCall = {
  queueId: string;
  isFirst: boolean;
  callId: CallId;
  phoneId: PhoneId;
  /** Null if it was erased: then the key is set. */
  phone: Phone | null;
  phoneKey: PhoneKey | null;
  sellerId: SellerId;
  purpose: PurposeKey;
  at: Date;
  outcome: string | null;
  seconds: number | null;
  campaign: string | null;
  dialer: Dialer | null;
  screening: PriorScreening | null;
};

type Row = Omit<WaitingCall, "screening" | "phoneKey"> & {
  phoneKey: Uint8Array<ArrayBuffer> | null;
  keyGeneration: number;
  verdict: PriorScreening["verdict"] | null;
  screenedPhoneId: PhoneId | null;
  screenedAt: Date;
  permitUntil: Date | null;
};

/**
 * Loads the first calls in the queue. If the log names no screening, the last one of the phone in the day
 * before the call counts. Two seconds are tolerated, because logs have whole seconds.
 */
export async function loadWaitingCalls(
  { db, organizationId }: TransactionContext,
  limit: number,
): Promise<WaitingCall[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT queue.id AS "queueId", is_first AS "isFirst", call.id AS "callId",
      call.phone_id AS "phoneId", phone.e164 AS phone, phone.phone_key AS "phoneKey",
      phone_key_generation() AS "keyGeneration",
      call.seller_id AS "sellerId", call.purpose, call.at, call.outcome, call.seconds,
      call.campaign,
      coalesce(call.dialer, named.dialer, last.dialer) AS dialer,
      coalesce(named.verdict, last.verdict)::text AS verdict,
      coalesce(named.phone_id, last.phone_id) AS "screenedPhoneId",
      coalesce(named.at, last.at) AS "screenedAt",
      coalesce(named.permit_until, last.permit_until) AS "permitUntil"
    FROM (
      SELECT * FROM call_queue WHERE organization_id = ${organizationId}::uuid
      ORDER BY id LIMIT ${limit}
    ) AS queue
    JOIN call ON call.organization_id = queue.organization_id AND call.id = queue.call_id
    JOIN phone ON phone.organization_id = call.organization_id AND phone.id = call.phone_id
    LEFT JOIN screening AS named
      ON named.organization_id = call.organization_id AND named.id = call.screening_id
    LEFT JOIN LATERAL (
      SELECT dialer, verdict, phone_id, at, permit_until FROM screening
      WHERE organization_id = call.organization_id AND phone_id = call.phone_id
        AND call.screening_id IS NULL AND screening.at <= call.at + interval '2 seconds'
        AND screening.at > call.at - interval '1 day'
      ORDER BY screening.at DESC LIMIT 1
    ) AS last ON true
    ORDER BY queue.id`;
  return rows.map(
    ({
      verdict,
      screenedPhoneId: phoneId,
      screenedAt: at,
      permitUntil,
      phoneKey: bytes,
      keyGeneration: generation,
      ...call
    }) => ({
      ...call,
      phoneKey: bytes && { bytes, generation },
      screening: verdict === null ? null : { verdict, phoneId, at, permitUntil },
    }),
  );
}
