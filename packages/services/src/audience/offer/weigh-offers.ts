import type { OfferId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import {
  HistoryTrait,
  chanceOf,
  driversOf,
  tellDriver,
  traitsBefore,
} from "@ringfence/core/audience/relevance";
import type { PurposeKey } from "@ringfence/core/account/purpose";
import type { TransactionContext } from "../../platform/context.ts";
import { knownPeople } from "../relevance/person-facts.ts";
import { relevanceInForce, thresholdOf } from "../relevance/in-force.ts";
import { seenDrivers } from "../relevance/score.ts";
import type { KnownOffer } from "./offers-of.ts";

/** More are read by nobody. */
const MOST_DRIVERS = 3;

/** An offer with how well it fits a person: `chance` is null of who has no score. */
export type WeighedOffer = {
  id: OfferId;
  name: string;
  purpose: PurposeKey;
  priority: number;
  chance: number | null;
  /** Below which it is held back; null holds nobody back. */
  threshold: number | null;
  /** What makes this chance differ from the usual one, in words. */
  drivers: string[];
};

/**
 * How well each of some offers fits a person; `isLearned`: by a model of the organization's own calls, and
 * not by documented weights.
 */
export async function weighOffers(
  ctx: TransactionContext,
  ordinal: number,
  offers: readonly KnownOffer[],
  locale: Locale,
): Promise<{ weighed: WeighedOffer[]; isProfiled: boolean; isLearned: boolean }> {
  const inForce = await relevanceInForce(ctx);
  const { model, standing } = inForce;
  const [person] = await knownPeople(ctx, [ordinal]);
  const weighed = offers.map(({ id, name, purpose, priority }) => {
    const offer = { id, name, purpose, priority, threshold: thresholdOf(inForce, id) };
    if (person === undefined) return { ...offer, chance: null, drivers: [] };
    const traits = traitsBefore(person, ctx.now, id);
    const drivers = seenDrivers(ctx.actor, driversOf(model, traits)).slice(0, MOST_DRIVERS);
    const told = { ...traits, [HistoryTrait.offer]: name };
    return {
      ...offer,
      chance: chanceOf(model, traits),
      drivers: drivers.map((driver) => tellDriver(locale, driver, told)),
    };
  });
  return { weighed, isProfiled: person !== undefined, isLearned: standing === "model" };
}
