import { mendJson } from "@ringfence/core/text";
import { actorOnRecord } from "../access/actor-on-record.ts";
import type { TransactionContext } from "../context.ts";
import { freshIds } from "../fresh-ids.ts";
import { appendEntry } from "../ledger/append-entry.ts";
import type { ConfirmationRow } from "./lock-confirmation.ts";

/** What the server saw of the request by which a person answered. */
export type AnsweredBy = { act: string; ip: string; userAgent: string };

/**
 * Puts the person's answer on record for each consent that they were asked about: `granted`, proven by
 * what only they could have been sent (contract 6), or `invalidated`.
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
    isProven: type === "granted",
    at: now,
    validUntil: type === "granted" ? asked.validUntil : null,
    recordedAt: now,
    actor: actorOnRecord(actor),
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
  for (const event of events) {
    await appendEntry(ctx, `consent.${type}`, {
      consentId: event.consentId,
      eventId: event.id,
      phoneId: event.phoneId,
      sellerId: event.sellerId,
      purposes: event.purposes.join(" "),
      channels: event.channels.join(" "),
      source: event.source,
      at: now.toISOString(),
      confirmation,
    });
  }
}
