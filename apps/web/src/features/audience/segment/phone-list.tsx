import type { PersonView } from "@ringfence/services/audience/segment";
import { useTranslations } from "next-intl";
import { PhoneText } from "@/components/phone-text";

/** Lists the phones of a person, masked if the member may not see them. */
export function PhoneList({ phones }: Pick<PersonView, "phones">) {
  const t = useTranslations("segmentPeople");
  if (phones.length === 0) return <span className="text-muted">{t("noPhone")}</span>;
  return (
    <ul>
      {phones.map(({ id, number }) => (
        <li key={id}>{number === null ? t("erased") : <PhoneText phone={number} />}</li>
      ))}
    </ul>
  );
}
