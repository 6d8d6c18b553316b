import type { SegmentId } from "@ringfence/core/ids";
import { ScriptLanguage } from "@ringfence/core/audience/offer";
import type { OfferDetails } from "@ringfence/services/audience/offer";
import { useTranslations } from "next-intl";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Select } from "@/components/select";
import { Textarea } from "@/components/textarea";

export type OfferFieldsProps = {
  /** Null for a new offer. */
  offer: OfferDetails | null;
  purposes: readonly { key: string; name: string }[];
  segments: readonly { id: SegmentId; name: string }[];
};

/** Fields for name, purpose, segment and scripts of an offer. */
export function OfferFields({ offer, purposes, segments }: OfferFieldsProps) {
  const t = useTranslations("offerForm");
  return (
    <>
      <Field label={t("name")} hint={t("nameHint")}>
        {(wired) => (
          <Input {...wired} name="name" required maxLength={80} defaultValue={offer?.name ?? ""} />
        )}
      </Field>
      <Field label={t("purpose")} hint={t("purposeHint")}>
        {(wired) => (
          <Select {...wired} name="purpose" defaultValue={offer?.purpose ?? purposes[0]?.key ?? ""}>
            {purposes.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("eligibility")} hint={t("eligibilityHint")}>
        {(wired) => (
          <Select {...wired} name="eligibility" defaultValue={offer?.eligibility ?? ""}>
            <option value="">{t("everybody")}</option>
            {segments.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("priority")} hint={t("priorityHint")}>
        {(wired) => (
          <Input
            {...wired}
            name="priority"
            type="number"
            required
            min={1}
            max={100}
            defaultValue={offer?.priority ?? 50}
          />
        )}
      </Field>
      <ScriptFields scripts={offer?.scripts ?? {}} />
    </>
  );
}

/** Fields for the operator's script in each language that can be checked. */
function ScriptFields({ scripts }: Pick<OfferDetails, "scripts">) {
  const t = useTranslations("offerForm");
  const languages = useTranslations("scriptLanguages");
  return (
    <>
      {ScriptLanguage.options.map((language) => (
        <Field
          key={language}
          label={t("script", { language: languages(language) })}
          hint={t("scriptHint", { example: "{contact.name|…}" })}
        >
          {(wired) => (
            <Textarea
              {...wired}
              name={language}
              rows={5}
              maxLength={4_000}
              lang={language}
              defaultValue={scripts[language] ?? ""}
            />
          )}
        </Field>
      ))}
    </>
  );
}
