"use client";

import type { EraseClaims as Input } from "@ringfence/core/desk/erasure";
import type { PersonalClaim } from "@ringfence/core/proof/ledger";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Checkbox } from "@/components/checkbox";
import type { Choice } from "@/components/choice-field";
import { useTRPC } from "@/trpc/client";
import { AskErasure } from "./ask-erasure";
import { useShownAct } from "./use-shown-act";

type EraseClaimsProps = Pick<Input, "consentId"> & {
  /** What is personal and still disclosed, as it is called. */
  claims: readonly Choice<PersonalClaim>[];
  whyNot: string | undefined;
};

/** Single particulars go for good; the rest stays and proves the consent; the act that says so is shown then. */
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
