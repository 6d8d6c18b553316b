import type { Phone } from "@ringfence/core/people/phone";
import type { NumberSeen } from "@ringfence/services/people/phone";
import { useTranslations } from "next-intl";
import { Empty } from "@/components/empty";
import { Facts } from "@/components/facts";
import { Section } from "@/components/section";
import { usePersonFacts } from "./use-person-facts";

type WhoseNumberProps = { seen: NumberSeen; phone: Phone; mayOpenContacts: boolean };

/** Who has the number, as far as anybody knows: people, their phones, place and clock. */
export function WhoseNumber({ seen, phone, mayOpenContacts }: WhoseNumberProps) {
  const t = useTranslations("number");
  const facts = usePersonFacts(seen, phone, mayOpenContacts);
  return (
    <Section title={t("whose")}>
      {seen.phoneId === null && <Empty title={t("nobody")}>{t("nobodyBody")}</Empty>}
      {seen.phoneId !== null && seen.person.contacts.length === 0 && (
        <Empty title={t("noContact")}>{t("noContactBody")}</Empty>
      )}
      <Facts facts={facts} />
    </Section>
  );
}
