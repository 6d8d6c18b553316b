import { groupPhone } from "@/i18n/group-phone";

/** Shows an E.164 number grouped as in its country, on one line. */
export const PhoneText = ({ phone }: { phone: string }) => (
  <span className="whitespace-nowrap">{groupPhone(phone)}</span>
);
