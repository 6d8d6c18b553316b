"use client";
import {
  type EraseClaims as EraseClaimsInput,
  type ErasePerson as ErasePersonInput,
  ErasureReason,
} from "@ringfence/core/desk/erasure";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/buttons";
import { Checkbox, type Choice, ChoiceField } from "@/components/fields";
import { ConfirmDialog } from "@/components/dialogs";
import { Section } from "@/components/page-layout";
import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/trpc/client";
import type { PersonalClaim } from "@ringfence/core/proof/ledger";
import { useRouter } from "next/navigation";

type AskErasureProps = {
  words: { title: string; note: string; open: string; body: string };
  erasing: { error: { message: string } | null; isPending: boolean; isSuccess: boolean };
  whyNot: string | undefined;
  disabled?: boolean;
  onErase: (reason: ErasureReason) => void;
  /** Choices, if only a part is erased. */
  children?: ReactNode;
};

/** Asks for a reason and a confirmation before an erasure. */
function AskErasure({
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

type ErasePersonProps = Pick<ErasePersonInput, "person"> & { whyNot: string | undefined };

/** Erases a person, then opens the act of erasure. */
export function ErasePerson({ person, whyNot }: ErasePersonProps) {
  const t = useTranslations("erasure");
  const trpc = useTRPC();
  const erase = useMutation(trpc.erasure.person.mutationOptions(useShownAct()));
  return (
    <AskErasure
      words={{ title: t("title"), note: t("note"), open: t("open"), body: t("body") }}
      erasing={erase}
      whyNot={whyNot}
      onErase={(reason) => erase.mutate({ person, reason })}
    />
  );
}

type EraseClaimsProps = Pick<EraseClaimsInput, "consentId"> & {
  /** Personal claims that are still disclosed, with their names. */
  claims: readonly Choice<PersonalClaim>[];
  whyNot: string | undefined;
};

/** Erases single claims of a consent, then opens the act of erasure. The rest still proves the consent. */
export function EraseClaims({ consentId, claims, whyNot }: EraseClaimsProps) {
  const t = useTranslations("erasure.claims");
  const trpc = useTRPC();
  const [chosen, setChosen] = useState<readonly PersonalClaim[]>([]);
  const erase = useMutation(trpc.erasure.claims.mutationOptions(useShownAct()));
  return (
    <AskErasure
      words={{ title: t("title"), note: t("note"), open: t("open"), body: t("body") }}
      erasing={erase}
      whyNot={whyNot}
      disabled={chosen.length === 0}
      onErase={(reason) => erase.mutate({ consentId, claims: [...chosen], reason })}
    >
      <fieldset className="flex flex-wrap gap-x-6 gap-y-1 pt-3">
        <legend className="sr-only">{t("which")}</legend>
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
    </AskErasure>
  );
}

/** Opens the act of erasure after a success. */
function useShownAct() {
  const router = useRouter();
  return { onSuccess: ({ id }: { id: string }) => router.push(`/certificates/${id}`) };
}
