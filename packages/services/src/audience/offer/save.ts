import { command } from "../../platform/verb.ts";
import { OfferId } from "@ringfence/core/ids";
import { SaveOffer, ScriptLanguage, scriptFault } from "@ringfence/core/audience/offer";
import { findPurpose } from "@ringfence/core/account/purpose";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { freshIds } from "../../platform/fresh-ids.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { takeUpSegment } from "../segment/segment.ts";

/**
 * Saves an offer. One that is changed is a new version: campaigns that were sent to review keep the one
 * that was looked at.
 */
export const saveOffer = command({
  name: "saveOffer",
  action: "offer.change",
  input: SaveOffer,
  run: async (
    ctx,
    { offer, name, purpose, eligibility, priority, scripts },
  ): Promise<{ id: OfferId; version: number }> => {
    const { db, organizationId, actor, now } = ctx;
    requireScripts(scripts);
    const { fault } = findPurpose(await purposesOf(ctx), purpose);
    if (fault) throw new ServiceError("invalid-field", fault, "/purpose");
    if (eligibility) await takeUpSegment(ctx, eligibility);
    await requireFreeName(ctx, name, offer?.id ?? null);

    const [fresh] = offer ? [offer.id] : await freshIds<OfferId>(ctx, 1);
    const id = OfferId.parse(fresh);
    const version = (offer?.version ?? 0) + 1;
    if (offer) await advance(ctx, offer, name);
    else await db.offer.create({ data: { organizationId, id, name, version, createdAt: now } });
    await db.offerVersion.create({
      data: {
        organizationId,
        offerId: id,
        number: version,
        name,
        purpose,
        eligibilityId: eligibility ?? null,
        priority,
        scripts,
        at: now,
        actor: actorOnRecord(actor),
      },
    });
    await appendAudit(ctx, "offer.change", { offerId: id, version });
    return { id, version };
  },
  audit: "by run",
});

/** A script that does not name the right to refuse is said to nobody. */
function requireScripts(scripts: SaveOffer["scripts"]) {
  for (const language of ScriptLanguage.options) {
    const script = scripts[language];
    const fault = script === undefined ? null : scriptFault(script, language);
    if (fault) throw new ServiceError("invalid", fault, `/scripts/${language}`);
  }
}

async function requireFreeName(
  { db, organizationId }: TransactionContext,
  name: string,
  ownId: OfferId | null,
) {
  const other = await db.offer.findFirst({ where: { organizationId, name } });
  if (other === null || other.id === ownId) return;
  const key = other.archivedAt === null ? "offer.name-taken" : "offer.name-archived";
  throw new ServiceError("conflict", { key, values: { name } }, "/name");
}

/** Only from the version that was opened: what another saved meanwhile is not overwritten. */
async function advance(
  { db, organizationId }: TransactionContext,
  { id, version }: { id: OfferId; version: number },
  name: string,
) {
  const where = { organizationId, id, archivedAt: null };
  const { count } = await db.offer.updateMany({
    where: { ...where, version },
    data: { name, version: version + 1 },
  });
  if (count === 1) return;
  const isThere = (await db.offer.count({ where })) > 0;
  throw isThere
    ? new ServiceError("conflict", { key: "offer.changed-meanwhile" })
    : new ServiceError("not-found", { key: "offer.not-found" });
}
