import { digitsOf, type Phone, planOf } from "@ringfence/core/people/phone";
import { useLocale, useTranslations } from "next-intl";
import type { Judged } from "@ringfence/services/people/phone";
import { PhoneText } from "@/components/phone-text";
import { type Choices, purposeName, sellerName } from "./choices";
import { placeName } from "./place-name";

type ReadAsProps = { phone: Phone; call: Judged["call"]; choices: Choices };

/** How the input was read, and for which call the number is judged. */
export function ReadAs({ phone, call, choices }: ReadAsProps) {
  const t = useTranslations("number");
  const dialers = useTranslations("dialers");
  const locale = useLocale();
  const { country, lineType } = planOf(digitsOf(phone));
  return (
    <>
      {t.rich("readAs", {
        phone: () => <PhoneText phone={phone} />,
        place: country === null ? t("facts.placeUnknown") : placeName(locale, country),
        line: lineType,
      })}{" "}
      {t("judgedFor", {
        seller: sellerName(choices, call.seller),
        purpose: purposeName(choices, call.purpose),
        dialer: dialers(call.dialer),
      })}
    </>
  );
}
