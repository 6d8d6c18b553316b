import {
  ServiceError,
  type TransactionContext,
  command,
  createId,
  toStoredActor,
} from "../../platform/internal.ts";
import { OfferId } from "@ringfence/core/ids";
import { SaveOffer, ScriptLanguage, findScriptFault } from "@ringfence/core/audience/offer";
import { findPurpose } from "@ringfence/core/account/purpose";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { holdSegmentForUse } from "../segment/internal.ts";

/** Saves an offer. A changed offer is a new version; campaigns already sent for review keep theirs. */
export const saveOffer = command({
  name: "saveOffer",
  action: "offer.change",
  input: SaveOffer,
  run: async (
    ctx,
    { offer, name, purpose, eligibility, priority, scripts },
  ): Promise<{ id: OfferId; version: number }> => {
    const { db, organizationId, actor, now } = ctx;
    assertScripts(scripts);
    const { fault } = findPurpose(await loadPurposes(ctx), purpose);
    if (fault) throw new ServiceError("invalid-field", fault, "/purpose");
    if (eligibility) await holdSegmentForUse(ctx, eligibility);
    await assertFreeName(ctx, name, offer?.id ?? null);

    const id = offer?.id ?? (await createId(ctx, OfferId));
    const version = (offer?.version ?? 0) + 1;
    if (offer) await advanceVersion(ctx, offer, name);
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
        actor: toStoredActor(actor),
      },
    });
    return { id, version };
  },
  audit: ({ id, version }) => ({ offerId: id, version }),
});

/** Requires that every script states the right to refuse. */
function assertScripts(scripts: SaveOffer["scripts"]) {
  for (const language of ScriptLanguage.options) {
    const script = scripts[language];
    const fault = script === undefined ? null : findScriptFault(script, language);
    if (fault) throw new ServiceError("invalid", fault, `/scripts/${language}`);
  }
}

async function assertFreeName(
  { db, organizationId }: TransactionContext,
  name: string,
  ownId: OfferId | null,
) {
  const other = await db.offer.findFirst({ where: { organizationId, name } });
  if (other === null || other.id === ownId) return;
  const key = other.archivedAt === null ? "offer.name-taken" : "offer.name-archived";
  throw new ServiceError("conflict", { key, values: { name } }, "/name");
}

/** Advances the version only if nobody else saved since it was opened. */
async function advanceVersion(
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
