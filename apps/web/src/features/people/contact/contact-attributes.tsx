import { useTranslations } from "next-intl";
import { Facts } from "@/components/facts";
import type { Contact } from "./contact-facts";

/** What the organization knows beside, as it told us. */
export function ContactAttributes({ attributes }: Pick<Contact, "attributes">) {
  const t = useTranslations("contact");
  const entries = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return <p className="pt-2.5 text-muted">{t("noAttributes")}</p>;
  const word = (value: Contact["attributes"][string]) =>
    typeof value === "boolean" ? t(value ? "yes" : "no") : String(value ?? "");
  return (
    <Facts
      facts={entries.map(([name, value]) => ({
        name,
        value: <span className="break-words">{word(value)}</span>,
      }))}
    />
  );
}
