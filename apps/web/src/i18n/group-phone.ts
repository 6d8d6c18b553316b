import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** Groups an E.164 number as in its country: `+1 214 555 0142`, `+7 999 000-00-17`. */
export function groupPhone(phone: string): string {
  const [, code, prefix, pairs] = /^\+7(\d{3})(\d{3})(\d{4})$/.exec(phone) ?? [];
  // The library writes these hyphens only in the national format.
  if (pairs) return `+7 ${code} ${prefix}-${pairs.slice(0, 2)}-${pairs.slice(2)}`;
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
}
