import { type Actor, may } from "@ringfence/core/platform/access";
import { Phone, maskPhone } from "@ringfence/core/people/phone";

/** Formats a number in a list: masked, unless the actor may take numbers out. */
export const maskPhoneFor = (actor: Actor, e164: string): string => {
  const phone = Phone.parse(e164);
  return may(actor, "segment.export") ? phone : maskPhone(phone);
};
