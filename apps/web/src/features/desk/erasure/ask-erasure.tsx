"use client";

import { ErasureReason } from "@ringfence/core/desk/erasure";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { ChoiceField } from "@/components/choice-field";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Section } from "@/components/section";

type AskErasureProps = {
  words: { title: string; note: string; open: string; body: string };
  erasing: { error: { message: string } | null; isPending: boolean; isSuccess: boolean };
  whyNot: string | undefined;
  disabled?: boolean;
  onErase: (reason: ErasureReason) => void;
  /** What is chosen from, where not all goes. */
  children?: ReactNode;
};

/** What goes for good is asked for with its reason, and once more. */
export function AskErasure({
  words,
  erasing,
  whyNot,
  disabled = false,
  onErase,
  children,
}: AskErasureProps) {
  const t = useTranslations("erasure");
  const [reason, setReason] = useState<ErasureReason>("asked");
  const [isAsking, setIsAsking] = useState(false);
  const reasons = ErasureReason.options.map((key) => ({ key, name: t(`reasons.${key}`) }));
  return (
    <Section title={words.title} aside={words.note}>
      {erasing.error && <Banner tone="bad" role="alert" title={erasing.error.message} />}
      {children}
      <div className="flex flex-wrap items-end gap-3 pt-3">
        <ChoiceField label={t("reason")} choices={reasons} chosen={reason} onChoose={setReason} />
        <Button
          look="danger"
          busy={(erasing.isPending || erasing.isSuccess) && t("busy")}
          whyNot={whyNot}
          disabled={disabled}
          onClick={() => setIsAsking(true)}
        >
          {words.open}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={words.title}
          confirm={t("confirm")}
          onConfirm={() => onErase(reason)}
          onClose={() => setIsAsking(false)}
        >
          <p>{words.body}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
