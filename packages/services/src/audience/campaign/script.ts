import { Attributes } from "@ringfence/core/people/contact";
import { type MergeValues, chooseScript, fillScript } from "@ringfence/core/audience/offer";
import { Phone } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../platform/internal.ts";
import { loadCampaignOffers } from "../offer/internal.ts";
import { loadOrganization } from "../../account/organization/internal.ts";
import { loadSellers } from "../../account/seller/internal.ts";
import type { StoredCampaign } from "./campaign.ts";
import type { ChosenOffer } from "./choose-offers.ts";

/** A person to call, the offer chosen for them, and the script that they would hear. */
type PersonScript = {
  choice: ChosenOffer;
  ordinal: number;
  externalId: string | null;
  name: string | null;
  phones: Phone[];
  language: string;
  script: string;
};

/** Names of the organization and the seller for scripts, and the organization's language. */
type Speaker = Omit<MergeValues, "contact" | "offer"> & { locale: string };

/**
 * Fills the scripts of the people to call, in the order of their ordinals: those whose chosen offer is not held back as
 * below its threshold. At most `limit` people, without those who were erased.
 */
export async function fillScripts(
  { db, organizationId }: TransactionContext,
  { locale, ...speaker }: Speaker,
  chosen: ReadonlyMap<number, ChosenOffer>,
  limit = chosen.size,
): Promise<PersonScript[]> {
  const toCall = [...chosen].filter(([, { isHeldBack }]) => !isHeldBack).slice(0, limit);
  const choices = new Map(toCall);
  const contacts = await db.contact.findMany({
    where: { organizationId, ordinal: { in: [...choices.keys()] }, erasedAt: null },
    include: { phones: { include: { phone: { select: { e164: true } } } } },
    orderBy: { ordinal: "asc" },
  });
  return contacts.flatMap((contact) => {
    const choice = choices.get(contact.ordinal);
    if (choice === undefined) return [];
    const { offer } = choice;
    const script = chooseScript(offer.scripts, [contact.locale, locale]);
    const fields = {
      ...Attributes.parse(contact.attributes),
      name: contact.name,
      region: contact.addressRegion,
    };
    const values = Object.entries(fields).filter(([, value]) => value !== null);
    return {
      choice,
      ordinal: contact.ordinal,
      externalId: contact.externalId,
      name: contact.name,
      phones: contact.phones.flatMap(({ phone: { e164 } }) =>
        e164 === null ? [] : Phone.parse(e164),
      ),
      language: script?.language ?? locale,
      script: fillScript(script?.text ?? "", {
        ...speaker,
        offer,
        contact: Object.fromEntries(values.map(([name, value]) => [name, String(value)])),
      }),
    };
  });
}

/**
 * Loads who speaks in the calls of a campaign and what they offer: the seller, the organization, the language, and
 * the offers with their purpose, as reviewed or the current ones of a draft.
 */
export async function loadSpeaker(ctx: TransactionContext, campaign: StoredCampaign) {
  const { db, organizationId } = ctx;
  const { offers, purpose } = await loadCampaignOffers(ctx, campaign.offers, {
    includesArchived: campaign.archivedAt !== null,
  });
  const { locale } = await loadOrganization(ctx);
  const { name } = await db.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const seller = (await loadSellers(ctx)).find(({ id }) => id === campaign.sellerId);
  if (seller === undefined) throw new Error("a campaign of no seller");
  return { offers, purpose, seller, organization: { name }, locale };
}
