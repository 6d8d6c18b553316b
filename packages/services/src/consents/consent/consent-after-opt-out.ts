import {
  type AgainEffect,
  type ConsentQuestion,
  agreedAgain,
} from "@ringfence/core/consents/consent";
import { ConsentId, type PhoneId, SellerId } from "@ringfence/core/ids";
import { type OptOutScope, toScope } from "@ringfence/core/do-not-call/opt-out";
import { z } from "zod";
import { type NamedActor, loadActorNames } from "../../platform/access/actor-names.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { findForgedCorrections } from "../../proof/record/correction-macs.ts";
import { findPerson } from "../../people/phone/find-person.ts";
import { readEvents } from "./events.ts";

/** A refusal, and what came after it that may lift it. */
export type AgainSeen = {
  reference: string;
  refusedAt: Date;
  scope: OptOutScope["scope"];
  isLifted: boolean;
  grants: readonly GrantSeen[];
};

export type GrantSeen = {
  consentId: ConsentId;
  at: Date;
  source: string;
  by: NamedActor | null;
  /** What the person did, in the words of the evidence; null where nothing says so. */
  act: string | null;
  effect: AgainEffect;
};

/** What the person refused and agreed to again, as far as a call asks for it (contract 6). */
export async function readAgreedAgain(
  ctx: TransactionContext,
  phoneId: PhoneId,
  question: ConsentQuestion,
): Promise<AgainSeen[]> {
  const optOuts = await refusalsOf(ctx, phoneId);
  if (optOuts.length === 0) return [];
  const events = await readEvents(ctx, { phones: [phoneId] });
  const again = agreedAgain(events, optOuts, question, ctx.now);
  const seen = await seeEvents(
    ctx,
    again.flatMap(({ grants }) => grants.map(({ grant }) => grant.id)),
  );
  return again.map(({ optOut, grants, isLifted }) => ({
    reference: optOut.reference,
    refusedAt: optOut.at,
    scope: optOut.scope,
    isLifted,
    grants: grants.flatMap(({ grant, effect }) => {
      const event = seen.get(grant.id);
      return event ? [{ ...event, effect }] : [];
    }),
  }));
}

/** Of the person, by any of their phones; not those that two officers have corrected. */
async function refusalsOf(ctx: TransactionContext, phoneId: PhoneId) {
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

async function seeEvents(ctx: TransactionContext, ids: readonly string[]) {
  const { db, organizationId } = ctx;
  const rows = await db.consentEvent.findMany({
    where: { organizationId, id: { in: [...ids] } },
    include: { evidence: { select: { body: true } } },
  });
  const nameOf = await loadActorNames(
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
        by: nameOf(actor),
        act: evidence.flatMap(({ body }) => Act.safeParse(body).data?.act ?? [])[0] ?? null,
      },
    ]),
  );
}
