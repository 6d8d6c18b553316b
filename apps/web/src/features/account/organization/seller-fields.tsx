import { ConsentPolicy, Sector } from "@ringfence/core/account/seller";
import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/radio-group";
import { ChosenField } from "./chosen-field";

type SellerFieldsProps = { sector: Sector; consentPolicy: ConsentPolicy };

/** What a seller deals in, and whether its calls need consent. */
export function SellerFields({ sector, consentPolicy }: SellerFieldsProps) {
  const t = useTranslations("organization");
  return (
    <>
      <ChosenField
        name="sector"
        words={{ label: t("sector"), hint: t("sectorHint") }}
        choices={Sector.options.map((key) => ({ key, name: t(`sectors.${key}`) }))}
        chosen={sector}
      />
      <RadioGroup
        legend={t("policy")}
        radio={{ name: "consentPolicy" }}
        chosen={consentPolicy}
        choices={ConsentPolicy.options.map((value) => ({
          value,
          label: t(`policies.${value}`),
          hint: t(`policyMeans.${value}`),
        }))}
      />
    </>
  );
}
