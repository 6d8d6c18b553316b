import {
  type LiftEffect,
  type ConsentQuestion,
  findConsentsAfterOptOuts,
} from "@ringfence/core/consents/consent";
import { ConsentId, type PhoneId, SellerId } from "@ringfence/core/ids";
import { type OptOutScope, toScope } from "@ringfence/core/do-not-call/opt-out";
import { z } from "zod";
import {
  type NamedActor,
  type TransactionContext,
  loadActorNames,
} from "../../platform/internal.ts";
import { findForgedCorrections } from "../../proof/record/internal.ts";
import { findPerson } from "../../people/phone/internal.ts";
import { loadCountedEvents } from "./events.ts";
import { findPhonesWhereEnquiriesCount } from "./standing.ts";

/** An opt-out, and later consents that may lift it. */
export type OptOutWithConsentsView = {
  reference: string;
  refusedAt: Date;
  scope: OptOutScope["scope"];
  isLifted: boolean;
  grants: readonly ConsentAfterOptOutView[];
};

export type ConsentAfterOptOutView = {
  consentId: ConsentId;
  at: Date;
  source: string;
  by: NamedActor | null;
  /** The person's act, according to the evidence; null if unknown. */
  act: string | null;
  effect: LiftEffect;
};

/** Loads the person's opt-outs and the later consents that concern this call (contract 6). */
export async function loadConsentsAfterOptOuts(
  ctx: TransactionContext,
  phoneId: PhoneId,
  question: ConsentQuestion,
): Promise<OptOutWithConsentsView[]> {
  const optOuts = await loadOptOuts(ctx, phoneId);
  if (optOuts.length === 0) return [];
  const events = await loadCountedEvents(ctx, { phones: [phoneId] });
  const enquiriesCount = await findPhonesWhereEnquiriesCount(ctx, events);
  const withConsents = findConsentsAfterOptOuts(events, optOuts, question, {
    at: ctx.now,
    countsEnquiries: enquiriesCount.has(phoneId),
  });
  const eventViews = await loadEventViews(
    ctx,
    withConsents.flatMap(({ grants }) => grants.map(({ grant }) => grant.id)),
  );
  return withConsents.map(({ optOut, grants, isLifted }) => ({
    reference: optOut.reference,
    refusedAt: optOut.at,
    scope: optOut.scope,
    isLifted,
    grants: grants.flatMap(({ grant, effect }) => {
      const event = eventViews.get(grant.id);
      return event ? [{ ...event, effect }] : [];
    }),
  }));
}

/** Loads the opt-outs of the person from all their phones, without those that two officers corrected. */
async function loadOptOuts(ctx: TransactionContext, phoneId: PhoneId) {
  const { db, organizationId } = ctx;
  const { otherPhones } = await findPerson(ctx, phoneId);
  const rows = await db.optOut.findMany({
    where: {
      organizationId,
      phoneId: { in: [phoneId, ...otherPhones.map(({ id }) => id)] },
      OR: [
        { answers: { none: { isAccepted: true } } },
        { id: { in: await findForgedCorrections(ctx) } },
      ],
    },
    orderBy: { id: "desc" },
  });
  return rows.map(({ reference, at, recordedAt, sellerId, ...row }) => ({
    ...toScope({ ...row, sellerId: SellerId.nullable().parse(sellerId) }),
    reference,
    at,
    recordedAt,
  }));
}

const Act = z.object({ act: z.string() });

async function loadEventViews(ctx: TransactionContext, ids: readonly string[]) {
  const { db, organizationId } = ctx;
  const rows = await db.consentEvent.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: { evidence: { select: { body: true } } },
  });
  const nameActor = await loadActorNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  return new Map(
    rows.map(({ id, consentId, at, source, actor, evidence }) => [
      id,
      {
        consentId: ConsentId.parse(consentId),
        at,
        source,
        by: nameActor(actor),
        act: evidence.flatMap(({ body }) => Act.safeParse(body).data?.act ?? [])[0] ?? null,
      },
    ]),
  );
}
