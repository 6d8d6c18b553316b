import { groupPhone } from "@/i18n/group-phone";

/** A number as its plan groups it, never broken over lines. `phone` is E.164. */
export const PhoneText = ({ phone }: { phone: string }) => (
  <span className="whitespace-nowrap">{groupPhone(phone)}</span>
);
