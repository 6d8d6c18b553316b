import { CopyOwnData } from "@ringfence/core/desk/own-record";
import { loadPurposes } from "../../account/purpose/internal.ts";
import {
  appendAudit,
  inTransaction,
  query,
  requirePersonPhone,
  requirePhone,
} from "../../platform/internal.ts";
import { type PackedCopy, packCopy, toPreferenceRow } from "../access-report/internal.ts";
import { readAllConsents } from "../number/internal.ts";
import { assertMayTakeFile } from "./download-own-record.ts";
import { listOwnOptOuts } from "./read-own-record.ts";

/**
 * Packs what the person gave with this phone, for another company (GDPR art. 20): consents, withdrawals, opt-outs and
 * call preferences. The number may have been somebody else's before, so the copy has no names, no evidence and no free
 * text. An officer's copy has what is known about the contact.
 */
export const copyOwnData = query({
  name: "copyOwnData",
  action: "own-record.read",
  input: CopyOwnData,
  transaction: "by run",
  run: async (ctx, { locale }): Promise<PackedCopy> => {
    assertMayTakeFile(ctx);
    return inTransaction(ctx, async (ctx) => {
      const { db, organizationId } = ctx;
      const phoneId = requirePersonPhone(ctx);
      await requirePhone(ctx, phoneId);
      await appendAudit(ctx, "own-record.read", { phoneId, isDownload: true, isPortable: true });
      const { e164 } = await db.phone.findFirstOrThrow({ where: { organizationId, id: phoneId } });
      const names = new Map<string, string>(
        (await loadPurposes(ctx)).map(({ key, name }) => [key, name]),
      );
      const consents = await readAllConsents(ctx, phoneId);
      const optOuts = await listOwnOptOuts(ctx, phoneId);
      const preferences = await db.callPreference.findMany({
        where: { organizationId, phoneId },
        orderBy: [{ at: "desc" }, { id: "desc" }],
      });
      const records = {
        phones: [{ phone: e164 }],
        consents: consents.map(
          ({ at, type, seller, purposes, channels, validUntil, disclosure }) => ({
            at,
            event: type,
            seller,
            purposes: purposes.map((key) => names.get(key) ?? key),
            channels,
            words: disclosure?.text ?? null,
            validUntil,
          }),
        ),
        optOuts: optOuts.map(({ at, reference, scope, name }) => ({ at, reference, scope, name })),
        preferences: preferences.map((row) =>
          toPreferenceRow(row, { nameNumber: () => e164, locale }),
        ),
      };
      return packCopy(ctx, { records, shortened: [] }, { locale, name: "my-data" });
    });
  },
  // The phone is the actor's, not part of the input.
  audit: "by run",
});
