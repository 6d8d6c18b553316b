import { useTranslations } from "next-intl";
import { ControlledCheckboxes } from "./fields";
import { MoreFields } from "./more-fields";

type SellerLimitProps<Value extends string> = {
  choices: readonly { value: Value; label: string }[];
  /** Empty if there is no limit. */
  chosen: readonly Value[];
  onChosen: (chosen: readonly Value[]) => void;
};

/** Limits a member or a key to some sellers. Folded, because most are for all of them. */
export function SellerLimit<Value extends string>({ chosen, ...ticks }: SellerLimitProps<Value>) {
  const t = useTranslations("sellerLimit");
  return (
    <MoreFields note={chosen.length === 0 ? t("forAll") : t("forSome", { count: chosen.length })}>
      <ControlledCheckboxes legend={t("legend")} hint={t("hint")} chosen={chosen} {...ticks} />
    </MoreFields>
  );
}
