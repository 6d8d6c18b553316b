"use client";

import { Dialer } from "@ringfence/core/account/organization";
import { useTranslations } from "next-intl";
import { type Choice, ChoiceField } from "@/components/choice-field";

export type CallChoices = {
  purposes: readonly Choice[];
  sellers: readonly Choice[];
  regions: readonly Choice[];
  /** What dials where nothing is chosen. */
  dialer: Dialer;
};

/** `dialer` is empty where the organization's own is meant. */
export type CallSettings = { purpose: string; seller: string; dialer: string };

type CallFieldsProps = {
  choices: CallChoices;
  call: CallSettings;
  onCall: (call: CallSettings) => void;
};

/** About which calls the file asks: verdicts differ by all three. */
export function CallFields({ choices, call, onCall }: CallFieldsProps) {
  const t = useTranslations("newScrub");
  const dialers = useTranslations("dialers");
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <ChoiceField
        label={t("purpose")}
        hint={t("purposeHint")}
        choices={choices.purposes}
        chosen={call.purpose}
        onChoose={(purpose) => onCall({ ...call, purpose })}
      />
      <ChoiceField
        label={t("seller")}
        hint={t("sellerHint")}
        choices={choices.sellers}
        chosen={call.seller}
        onChoose={(seller) => onCall({ ...call, seller })}
      />
      <ChoiceField
        label={t("dialer")}
        hint={t("dialerHint")}
        choices={[
          { key: "", name: t("ownDialer", { dialer: dialers(choices.dialer) }) },
          ...Dialer.options.map((key) => ({ key, name: dialers(key) })),
        ]}
        chosen={call.dialer}
        onChoose={(dialer) => onCall({ ...call, dialer })}
      />
    </div>
  );
}
