import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Phone } from "./phone.ts";

/** Formats a number for people: `+1 214 555 0142`, `+7 999 000-00-17`. */
export function formatPhone(phone: Phone): string {
  const [, ...groups] = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone) ?? [];
  if (groups.length > 0) {
    const [area, ...line] = groups;
    return `+7 ${area} ${line.join("-")}`;
  }
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
}

/** The digits of a number without its country code and trunk prefix: `2145550142`. */
export const nationalDigits = (phone: Phone): string =>
  parsePhoneNumberFromString(phone)?.nationalNumber ?? phone.slice(1);

const SHOWN_FIRST = 3;
const SHOWN_LAST = 2;

/** Masks a number for people who need not dial it: `+79161234567` becomes `+79•••••••67`. */
export const maskPhone = (phone: Phone): string =>
  phone.slice(0, SHOWN_FIRST) +
  "•".repeat(phone.length - SHOWN_FIRST - SHOWN_LAST) +
  phone.slice(-SHOWN_LAST);
