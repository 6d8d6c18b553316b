import type { RecordConsent } from "../consent/index.ts";
import type { SellerId } from "../../platform/ids.ts";
import type { Fault } from "../../platform/message/index.ts";
import { covers } from "../../account/purpose/index.ts";
import type { DisclosureTerms } from "./disclosure.ts";

type Agreed = Pick<RecordConsent, "purposes" | "channels"> & { sellerId: SellerId };

/**
 * What somebody is said to have agreed to and a published text does not ask, if there is such a thing:
 * nobody agrees to more than the words that they were shown (GDPR art. 4(11); 47 CFR 64.1200(f)(9)).
 */
export function termsFault(terms: DisclosureTerms, agreed: Agreed): Fault | null {
  if (terms.seller !== agreed.sellerId) {
    return { path: "/seller", message: { key: "disclosure.other-seller" } };
  }
  const purpose = agreed.purposes.findIndex(
    (asked) => !terms.purposes.some((node) => covers(node, asked)),
  );
  if (purpose !== -1) {
    const values = { purpose: agreed.purposes[purpose] ?? "" };
    const message = { key: "disclosure.other-purpose", values } as const;
    return { path: `/purposes/${purpose}`, message };
  }
  const channel = agreed.channels.findIndex((asked) => !terms.channels.includes(asked));
  if (channel === -1) return null;
  const values = { channel: agreed.channels[channel] ?? "" };
  return { path: `/channels/${channel}`, message: { key: "disclosure.other-channel", values } };
}
