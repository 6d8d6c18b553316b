import { FormPlacement } from "@ringfence/core/consents/capture-form";
import { Element } from "@ringfence/core/consents/consent";
import { Channel } from "@ringfence/core/people/phone";
import { ConsentId, PhoneId, SellerId } from "@ringfence/core/ids";
import { PurposeKey } from "@ringfence/core/account/purpose";
import { mendJson } from "@ringfence/core/platform/text";
import { z } from "zod";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { type StatedConsent, stateConsents } from "../consent/state-consents.ts";
import { stateWithdrawal } from "../consent/state-withdrawal.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { announceChanges } from "../../do-not-call/endpoint/announce-changes.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { authenticateConsents } from "../../proof/record/authenticate-consents.ts";
import { stateLifted } from "../../do-not-call/opt-out/state-lifted.ts";
import type { ConfirmationRow } from "./lock-confirmation.ts";

/** What the server saw of the request by which a person answered. */
export type AnsweredBy = { act: string; ip: string; userAgent: string };

/**
 * Puts the person's answer on record for each consent that they were asked about: `granted`, or
 * `invalidated`. Only an answer to the phone proves an act of whose phone it is, and lifts a refusal
 * (contract 6).
 */
export async function appendAnswers(
  ctx: TransactionContext,
  { id: confirmation, consentIds, means, sentAt }: ConfirmationRow,
  type: "granted" | "invalidated",
  by: AnsweredBy,
) {
  const { db, organizationId, now, actor } = ctx;
  const first = await db.consentEvent.findMany({
    where: { organizationId, consentId: { in: consentIds } },
    orderBy: { id: "asc" },
    distinct: ["consentId"],
  });
  const ids = await freshIds<string>(ctx, first.length);
  const events = first.map((asked, index) => ({
    ...asked,
    id: ids[index] ?? "",
    type,
    isProven: type === "granted" && isProof(means),
    at: now,
    validUntil: type === "granted" ? asked.validUntil : null,
    recordedAt: now,
    actor: actorOnRecord(actor),
    mac: null,
  }));
  await db.consentEvent.createMany({ data: events });
  const body = mendJson({ ...by, means, confirmation, sentAt });
  await db.evidence.createMany({
    data: events.map(({ id }) => ({
      organizationId,
      consentEventId: id,
      body: JSON.parse(JSON.stringify(body)),
    })),
  });
  await announceChanges(ctx, "consent.changed", ids);
  const placements = await readPlacements(
    ctx,
    first.map((asked) => asked.id),
  );
  const stated = events.map((event, index) => {
    const placement = placements.get(first[index]?.id ?? "") ?? null;
    return { ...readStated(event, body), placement };
  });
  if (type === "granted") {
    await stateConsents(ctx, stated);
    if (isProof(means)) for (const one of stated) await stateLifted(ctx, one);
  } else for (const one of stated) await stateWithdrawal(ctx, one, "consent.invalidated");
  await authenticateConsents(ctx, ids);
}

/** A text message reaches the phone itself; the mailbox is whatever the form was given. */
const isProof = (means: ConfirmationRow["means"]) => means === "sms";

const Answered = z.object({
  id: z.string(),
  consentId: ConsentId,
  phoneId: PhoneId,
  sellerId: SellerId,
  purposes: z.array(PurposeKey),
  channels: z.array(Channel),
  elements: z.array(Element),
  isWritten: z.boolean(),
  isProven: z.boolean(),
  at: z.date(),
  validUntil: z.date().nullable(),
  source: z.string(),
  disclosureId: z.string(),
  disclosureVersion: z.int(),
});

/** Finds where each form was filled in, by the event that it captured. Nothing is known about erased events. */
async function readPlacements(
  { db, organizationId }: TransactionContext,
  captured: string[],
): Promise<Map<string, FormPlacement>> {
  const rows = await db.evidence.findMany({
    where: { organizationId, consentEventId: { in: captured } },
  });
  return new Map(
    rows.flatMap(({ consentEventId, body }) => {
      const { success, data } = Captured.safeParse(body);
      return success ? [[consentEventId, data.placement] as const] : [];
    }),
  );
}

const Captured = z.object({ placement: FormPlacement });

/** What a form captured always shows words. */
function readStated(event: unknown, evidence: unknown): Omit<StatedConsent, "placement"> {
  const { id, disclosureId, disclosureVersion, ...answered } = Answered.parse(event);
  const disclosure = { id: disclosureId, version: disclosureVersion };
  return { ...answered, eventId: id, disclosure, contact: undefined, evidence };
}
