"use client";

import { useQuery } from "@tanstack/react-query";
import { CaptureFormId } from "@ringfence/core/ids";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { ChoiceField } from "@/components/choice-field";
import { tellTime } from "@/i18n/tell-time";
import { useTRPC } from "@/trpc/client";
import type { ConsentChoices } from "./consent-choices";

type AskedByFormProps = {
  form: string;
  /** 0 stands for the latest. */
  version: number;
  agreed: readonly string[];
  choices: ConsentChoices;
  isFault: boolean;
  onVersion: (version: number) => void;
  /** With the version whose texts are shown. */
  onAgreed: (agreed: readonly string[], version: number) => void;
};

/** The texts of a form as it was published, and a box for each to which the person agreed. */
export function AskedByForm({ form, version, agreed, ...props }: AskedByFormProps) {
  const { choices, isFault, onVersion, onAgreed } = props;
  const t = useTranslations("recordConsent");
  const channels = useTranslations("timeline.channel");
  const format = useFormatter();
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.captureForm.read.queryOptions({ formId: CaptureFormId.parse(form) }),
  );
  if (error) return <Banner tone="bad" role="alert" title={error.message} />;
  if (data === undefined) return <p className="text-muted">{t("loadingTexts")}</p>;
  const shown = data.versions.find((one) => one.version === version) ?? data.versions[0];
  if (shown === undefined) return null;
  const sellerName = (id: string) => choices.sellers.find((one) => one.id === id)?.name ?? "";
  const purposeName = (key: string) => choices.purposes.find((one) => one.key === key)?.name ?? key;
  return (
    <>
      {data.versions.length > 1 && (
        <ChoiceField
          label={t("version")}
          hint={t("versionHint")}
          choices={data.versions.map((one) => ({
            key: String(one.version),
            name: t("versionOf", {
              version: one.version,
              day: tellTime(locale, zone, one.publishedAt, "day"),
            }),
          }))}
          chosen={String(shown.version)}
          onChoose={(key) => onVersion(Number(key))}
        />
      )}
      <fieldset className="grid gap-3">
        <legend className="mb-1 font-medium">{t("agreedTo")}</legend>
        <p className="text-sm text-muted">{t("agreedToHint")}</p>
        {shown.disclosures.map(({ id, language, text, terms }) => (
          <label
            key={id}
            className="grid grid-cols-[1rem_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1"
          >
            <input
              type="checkbox"
              className="translate-y-0.5"
              checked={agreed.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                onAgreed(
                  checked ? [...agreed, id] : agreed.filter((other) => other !== id),
                  shown.version,
                )
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
    </>
  );
}
