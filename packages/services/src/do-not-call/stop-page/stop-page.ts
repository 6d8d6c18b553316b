import { command } from "../../platform/verb.ts";
import { createChallenge } from "../burst/challenge.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import { z } from "zod";
import type { Message } from "@ringfence/core/platform/message";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { type Visitor, createFlow, isBusy, recordRequest } from "../burst/detect.ts";
import { writeLink } from "../../platform/keys/link.ts";
import { recordForPhone, recordOptOut } from "../opt-out/record.ts";
import { actingPerson } from "../../platform/access/acting-person.ts";

const DIGITS_SHOWN = 2;

/** What a page offers to refuse, and whose it is. */
export type OptOutChoices = {
  organization: string;
  /** How a number without its country is read: an example stands beside the field. */
  homeRegion: string;
  sellers: readonly { key: string; name: string }[];
  purposes: readonly { key: string; name: string }[];
  /** The last digits of the number of a link, by which its person knows it and nobody else does. */
  ending: string | null;
  /** Challenge for the visitor's browser; null if a link already says whose number it is. */
  challenge: string | null;
};

/** What a person can refuse: all calls of an organization, or those of a seller, or about a purpose. */
export const readOptOutChoices = command({
  name: "readOptOutChoices",
  action: "opt-out.record",
  run: async (ctx): Promise<OptOutChoices> => {
    const { name, homeRegion } = await ctx.db.organization.findUniqueOrThrow({
      where: { id: ctx.organizationId },
    });
    const [sellers, purposes] = [await sellersOf(ctx), await purposesOf(ctx)];
    return {
      organization: name,
      homeRegion,
      sellers: sellers.map(toChoice),
      purposes: purposes.map(toChoice),
      ending: await findNumberEnding(ctx),
      challenge: ctx.actor.type === "visitor" ? createChallenge(ctx) : null,
    };
  },
  audit: "by run",
});

const toChoice = ({ key, name }: { key: string; name: string }) => ({ key, name });

async function findNumberEnding({ db, organizationId, actor }: TransactionContext) {
  if (actor.type !== "person") return null;
  const row = await db.phone.findFirst({ where: { organizationId, id: actor.phoneId } });
  return row?.e164?.slice(-DIGITS_SHOWN) ?? null;
}

type OptOutOnPage = Pick<RecordOptOut, "phone" | "scope"> & { visitor: Visitor };

/** `receipt` is a link that opens it; null where there is nothing to keep. */
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
  input: z.custom<OptOutOnPage>(),
  run: async (ctx, { phone, scope, visitor }): Promise<OptOutOnPageResult> => {
    const { keys, organizationId } = ctx;
    if (phone === "") return { fault: { key: "phone.empty" } }; // nobody could find out whose it is
    const flow = await createFlow(ctx, visitor);
    const isRepeatable = await isBusy(ctx, flow);
    const said = { phone, scope, channel: "web" } as const;
    const { answer, fault } = await recordOptOut(ctx, said, { isRepeatable, isAnonymous: true });
    const { id, isNew } = answer ?? { id: null, isNew: true };
    await recordRequest(ctx, flow, { optOutId: id, isNew });
    if (fault) return { fault };
    const link = { organizationId, id: answer.id };
    return { receipt: isRepeatable ? null : writeLink(keys, "receipt link", link) };
  },
  audit: "by run",
});

/** By the page of a link, or by the mail program that shows our mail (RFC 8058). */
type OptOutByLink = { scope?: RecordOptOut["scope"]; channel: "web" | "email" };

/**
 * A person refuses calls by a link that we gave them, also when their number was erased since. By mail
 * it may be sent again by machines, and is then one.
 */
export const optOutByLink = command({
  name: "optOutByLink",
  action: "opt-out.record",
  input: z.custom<OptOutByLink>(),
  run: async (ctx, { scope, channel }): Promise<{ receipt: string }> => {
    const { keys, organizationId } = ctx;
    const isRepeatable = channel === "email";
    const { id } = await recordForPhone(
      ctx,
      actingPerson(ctx),
      { scope, channel },
      { isRepeatable },
    );
    return { receipt: writeLink(keys, "receipt link", { organizationId, id }) };
  },
  audit: "by run",
});
