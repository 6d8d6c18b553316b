"use client";
import type { ContactId } from "@ringfence/core/ids";
import type { Locale } from "@ringfence/core/platform/message";
import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/buttons";
import { Checkbox, ChoiceField } from "@/components/fields";
import { useProven } from "@/components/proven-download";

type AccessReportFormProps = {
  contactId: ContactId;
  language: Locale;
  whyNot: string | undefined;
};

/** Downloads the access report as PDF or JSON, and the portable copy, once the member has proved who they are. */
export function AccessReportForm({ contactId, language: first, whyNot }: AccessReportFormProps) {
  const t = useTranslations("accessReport");
  const [language, setLanguage] = useState(first);
  const [tellsHolds, setTellsHolds] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const send = useProven();
  const download = (address: string) =>
    send(() => {
      if (form.current === null) return;
      form.current.action = `/api/contacts/${contactId}/${address}`;
      form.current.submit();
    });
  const query = `language=${language}${tellsHolds ? "&holds=yes" : ""}`;
  const languages = (["en", "ru"] as const).map((key) => ({ key, name: t(`languages.${key}`) }));
  return (
    <div className="grid max-w-[30rem] gap-4 pt-3">
      <ChoiceField
        label={t("language")}
        choices={languages}
        chosen={language}
        onChoose={setLanguage}
      />
      <Checkbox
        label={t("holds")}
        hint={t("holdsHint")}
        disabled={whyNot !== undefined}
        checked={tellsHolds}
        onChange={({ currentTarget }) => setTellsHolds(currentTarget.checked)}
      />
      <form ref={form} method="post" hidden />
      <div className="flex flex-wrap gap-2">
        <Button
          icon={Download}
          whyNot={whyNot}
          onClick={() => download(`access-report?format=pdf&${query}`)}
        >
          {t("pdf")}
        </Button>
        <Button
          icon={Download}
          whyNot={whyNot}
          onClick={() => download(`access-report?format=json&${query}`)}
        >
          {t("json")}
        </Button>
      </div>
      <div className="grid justify-items-start gap-2">
        <p className="text-sm text-muted">{t("portableNote")}</p>
        <Button
          icon={Download}
          whyNot={whyNot}
          onClick={() => download(`portable-copy?language=${language}`)}
        >
          {t("portable")}
        </Button>
      </div>
    </div>
  );
}
