"use client";

import { type ErasePerson as Input, ErasureReason } from "@ringfence/core/erasure";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { ChoiceField } from "@/components/choice-field";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Section } from "@/components/section";
import { useTRPC } from "@/trpc/client";

type ErasePersonProps = Pick<Input, "person"> & { whyNot: string | undefined };

/** What is personal goes for good; the act that says so stays, and is shown then. */
export function ErasePerson({ person, whyNot }: ErasePersonProps) {
  const t = useTranslations("erasure");
  const trpc = useTRPC();
  const router = useRouter();
  const [reason, setReason] = useState<ErasureReason>("asked");
  const [isAsking, setIsAsking] = useState(false);
  const erase = useMutation(
    trpc.erasure.person.mutationOptions({
      onSuccess: ({ id }) => router.push(`/certificates/${id}`),
    }),
  );
  const reasons = ErasureReason.options.map((key) => ({ key, name: t(`reasons.${key}`) }));
  return (
    <Section title={t("title")} aside={t("note")}>
      {erase.error && <Banner tone="bad" role="alert" title={erase.error.message} />}
      <div className="flex flex-wrap items-end gap-3 pt-3">
        <ChoiceField label={t("reason")} choices={reasons} chosen={reason} onChoose={setReason} />
        <Button
          look="danger"
          busy={(erase.isPending || erase.isSuccess) && t("busy")}
          whyNot={whyNot}
          onClick={() => setIsAsking(true)}
        >
          {t("open")}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t("title")}
          confirm={t("confirm")}
          onConfirm={() => erase.mutate({ person, reason })}
          onClose={() => setIsAsking(false)}
        >
          <p>{t("body")}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
