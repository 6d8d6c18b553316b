import type { Phone } from "./phone.ts";

const SHOWN_FIRST = 3;
const SHOWN_LAST = 2;

/** A number for who need not dial it: `+79161234567` as `+79•••••••67`. */
export const maskPhone = (phone: Phone): string =>
  phone.slice(0, SHOWN_FIRST) +
  "•".repeat(phone.length - SHOWN_FIRST - SHOWN_LAST) +
  phone.slice(-SHOWN_LAST);
