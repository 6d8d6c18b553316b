import type { Action } from "@ringfence/core/platform/access";
import type { CampaignChoices } from "./plan";

/** The parts that a campaign needs, each with the page that creates it and the permission for that. */
const parts = [
  { part: "sellers", href: "/organization", action: "organization.change" },
  { part: "offers", href: "/offers/new", action: "offer.change" },
  { part: "segments", href: "/segments/new", action: "segment.change" },
] as const;

type MissingPart = Pick<(typeof parts)[number], "part" | "href"> & { mayCreate: boolean };

/** Lists the parts of which there is none yet. */
export const listMissingParts = (
  choices: CampaignChoices,
  mayDo: (action: Action) => boolean,
): MissingPart[] =>
  parts
    .filter(({ part }) => choices[part].length === 0)
    .map(({ part, href, action }) => ({ part, href, mayCreate: mayDo(action) }));
