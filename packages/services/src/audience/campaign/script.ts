import { Attributes } from "@ringfence/core/people/contact";
import {
  type MergeValues,
  type Scripts,
  scriptFor,
  tellScript,
} from "@ringfence/core/audience/offer";
import { Phone } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../platform/context.ts";
import { requireOffers } from "../offer/offer.ts";
import { organizationOf } from "../../account/organization/organization-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import type { KnownCampaign } from "./campaign.ts";

/** A person, and what they would hear. */
type Listener = {
  ordinal: number;
  externalId: string | null;
  name: string | null;
  phones: Phone[];
  language: string;
  script: string;
};

type Speaker = Omit<MergeValues, "contact" | "offer"> & { locale: string };
type Made = { name: string; scripts: Scripts };

/** People by their ordinals, each with the script of their offer as an operator would say it to them. */
export async function listenersOf(
  { db, organizationId }: TransactionContext,
  { locale, ...speaker }: Speaker,
  offers: ReadonlyMap<number, Made>,
): Promise<Listener[]> {
  const contacts = await db.contact.findMany({
    where: { organizationId, ordinal: { in: [...offers.keys()] }, erasedAt: null },
    include: { phones: { include: { phone: { select: { e164: true } } } } },
    orderBy: { ordinal: "asc" },
  });
  return contacts.flatMap((contact) => {
    const offer = offers.get(contact.ordinal);
    if (offer === undefined) return [];
    const script = scriptFor(offer.scripts, [contact.locale, locale]);
    const own = { name: contact.name, region: contact.addressRegion };
    const known = { ...Attributes.parse(contact.attributes), ...own };
    const values = Object.entries(known).filter(([, value]) => value !== null);
    return {
      ordinal: contact.ordinal,
      externalId: contact.externalId,
      name: contact.name,
      phones: contact.phones.flatMap(({ phone: { e164 } }) =>
        e164 === null ? [] : Phone.parse(e164),
      ),
      language: script?.language ?? locale,
      script: tellScript(script?.text ?? "", {
        ...speaker,
        offer,
        contact: Object.fromEntries(values.map(([name, value]) => [name, String(value)])),
      }),
    };
  });
}

/** Who calls in a campaign, and what is said: as it was reviewed, or of a draft as it is now. */
export async function speakerOf(ctx: TransactionContext, campaign: KnownCampaign) {
  const { db, organizationId } = ctx;
  const { offers, purpose } = await requireOffers(ctx, campaign.offers, {
    isArchivedToo: campaign.archivedAt !== null,
  });
  const { locale } = await organizationOf(ctx);
  const { name } = await db.organization.findUniqueOrThrow({ where: { id: organizationId } });
  const seller = (await sellersOf(ctx)).find(({ id }) => id === campaign.sellerId);
  if (seller === undefined) throw new Error("a campaign of no seller");
  return { offers, purpose, seller, organization: { name }, locale };
}
