import { type Actor, may } from "@ringfence/core/platform/access";
import { Phone, maskPhone } from "@ringfence/core/people/phone";

/** A number as one of many is shown: masked, unless whoever looks may take them away. */
export const maskPhoneFor = (actor: Actor, e164: string): string => {
  const phone = Phone.parse(e164);
  return may(actor, "segment.export") ? phone : maskPhone(phone);
};
