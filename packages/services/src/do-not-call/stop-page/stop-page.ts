import {
  type TransactionContext,
  command,
  requirePersonPhone,
  requirePhone,
  writeLink,
} from "../../platform/internal.ts";
import { Visitor, createChallenge, createFlow, isBusy, recordRequest } from "../burst/internal.ts";
import { loadPurposes } from "../../account/purpose/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import type { Message } from "@ringfence/core/platform/message";
import { OptOutChannel, RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { recordForPhone, recordForWrittenNumber } from "../opt-out/internal.ts";

const DIGITS_SHOWN = 2;

/** The scopes and sellers that a person can choose when opting out. */
export type OptOutChoices = {
  organization: string;
  /** Country of a number that is typed without one. */
  homeRegion: string;
  sellers: readonly { key: string; name: string }[];
  purposes: readonly { key: string; name: string }[];
  /**
   * The last digits of the number behind a link, which only its person recognizes. Null without a link, or if erased.
   */
  ending: string | null;
  /** Challenge for the visitor's browser; null if a link already says whose number it is. */
  challenge: string | null;
};

/**
 * Reads what the person can opt out of: all calls, those of a seller, or those about a purpose. Counts as no request.
 */
export const readOptOutChoices = command({
  name: "readOptOutChoices",
  action: "opt-out.record",
  run: async (ctx): Promise<OptOutChoices> => {
    const { name, homeRegion } = await ctx.db.organization.findUniqueOrThrow({
      where: { id: ctx.organizationId },
    });
    const [sellers, purposes] = [await loadSellers(ctx), await loadPurposes(ctx)];
    return {
      organization: name,
      homeRegion,
      sellers: sellers.map(toChoice),
      purposes: purposes.map(toChoice),
      ending: await findNumberEnding(ctx),
      challenge: ctx.actor.type === "visitor" ? createChallenge(ctx) : null,
    };
  },
  audit: "none",
});

const toChoice = ({ key, name }: { key: string; name: string }) => ({ key, name });

async function findNumberEnding({ db, organizationId, actor }: TransactionContext) {
  if (actor.type !== "person") return null;
  const row = await db.phone.findFirst({ where: { organizationId, id: actor.phoneId } });
  return row?.e164?.slice(-DIGITS_SHOWN) ?? null;
}

const OptOutOnPage = RecordOptOut.pick({ phone: true, scope: true }).extend({ visitor: Visitor });

/** `receipt` is a link. It is null for an address that sends too many requests. */
type OptOutOnPageResult =
  | { receipt: string | null; fault?: never }
  | { fault: Message; receipt?: never };

/**
 * Records an opt-out for a number that a visitor types; it is in force when this returns (contract 6). Nobody
 * checks who they are, so the receipt covers this opt-out alone and reveals no earlier one. If an address
 * sends very many requests, it gets no receipts, and an opt-out already in force is not recorded again; a new
 * one still is.
 */
export const optOutOnPage = command({
  name: "optOutOnPage",
  action: "opt-out.record",
  input: OptOutOnPage,
  run: async (ctx, { phone, scope, visitor }): Promise<OptOutOnPageResult> => {
    const { keys, organizationId } = ctx;
    if (phone === "") return { fault: { key: "phone.empty" } }; // nobody could find out whose it is
    const flow = await createFlow(ctx, visitor);
    const isRepeatable = await isBusy(ctx, flow);
    const { answer, fault } = await recordForWrittenNumber(
      ctx,
      { phone, scope, channel: "web" },
      { isRepeatable, isAnonymous: true },
    );
    const { id, isNew } = answer ?? { id: null, isNew: true };
    await recordRequest(ctx, flow, { optOutId: id, isNew });
    if (fault) return { fault };
    const link = { organizationId, id: answer.id };
    return { receipt: isRepeatable ? null : writeLink(keys, "receipt link", link) };
  },
  // One row (`recordForWrittenNumber`).
  audit: "by run",
});

/** An opt-out through a person's own link: on its page, or one click in a mail program (RFC 8058). */
const OptOutByLink = RecordOptOut.pick({ scope: true }).extend({
  channel: OptOutChannel.extract(["web", "email"]),
});

/**
 * Opts out the person of a stop link, even if their number was erased. A mail program may send its click
 * several times, which makes one opt-out.
 */
export const optOutByLink = command({
  name: "optOutByLink",
  action: "opt-out.record",
  input: OptOutByLink,
  run: async (ctx, { scope, channel }): Promise<{ receipt: string }> => {
    const { keys, organizationId } = ctx;
    const phoneId = requirePersonPhone(ctx);
    await requirePhone(ctx, phoneId);
    const isRepeatable = channel === "email";
    const { id } = await recordForPhone(ctx, phoneId, { scope, channel }, { isRepeatable });
    return { receipt: writeLink(keys, "receipt link", { organizationId, id }) };
  },
  // One row (`recordForPhone`).
  audit: "by run",
});
