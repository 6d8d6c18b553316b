import { planWithdrawal } from "@ringfence/core/consents/consent";
import type { PhoneId } from "@ringfence/core/ids";
import type { OptOutScope } from "@ringfence/core/do-not-call/opt-out";
import { actingPerson } from "../../platform/access/acting-person.ts";
import { allow } from "../../platform/access/allow.ts";
import { readAudited } from "../../platform/access/read-audited.ts";
import { readEveryEvent } from "../../consents/consent/read-events.ts";
import type { ServiceContext, TransactionContext } from "../../platform/context.ts";
import { type ConsentShown, latestConsentsAnd } from "../../people/phone/timeline-of.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { type CallExplained, explainCalls } from "./explain-calls.ts";

/** What a person sees of themselves. */
export type OwnRecord = {
  organization: string;
  /** IANA name, in which times are told. */
  zone: string;
  phone: string | null;
  purposes: readonly { key: string; name: string }[];
  /**
   * What they agreed to and took back lately, and all that still stands, the latest first, in the words
   * that they were shown.
   */
  consents: readonly ConsentShown[];
  /** Those of them that they can still take back. */
  standing: ReadonlySet<string>;
  /** Who called them, the latest first, and why. */
  calls: readonly CallExplained[];
  refusals: readonly OwnRefusal[];
};

/** What is kept of a phone, for its person, who has typed the code that it was sent. */
export async function readOwnRecord(ctx: ServiceContext): Promise<OwnRecord> {
  allow(ctx, "own-record.read");

  const phoneId = actingPerson(ctx);
  return readAudited(ctx, "own-record.read", phoneId, async (ctx) => {
    const { db, organizationId } = ctx;
    const { name, zone } = await db.organization.findUniqueOrThrow({
      where: { id: organizationId },
    });
    const phone = await db.phone.findFirst({ where: { organizationId, id: phoneId } });
    const standing = await standingOf(ctx, phoneId);
    return {
      organization: name,
      zone,
      phone: phone?.e164 ?? null,
      purposes: await purposesOf(ctx),
      consents: await latestConsentsAnd(ctx, phoneId, standing),
      standing,
      calls: await explainCalls(ctx, phoneId),
      refusals: await refusalsOf(ctx, phoneId),
    };
  });
}

/** What was not taken back whole. */
async function standingOf(ctx: TransactionContext, phoneId: PhoneId) {
  const events = await readEveryEvent(ctx, { phones: [phoneId] });
  const consents = [...Map.groupBy(events, ({ consentId }) => consentId)];
  return new Set(
    consents.flatMap(([id, said]) =>
      planWithdrawal(said, {}, ctx.now).outcome === "withdraw" ? id : [],
    ),
  );
}

/** `name` is that of the seller, or the key of the purpose; null for a refusal of neither. */
export type OwnRefusal = {
  reference: string;
  at: Date;
  scope: OptOutScope["scope"];
  name: string | null;
  /** Since when it counts no more, for it was entered for a wrong number. */
  correctedAt: Date | null;
};

const MOST_REFUSALS = 20;

async function refusalsOf({ db, organizationId }: TransactionContext, phoneId: string) {
  const rows = await db.optOut.findMany({
    where: { organizationId, phoneId },
    include: { seller: true, answers: { where: { isAccepted: true } } },
    orderBy: { id: "desc" },
    take: MOST_REFUSALS,
  });
  return rows.map(({ reference, at, scope, seller, purpose, answers }) => ({
    reference,
    at,
    scope,
    name: seller?.name ?? purpose,
    correctedAt: answers[0]?.answeredAt ?? null,
  }));
}
