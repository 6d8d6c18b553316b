import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Phone } from "./phone.ts";

/** A number as people write it: `+1 214 555 0142`, `+7 999 000-00-17`. */
export function formatPhone(phone: Phone): string {
  const [, ...groups] = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone) ?? [];
  if (groups.length > 0) {
    const [area, ...line] = groups;
    return `+7 ${area} ${line.join("-")}`;
  }
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
}
