import { command } from "../../platform/verb.ts";
import { createChallenge } from "../burst/challenge.ts";
import type { TransactionContext } from "../../platform/context.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";

const DIGITS_SHOWN = 2;

/** What a page offers to refuse, and whose it is. */
export type OfferedRefusal = {
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
export const offerRefusal = command({
  name: "offerRefusal",
  action: "opt-out.record",
  run: async (ctx): Promise<OfferedRefusal> => {
    const { name, homeRegion } = await ctx.db.organization.findUniqueOrThrow({
      where: { id: ctx.organizationId },
    });
    const [sellers, purposes] = [await sellersOf(ctx), await purposesOf(ctx)];
    return {
      organization: name,
      homeRegion,
      sellers: sellers.map(named),
      purposes: purposes.map(named),
      ending: await endingOf(ctx),
      challenge: ctx.actor.type === "visitor" ? createChallenge(ctx) : null,
    };
  },
  audit: "by run",
});

const named = ({ key, name }: { key: string; name: string }) => ({ key, name });

async function endingOf({ db, organizationId, actor }: TransactionContext) {
  if (actor.type !== "person") return null;
  const row = await db.phone.findFirst({ where: { organizationId, id: actor.phoneId } });
  return row?.e164?.slice(-DIGITS_SHOWN) ?? null;
}
