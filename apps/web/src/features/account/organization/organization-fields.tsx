import type { OrganizationWords } from "@ringfence/core/account/organization";
import { useTranslations } from "next-intl";
import { RadioGroup } from "@/components/radio-group";
import { ChosenField } from "./chosen-field";
import { HoursFields } from "./hours-fields";
import { NameField } from "./name-field";

const dialers = ["live_agent", "predictive", "prerecorded", "ai_voice"] as const;

export type OrganizationFieldsProps = {
  organization: OrganizationWords;
  regions: readonly { key: string; name: string }[];
  zones: readonly string[];
};

export function OrganizationFields({ organization, regions, zones }: OrganizationFieldsProps) {
  const t = useTranslations("organization");
  const dialerNames = useTranslations("dialers");
  const languages = useTranslations("settings.locales");
  return (
    <>
      <NameField words={{ label: t("name"), hint: t("nameHint") }} name={organization.name} />
      <ChosenField
        name="homeRegion"
        words={{ label: t("homeRegion"), hint: t("homeRegionHint") }}
        choices={regions}
        chosen={organization.homeRegion}
      />
      <ChosenField
        name="zone"
        words={{ label: t("zone"), hint: t("zoneHint") }}
        choices={zones.map((zone) => ({ key: zone, name: zone }))}
        chosen={organization.zone}
      />
      <ChosenField
        name="locale"
        words={{ label: t("locale"), hint: t("localeHint") }}
        choices={(["en", "ru"] as const).map((key) => ({ key, name: languages(key) }))}
        chosen={organization.locale}
      />
      <RadioGroup
        legend={t("dialer")}
        radio={{ name: "dialer" }}
        chosen={organization.dialer}
        choices={dialers.map((value) => ({
          value,
          label: dialerNames(value),
          hint: t(`dialerMeans.${value}`),
        }))}
      />
      <HoursFields hours={organization.hours} />
    </>
  );
}
