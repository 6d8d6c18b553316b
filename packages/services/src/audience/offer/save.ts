import { ServiceError, command, createId, toStoredActor } from "../../platform/internal.ts";
import { OfferId } from "@ringfence/core/ids";
import { SaveOffer, ScriptLanguage, findScriptFault } from "@ringfence/core/audience/offer";
import { findPurpose } from "@ringfence/core/account/purpose";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { advanceVersion, assertFreeName, holdSegmentForUse } from "../segment/internal.ts";

/** Saves an offer. Each save of an existing one is a new version; campaigns already sent for review keep theirs. */
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
    await assertFreeName(ctx, "offer", name, offer?.id ?? null);

    const id = offer?.id ?? (await createId(ctx, OfferId));
    const version = (offer?.version ?? 0) + 1;
    if (offer) await advanceVersion(ctx, "offer", offer, name);
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

/** Requires that every script has only valid fields and states the right to refuse. */
function assertScripts(scripts: SaveOffer["scripts"]) {
  for (const language of ScriptLanguage.options) {
    const script = scripts[language];
    const fault = script === undefined ? null : findScriptFault(script, language);
    if (fault) throw new ServiceError("invalid", fault, `/scripts/${language}`);
  }
}
