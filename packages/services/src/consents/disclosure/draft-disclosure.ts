import { command } from "../../platform/verb.ts";
import { DraftDisclosure } from "@ringfence/core/consents/disclosure";
import { DisclosureId } from "@ringfence/core/ids";
import { findSeller } from "@ringfence/core/account/seller";
import { actorOnRecord } from "../../platform/access/actor-on-record.ts";
import { appendAudit } from "../../platform/audit/append-audit.ts";
import { ServiceError } from "../../platform/errors.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { requireUnarchived } from "./disclosure-archive.ts";
import { requireDisclosure } from "./require-disclosure.ts";

/** Keeps a text as it is worked on: of a new disclosure, or of the next version of one. */
export const draftDisclosure = command({
  name: "draftDisclosure",
  action: "disclosure.change",
  input: DraftDisclosure,
  run: async (ctx, { id, language, text, terms }): Promise<{ id: DisclosureId }> => {
    const { db, organizationId, now } = ctx;
    const { seller, fault } = findSeller(await sellersOf(ctx), terms.seller);
    if (fault) throw new ServiceError("invalid-field", fault, "/terms/seller");
    if (id !== undefined) {
      await requireDisclosure(ctx, id);
      await requireUnarchived(ctx, id);
    }

    const said = { language, text, terms: { ...terms, seller: seller.id } };
    const data = { ...said, updatedAt: now, actor: actorOnRecord(ctx.actor) };
    const changed =
      id === undefined
        ? { count: 0 }
        : await db.disclosureDraft.updateMany({ where: { organizationId, id }, data });
    const drafted =
      changed.count > 0
        ? { id }
        : await db.disclosureDraft.create({ data: { organizationId, ...(id && { id }), ...data } });
    const disclosureId = DisclosureId.parse(drafted.id);
    await appendAudit(ctx, "disclosure.change", { disclosureId });
    return { id: disclosureId };
  },
  audit: "by run",
});
