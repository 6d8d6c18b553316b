"use client";
import { GRACE_DAYS, SecondFactorPolicy } from "@ringfence/core/account/second-factor";
import { useMutation } from "@tanstack/react-query";
import { useNow, useTranslations } from "next-intl";
import { RadioGroup } from "@/components/fields";
import { SaveForm } from "@/components/save-form";
import { LocalTime } from "@/components/dates";
import { useShowDone, useTRPC } from "@/trpc/client";
import { z } from "zod";

type FactorPolicyProps = {
  /** Time from which everybody needs a second factor; null if nobody does. */
  from: Date | null;
  whyNot: string | undefined;
};

const Given = z.object({ policy: SecondFactorPolicy });

/** Lets an owner decide whether every member needs a second factor. */
export function FactorPolicy({ from, whyNot }: FactorPolicyProps) {
  const t = useTranslations("secondFactor");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const now = useNow();
  const change = useMutation(
    trpc.secondFactor.changePolicy.mutationOptions({ onSuccess: () => showDone(t("policySaved")) }),
  );
  return (
    <SaveForm
      key={from?.getTime() ?? 0}
      read={(form) => Given.safeParse(Object.fromEntries(form))}
      saving={change}
      words={{ save: t("policySave"), saving: t("policySaving") }}
      whyNot={whyNot}
    >
      {from && (
        <p>
          {t("policyFrom")} <LocalTime instant={from} />
        </p>
      )}
      <RadioGroup
        legend={t("policyLegend")}
        radio={{ name: "policy" }}
        choices={SecondFactorPolicy.options.map((value) => ({
          value,
          label:
            value === "after-grace"
              ? t("policies.after-grace", { days: GRACE_DAYS })
              : t(`policies.${value}`),
        }))}
        chosen={from === null ? "nobody" : from > now ? "after-grace" : "now"}
      />
    </SaveForm>
  );
}
