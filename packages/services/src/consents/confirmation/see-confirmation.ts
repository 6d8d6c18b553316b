import { command } from "../../platform/verb.ts";
import { ConfirmationId } from "@ringfence/core/ids";
import { linkReceipt, lockConfirmation } from "./lock-confirmation.ts";

/** What the page behind a link shows: to whom, in which words, and how it stands. Not the number. */
export const seeConfirmation = command({
  name: "seeConfirmation",
  action: "consent.answer",
  input: ConfirmationId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    const row = await lockConfirmation(ctx, id);
    const events = await db.consentEvent.findMany({
      where: { organizationId, consentId: { in: row.consentIds } },
      orderBy: { id: "asc" },
      distinct: ["consentId"],
      include: { seller: { select: { name: true } }, disclosure: true },
    });
    const state = stateOf(row, now);
    return {
      seller: events[0]?.seller.name ?? "",
      at: row.createdAt,
      texts: events.flatMap(({ disclosure }) =>
        disclosure ? [{ language: disclosure.language, text: disclosure.text }] : [],
      ),
      state,
      /** The link to what the person keeps; null while nothing is agreed to, or no more. */
      receipt: state === "told" || state === "confirmed" ? linkReceipt(ctx, row) : null,
    };
  },
  audit: "by run",
});

type State = "asked" | "told" | "confirmed" | "disowned" | "expired";

function stateOf(
  row: { isAsked: boolean; confirmedAt: Date | null; disownedAt: Date | null; expiresAt: Date },
  now: Date,
): State {
  if (row.disownedAt !== null) return "disowned";
  if (row.confirmedAt !== null) return "confirmed";
  if (!row.isAsked) return "told";
  return row.expiresAt <= now ? "expired" : "asked";
}
