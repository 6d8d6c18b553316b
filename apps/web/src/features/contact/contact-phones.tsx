import { useTranslations } from "next-intl";
import { PhoneLink } from "@/components/phone-link";
import type { Contact } from "./contact-facts";

/** The numbers of a person. A refusal for one of them holds for all. */
export function ContactPhones({ phones }: Pick<Contact, "phones">) {
  const t = useTranslations("contact");
  if (phones.length === 0) return <p className="pt-2.5 text-muted">{t("noPhones")}</p>;
  return (
    <ul>
      {phones.map(({ id, e164 }) => (
        <li key={id} className="border-b border-line py-2 font-medium">
          {e164 ? <PhoneLink phoneId={id} phone={e164} /> : t("erased")}
        </li>
      ))}
    </ul>
  );
}
