"use client";

import { type EraseClaims as Input, ErasureReason } from "@ringfence/core/erasure";
import type { PersonalClaim } from "@ringfence/core/ledger";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Checkbox } from "@/components/checkbox";
import type { Choice } from "@/components/choice-field";
import { ChoiceField } from "@/components/choice-field";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Section } from "@/components/section";
import { useTRPC } from "@/trpc/client";

type EraseClaimsProps = Pick<Input, "consentId"> & {
  /** What is personal and still disclosed, as it is called. */
  claims: readonly Choice<PersonalClaim>[];
  whyNot: string | undefined;
};

/** Single particulars go for good; the rest stays and proves the consent; the act that says so is shown then. */
export function EraseClaims({ consentId, claims, whyNot }: EraseClaimsProps) {
  const t = useTranslations("erasure");
  const trpc = useTRPC();
  const router = useRouter();
  const [chosen, setChosen] = useState<readonly PersonalClaim[]>([]);
  const [reason, setReason] = useState<ErasureReason>("asked");
  const [isAsking, setIsAsking] = useState(false);
  const erase = useMutation(
    trpc.erasure.claims.mutationOptions({
      onSuccess: ({ id }) => router.push(`/certificates/${id}`),
    }),
  );
  const reasons = ErasureReason.options.map((key) => ({ key, name: t(`reasons.${key}`) }));
  return (
    <Section title={t("claims.title")} aside={t("claims.note")}>
      {erase.error && <Banner tone="bad" role="alert" title={erase.error.message} />}
      <fieldset className="flex flex-wrap gap-x-6 gap-y-1 pt-3">
        <legend className="sr-only">{t("claims.which")}</legend>
        {claims.map(({ key, name }) => (
          <Checkbox
            key={key}
            label={name}
            disabled={whyNot !== undefined}
            checked={chosen.includes(key)}
            onChange={({ currentTarget: { checked } }) =>
              setChosen(checked ? [...chosen, key] : chosen.filter((other) => other !== key))
            }
          />
        ))}
      </fieldset>
      <div className="flex flex-wrap items-end gap-3 pt-3">
        <ChoiceField label={t("reason")} choices={reasons} chosen={reason} onChoose={setReason} />
        <Button
          look="danger"
          busy={(erase.isPending || erase.isSuccess) && t("busy")}
          whyNot={whyNot}
          disabled={chosen.length === 0}
          onClick={() => setIsAsking(true)}
        >
          {t("claims.open")}
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={t("claims.title")}
          confirm={t("confirm")}
          onConfirm={() => erase.mutate({ consentId, claims: [...chosen], reason })}
          onClose={() => setIsAsking(false)}
        >
          <p>{t("claims.body")}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}
