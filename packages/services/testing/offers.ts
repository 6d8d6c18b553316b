import { PurposeKey } from "@ringfence/core/account/purpose";
import type { SaveOffer } from "@ringfence/core/audience/offer";

let serial = 0;

/** An offer of loans, whose script greets a person by name and names the right to refuse. */
export const anOffer = (more: Partial<SaveOffer> = {}): SaveOffer => ({
  name: `Spring loan ${serial++}`,
  purpose: PurposeKey.parse("marketing.loans"),
  priority: 50,
  scripts: {
    en: "Hello, {contact.name|dear customer}! {seller.name} has a loan. You may refuse our calls.",
    ru: "Здравствуйте, {contact.name|уважаемый клиент}! Вы можете отказаться от наших звонков.",
  },
  ...more,
});
