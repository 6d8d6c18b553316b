"use client";

import type { ApiKeyId } from "@ringfence/core/ids";
import { LimitApiKey, toLastDay } from "@ringfence/core/account/api-key";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { EditDialog } from "@/components/dialogs";
import { Field, Input, Textarea } from "@/components/fields";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";

/** Splits what was typed into addresses, which stand on lines of their own or between commas. */
export const splitAddresses = (text: string) => text.split(/[\s,]+/).filter((part) => part !== "");

type LimitApiKeyProps = {
  apiKeyId: ApiKeyId;
  name: string;
  expiresAt: Date | null;
  allowedAddresses: readonly string[];
  whyNot: string | undefined;
};

/** Changes when a key expires and from where it may be used. */
export function ChangeKeyLimits(props: LimitApiKeyProps) {
  const { apiKeyId, name, expiresAt, allowedAddresses, whyNot } = props;
  const t = useTranslations("apiKeys");
  const words = useTranslations("keyLimits");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: t("limit"),
        openOne: t("limitOne", { name }),
        title: t("limitTitle", { name }),
      }}
      whyNot={whyNot}
      read={(form) =>
        LimitApiKey.safeParse({
          apiKeyId,
          lastDay: typedText(form, "lastDay") || null,
          allowedAddresses: splitAddresses(typedText(form, "allowed")),
        })
      }
      saving={useMutation(trpc.apiKey.limit.mutationOptions())}
    >
      <Field label={words("lastDay")} hint={words("lastDayHint")} isOptional>
        {(wired) => (
          <Input
            {...wired}
            type="date"
            name="lastDay"
            defaultValue={expiresAt ? toLastDay(expiresAt) : ""}
          />
        )}
      </Field>
      <Field label={words("allowed")} hint={words("allowedHint")} isOptional>
        {(wired) => (
          <Textarea {...wired} name="allowed" defaultValue={allowedAddresses.join("\n")} />
        )}
      </Field>
    </EditDialog>
  );
}
