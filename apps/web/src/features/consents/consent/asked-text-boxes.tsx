import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { useFormatter, useTranslations } from "next-intl";
import type { ConsentChoices } from "./consent-choices";

type AskedTextBoxesProps = {
  texts: readonly PublishedDisclosure[];
  agreed: readonly string[];
  choices: ConsentChoices;
  isFault: boolean;
  onAgreed: (agreed: readonly string[]) => void;
};

/** A box for each text, none ticked for the person, with what it asks. */
export function AskedTextBoxes(props: AskedTextBoxesProps) {
  const { texts, agreed, choices, isFault, onAgreed } = props;
  const t = useTranslations("recordConsent");
  const channels = useTranslations("timeline.channel");
  const format = useFormatter();
  const sellerName = (id: string) => choices.sellers.find((one) => one.id === id)?.name ?? "";
  const purposeName = (key: string) => choices.purposes.find((one) => one.key === key)?.name ?? key;
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium">{t("agreedTo")}</legend>
      <p className="text-sm text-muted">{t("agreedToHint")}</p>
      {texts.map(({ id, language, text, terms }) => (
        <label
          key={id}
          className="grid grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1"
        >
          <input
            type="checkbox"
            className="translate-y-0.5"
            checked={agreed.includes(id)}
            onChange={({ currentTarget: { checked } }) =>
              onAgreed(checked ? [...agreed, id] : agreed.filter((other) => other !== id))
            }
          />
          <span lang={language} className="whitespace-pre-line">
            {text}
          </span>
          <span className="col-start-2 text-sm text-muted">
            {t("terms", {
              seller: sellerName(terms.seller),
              isData: String(terms.purposes.length === 0),
              purposes: format.list(terms.purposes.map(purposeName)),
              channels: format.list(terms.channels.map((channel) => channels(channel))),
            })}
          </span>
        </label>
      ))}
      {isFault && (
        <p role="alert" className="text-sm font-medium text-refuse">
          {t("faults.disclosures")}
        </p>
      )}
    </fieldset>
  );
}
