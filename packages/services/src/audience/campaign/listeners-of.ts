import { Attributes } from "@ringfence/core/people/contact";
import {
  type MergeValues,
  type Scripts,
  scriptFor,
  tellScript,
} from "@ringfence/core/audience/offer";
import { Phone } from "@ringfence/core/people/phone";
import type { TransactionContext } from "../../platform/context.ts";

/** A person, and what they would hear. */
export type Listener = {
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
