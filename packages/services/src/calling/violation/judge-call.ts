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
import { type LoadedFacts, screeningOfCall, toScreeningFacts } from "../screening/internal.ts";
import { CallId, PhoneId, SellerId } from "@ringfence/core/ids";
import { Phone } from "@ringfence/core/people/phone";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { Dialer } from "@ringfence/core/account/organization";
import { type PhoneKey, type TransactionContext, selectRows } from "../../platform/internal.ts";
import { sql } from "kysely";
import { z } from "zod";

/** A call of the queue, with everything that was found out about it. */
export type JudgedCall = WaitingCall & {
  found: FoundViolation | null;
  /** Way in which the call bypassed its screening; null if it had a valid permit. */
  gate: GateFault | null;
  /** Meaning of the code with which the call ended. */
  reading: ReplyReading;
  /** True if the code means an opt-out, and none of all calls was recorded since the call began. */
  isUnheard: boolean;
  end: CallEnd;
  /** Rules about abandoned calls under which it counts. */
  abandonmentRules: readonly RuleId[];
};

/** The organization's meanings of codes, whichever of its dialers sends them. Other codes are read as VICIdial's. */
export type Readings = Readonly<Record<string, ReplyReading>>;

/**
 * Judges a call by the law and the facts of its moment, as far as they are known now. `LoadedFacts` must be those of
 * the instant of the call (a what-if).
 */
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
  // A call in spite of an opt-out is reported as that alone.
  const isReported = refusals.some(({ reason }) => reason === "opted-out");
  const found = judgeCall({
    refusals,
    isErased: phone === null,
    gate,
    isRefusalIgnored: hasRefused && !isReported && isRefusalIgnored(at, facts.optOuts, row.now),
  });
  const isUnheard = hasRefused && !wasOptOutRecordedSince(at, facts.optOuts);
  // The former version of a changed rule applies too, under the same id.
  const rules = listRulesOfCall(facts, "abandoned_calls").map(({ id }) => id);
  const abandonmentRules = [...new Set(rules)];
  return { ...call, found, gate, reading, isUnheard, end: toCallEnd(outcome), abandonmentRules };
}

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
  if (known === undefined) throw new Error(`a call of an unknown seller: ${sellerId}`);
  return known;
}

/** A call that waits to be judged, with its screening, if there is one, whatever that decided. */
type WaitingCall = Omit<
  z.infer<typeof WaitingRow>,
  "phoneKey" | "keyGeneration" | "verdict" | "screenedPhoneId" | "screenedAt" | "permitUntil"
> & {
  /** Key of a number that was erased. */
  phoneKey: PhoneKey | null;
  screening: PriorScreening | null;
};

const WaitingRow = z.object({
  queueId: z.uuid(),
  /** True if the call was queued when it was recorded; false if it is to be judged again. */
  isFirst: z.boolean(),
  callId: CallId,
  phoneId: PhoneId,
  /** Null if it was erased: then the key is set. */
  phone: Phone.nullable(),
  phoneKey: z.instanceof(Uint8Array<ArrayBuffer>).nullable(),
  keyGeneration: z.int(),
  sellerId: SellerId,
  purpose: PurposeKey,
  at: z.date(),
  outcome: z.string().nullable(),
  seconds: z.int().nullable(),
  campaign: z.string().nullable(),
  dialer: Dialer.nullable(),
  verdict: z.enum(["allow", "refuse"]).nullable(),
  screenedPhoneId: PhoneId.nullable(),
  screenedAt: z.date().nullable(),
  /** End of the permit that the screening gave or verified; null if there is none. */
  permitUntil: z.date().nullable(),
});

/** Loads the first calls in the queue, each with its screening. A call that was queued twice is there twice. */
export async function loadWaitingCalls(
  ctx: TransactionContext,
  limit: number,
): Promise<WaitingCall[]> {
  const rows = await selectRows(
    ctx,
    WaitingRow,
    sql`
    SELECT queue.id AS queue_id, is_first, call.id AS call_id, call.phone_id, phone.e164 AS phone,
      phone.phone_key, phone_key_generation() AS key_generation, call.seller_id, call.purpose,
      call.at, call.outcome, call.seconds, call.campaign,
      coalesce(call.dialer, screening.dialer) AS dialer, screening.verdict::text,
      screening.phone_id AS screened_phone_id, screening.at AS screened_at,
      coalesce(screening.permit_until, verified.permit_until) AS permit_until
    FROM (
      SELECT * FROM call_queue WHERE organization_id = ${ctx.organizationId}::uuid
      ORDER BY id LIMIT ${limit}
    ) AS queue
    JOIN call ON call.organization_id = queue.organization_id AND call.id = queue.call_id
    JOIN phone ON phone.organization_id = call.organization_id AND phone.id = call.phone_id
    LEFT JOIN ${screeningOfCall} ON true
    LEFT JOIN screening AS verified
      ON verified.organization_id = call.organization_id AND verified.id = screening.permit_id
    ORDER BY queue.id`,
  );
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
      screening: verdict === null || at === null ? null : { verdict, phoneId, at, permitUntil },
    }),
  );
}
