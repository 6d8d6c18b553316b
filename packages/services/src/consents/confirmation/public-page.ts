import { ConfirmationId } from "@ringfence/core/ids";
import { type PersonContext, createPersonContext } from "../../platform/access/person-context.ts";
import type { Installation } from "../../platform/context.ts";
import { ServiceError } from "../../platform/errors.ts";
import { readLink } from "../../platform/keys/link.ts";
import { command } from "../../platform/verb.ts";
import { linkReceipt, lockConfirmation } from "./answer.ts";

/** On behalf of the person who has the link that we sent. */
export type Answering = { ctx: PersonContext; confirmationId: ConfirmationId };

/** Who opens a link; one that we did not write looks like one that is gone. */
export const openConfirmation = async (
  installation: Installation,
  link: string,
): Promise<Answering> => {
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
