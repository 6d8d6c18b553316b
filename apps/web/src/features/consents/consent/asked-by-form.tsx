"use client";

import { useQuery } from "@tanstack/react-query";
import { CaptureFormId } from "@ringfence/core/ids";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { ChoiceField } from "@/components/choice-field";
import { tellTime } from "@/i18n/tell-time";
import { useTRPC } from "@/trpc/client";
import { AskedTextBoxes } from "./asked-text-boxes";
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
