"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { EditDialog } from "@/components/edit-dialog";
import { Field } from "@/components/field";
import { Textarea } from "@/components/textarea";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";

type EaseRuleProps = { ruleId: string; alone: number; whyNot: string | undefined };

/** An unverified rule is set to warn: the officer sees what that would have let through, and says why. */
export function EaseRule({ ruleId, alone, whyNot }: EaseRuleProps) {
  const t = useTranslations("rules");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: t("ease"),
        openOne: t("easeOne", { rule: ruleId }),
        title: t("easeTitle", { rule: ruleId }),
      }}
      whyNot={whyNot}
      read={(form) => ({ data: { ruleId, reason: typedText(form, "reason") } })}
      saving={useMutation(trpc.jurisdiction.easeRule.mutationOptions())}
    >
      <p>{t("easeBody", { alone })}</p>
      <Field label={t("reason")} hint={t("reasonHint")}>
        {(wired) => <Textarea {...wired} name="reason" required minLength={10} maxLength={500} />}
      </Field>
    </EditDialog>
  );
}
