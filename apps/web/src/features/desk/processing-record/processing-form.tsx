"use client";
import {
  type ProcessingField,
  SaveProcessingDetails,
  processingFields,
} from "@ringfence/core/desk/processing-record";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Field, Textarea } from "@/components/fields";
import { SaveForm } from "@/components/save-form";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";

type ProcessingFormProps = {
  details: Readonly<Record<ProcessingField, string | null>>;
  whyNot: string | undefined;
};

/** Form for the details of the record of processing that no setting contains. The page marks empty fields as missing. */
export function ProcessingForm({ details, whyNot }: ProcessingFormProps) {
  const t = useTranslations("processing");
  const trpc = useTRPC();
  const router = useRouter();
  const save = useMutation(
    trpc.processing.save.mutationOptions({ onSuccess: () => router.push("/processing") }),
  );
  return (
    <SaveForm
      read={(form) =>
        SaveProcessingDetails.safeParse(
          Object.fromEntries(processingFields.map((field) => [field, typedText(form, field)])),
        )
      }
      saving={save}
      words={{ save: t("save"), saving: t("saving") }}
      whyNot={whyNot}
    >
      {processingFields.map((field) => (
        <Field key={field} label={t(`fields.${field}`)} hint={t(`hints.${field}`)} isOptional>
          {(wired) => (
            <Textarea
              {...wired}
              name={field}
              maxLength={4_000}
              defaultValue={details[field] ?? ""}
            />
          )}
        </Field>
      ))}
    </SaveForm>
  );
}
