import type { CallId, PhoneId, SellerId } from "@ringfence/core/ids";
import type { Phone } from "@ringfence/core/people/phone";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { Dialer } from "@ringfence/core/account/organization";
import type { PriorScreening } from "@ringfence/core/calling/violation";
import type { TransactionContext } from "../../platform/context.ts";
import type { PhoneKey } from "../../platform/keys/phone-key.ts";

/** A call that waits to be judged, and the screening by which it was placed. */
export type WaitingCall = {
  queueId: string;
  isFirst: boolean;
  callId: CallId;
  phoneId: PhoneId;
  /** Null where it was erased: then the key is there. */
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
 * The first in the queue. A log need not name screenings: then the last of the phone in a day before
 * the call counts, two seconds after it among them, for logs tell whole seconds.
 */
export async function waitingCalls(
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
