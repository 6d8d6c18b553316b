"use client";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import { type UseFormReturn, useWatch } from "react-hook-form";
import { useQuery } from "@tanstack/react-query";
import { CaptureFormId } from "@ringfence/core/ids";
import type { PublishedDisclosure } from "@ringfence/core/consents/disclosure";
import { Channel } from "@ringfence/core/people/phone";
import type { CaptureFormKind } from "@ringfence/core/consents/capture-form";
import {
  ChoiceField,
  Field,
  Input,
  Select,
  Textarea,
  ControlledCheckboxes,
} from "@/components/fields";
import { chooseForm, type OfflineFault, type OfflineInput } from "./offline-input";
import { Banner } from "@/components/banner";
import { KeyCap } from "@/components/single-keys";
import { formatInstant } from "@/i18n/format-time";
import { useTRPC } from "@/trpc/client";

type ShownTextFieldsProps = {
  choices: ConsentChoices;
  form: UseFormReturn<OfflineInput>;
  faults: readonly OfflineFault[];
};

/** Lets the member choose the text that was read out or signed. */
export function ShownTextFields({ choices, form, faults }: ShownTextFieldsProps) {
  const t = useTranslations("recordConsent");
  const kinds = useTranslations("captureForms.kinds");
  const { control, register, setValue } = form;
  const [chosen, version, disclosures] = useWatch({
    control,
    name: ["formId", "version", "disclosures"],
  });
  return (
    <>
      <Field label={t("form")} hint={t("formHint")}>
        {(wired) => (
          <Select
            {...wired}
            {...register("formId", {
              onChange: ({ target }) => chooseForm(setValue, String(target.value)),
            })}
          >
            {choices.forms.map(({ id, name, kind }) => (
              <option key={id} value={id}>
                {t("formOf", { name, kind: kinds(kind) })}
              </option>
            ))}
            <option value="">{t("otherWords")}</option>
          </Select>
        )}
      </Field>
      {chosen === "" ? (
        <AskedInWords choices={choices} form={form} faults={faults} />
      ) : (
        <AskedByForm
          formId={chosen}
          version={version}
          agreed={disclosures}
          choices={choices}
          isFault={faults.includes("disclosures") && disclosures.length === 0}
          onVersion={(version) => {
            setValue("version", version);
            setValue("disclosures", []);
          }}
          onAgreed={(agreed, version) => {
            setValue("version", version);
            setValue("disclosures", agreed);
          }}
        />
      )}
    </>
  );
}

type AskedByFormProps = {
  formId: string;
  /** 0 stands for the latest. */
  version: number;
  agreed: readonly string[];
  choices: ConsentChoices;
  isFault: boolean;
  onVersion: (version: number) => void;
  /** Called with the ids of the ticked texts and the version that they are of. */
  onAgreed: (agreed: readonly string[], version: number) => void;
};

/** Shows the texts of a published form, with a box for each that the person agreed to. */
function AskedByForm({ formId, version, agreed, ...props }: AskedByFormProps) {
  const { choices, isFault, onVersion, onAgreed } = props;
  const t = useTranslations("recordConsent");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.captureForm.read.queryOptions({ formId: CaptureFormId.parse(formId) }),
  );
  if (error) return <Banner tone="bad" role="alert" title={error.message} />;
  if (data === undefined) return <p className="text-muted">{t("loadingTexts")}</p>;
  const shown = data.versions.find((one) => one.version === version) ?? data.versions[0];
  if (shown === undefined) return null;
  return (
    <>
      {data.versions.length > 1 && (
        <ChoiceField
          label={t("version")}
          hint={t("versionHint")}
          choices={data.versions.map((one) => ({
            key: String(one.version),
            name: t("versionOf", {
              version: String(one.version),
              day: formatInstant(locale, zone, one.publishedAt, "day"),
            }),
          }))}
          chosen={String(shown.version)}
          onChoose={(key) => onVersion(Number(key))}
        />
      )}
      <AskedTextBoxes
        texts={shown.disclosures}
        agreed={agreed}
        choices={choices}
        isFault={isFault}
        onAgreed={(agreed) => onAgreed(agreed, shown.version)}
      />
    </>
  );
}

type AskedTextBoxesProps = {
  texts: readonly PublishedDisclosure[];
  agreed: readonly string[];
  choices: ConsentChoices;
  isFault: boolean;
  /** True if the digit of each text is its key, and shown. */
  hasKeys?: boolean;
  onAgreed: (agreed: readonly string[]) => void;
};

/** Shows each text and what it asks, with a box, not ticked beforehand. */
export function AskedTextBoxes(props: AskedTextBoxesProps) {
  const { texts, agreed, choices, isFault, hasKeys = false, onAgreed } = props;
  const t = useTranslations("recordConsent");
  const channels = useTranslations("timeline.channel");
  const format = useFormatter();
  const sellerName = (id: string) => choices.sellers.find((one) => one.id === id)?.name ?? "";
  const purposeName = (key: string) => choices.purposes.find((one) => one.key === key)?.name ?? key;
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium">{t("agreedTo")}</legend>
      <p className="text-sm text-muted">{t("agreedToHint")}</p>
      {texts.map(({ id, language, text, terms }, index) => (
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
            {hasKeys && (
              <>
                {" "}
                <KeyCap name={String(index + 1)} />
              </>
            )}
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

type AskedInWordsProps = {
  choices: ConsentChoices;
  form: UseFormReturn<OfflineInput>;
  faults: readonly OfflineFault[];
};

/** Fields for a text that is in no form, and what it asks. */
function AskedInWords({ choices, form, faults }: AskedInWordsProps) {
  const t = useTranslations("recordConsent");
  const channels = useTranslations("timeline.channel");
  const { register, control, setValue } = form;
  const [agreedPurposes, agreedChannels] = useWatch({ control, name: ["purposes", "channels"] });
  return (
    <>
      <Field label={t("words")} hint={t("wordsHint")}>
        {(wired) => (
          <Textarea {...wired} required rows={5} maxLength={20_000} {...register("text")} />
        )}
      </Field>
      <Field label={t("language")} hint={t("languageHint")}>
        {(wired) => (
          <Input
            {...wired}
            required
            maxLength={35}
            pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
            {...register("language")}
          />
        )}
      </Field>
      <Field label={t("seller")} hint={t("sellerHint")}>
        {(wired) => (
          <Select {...wired} {...register("seller")}>
            {choices.sellers.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <ControlledCheckboxes
        legend={t("purposes")}
        choices={choices.purposes.map(({ key, name }) => ({ value: key, label: name }))}
        chosen={agreedPurposes}
        onChosen={(chosen) => setValue("purposes", chosen)}
        fault={
          faults.includes("purposes") && agreedPurposes.length === 0 ? t("faults.purposes") : null
        }
      />
      <ControlledCheckboxes
        legend={t("channels")}
        choices={Channel.options.map((value) => ({ value, label: channels(value) }))}
        chosen={agreedChannels}
        onChosen={(chosen) => setValue("channels", chosen)}
        fault={
          faults.includes("channels") && agreedChannels.length === 0 ? t("faults.channels") : null
        }
      />
    </>
  );
}

type Named = { key: string; name: string };

/** The sellers and purposes that a consent may name, and the published forms that may have asked for it. */
export type ConsentChoices = {
  sellers: readonly (Named & { id: string })[];
  purposes: readonly Named[];
  forms: readonly { id: string; name: string; kind: CaptureFormKind }[];
};

/** Finds the id of the form selected at first: the first of this kind, or empty for none. */
export const findDefaultForm = ({ forms }: ConsentChoices, kind: CaptureFormKind): string =>
  forms.find((form) => form.kind === kind)?.id ?? "";
