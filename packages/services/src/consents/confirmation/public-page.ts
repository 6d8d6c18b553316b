import { ConfirmationId } from "@ringfence/core/ids";
import {
  type Installation,
  type PersonContext,
  ServiceError,
  createPersonContext,
  query,
  readLink,
} from "../../platform/internal.ts";
import { createReceiptLink, loadConfirmation } from "./answer.ts";

/** A confirmation opened through its link, on behalf of the person. */
export type OpenedConfirmation = { ctx: PersonContext; confirmationId: ConfirmationId };

/** Opens a confirmation link. Throws the same error for a forged link and for a confirmation that is gone. */
export const openConfirmation = async (
  installation: Installation,
  link: string,
): Promise<OpenedConfirmation> => {
  const parts = readLink(installation.keys, "confirmation link", link);
  const { prisma } = installation.db;
  const row =
    parts &&
    (await prisma.confirmation.findFirst({
      where: parts,
      select: { phoneId: true },
    }));
  if (!parts || !row) throw new ServiceError("not-found", { key: "confirmation.not-found" });
  return {
    ctx: createPersonContext(installation, parts.organizationId, row.phoneId),
    confirmationId: ConfirmationId.parse(parts.id),
  };
};

/** Reads what the confirmation page shows: seller, texts and state, but not the number. */
export const readConfirmation = query({
  name: "readConfirmation",
  action: "consent.answer",
  input: ConfirmationId,
  run: async (ctx, id) => {
    const { db, organizationId, now } = ctx;
    const row = await loadConfirmation(ctx, id);
    const events = await db.consentEvent.findMany({
      where: { organizationId, consentId: { in: row.consentIds } },
      orderBy: { id: "asc" },
      distinct: ["consentId"],
      include: { seller: { select: { name: true } }, disclosure: true },
    });
    const state = toState(row, now);
    return {
      seller: events[0]?.seller.name ?? "",
      at: row.createdAt,
      texts: events.flatMap(({ disclosure }) =>
        disclosure ? [{ language: disclosure.language, text: disclosure.text }] : [],
      ),
      state,
      /**
       * Link to the receipt; null while the person is asked, and if they did not answer or disowned the form.
       */
      receipt: state === "told" || state === "confirmed" ? createReceiptLink(ctx, row) : null,
    };
  },
  audit: "none",
});

/**
 * State of a confirmation. `asked`: it waits for the person's answer. `told`: they are only informed, and the consent
 * counts without an answer. `disowned`: they denied having filled in the form. `expired`: the time to answer is over.
 */
type State = "asked" | "told" | "confirmed" | "disowned" | "expired";

function toState(
  row: { isAsked: boolean; confirmedAt: Date | null; disownedAt: Date | null; expiresAt: Date },
  now: Date,
): State {
  if (row.disownedAt !== null) return "disowned";
  if (row.confirmedAt !== null) return "confirmed";
  if (!row.isAsked) return "told";
  return row.expiresAt <= now ? "expired" : "asked";
}
