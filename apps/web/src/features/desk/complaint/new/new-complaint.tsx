"use client";
import { useMutation } from "@tanstack/react-query";
import type { QuestionId } from "@ringfence/core/ids";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type UseFormReturn, useForm, useWatch } from "react-hook-form";
import { Banner } from "@/components/banner";
import { Field, Input, RadioGroup, Select, Textarea } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";
import { PhoneField } from "@/components/phone-field";
import { SubmitForm } from "@/components/save-form";
import { safePath } from "@/server/safe-path";
import { useTRPC } from "@/trpc/client";

const MAX_TEXT = 10_000;
const sources = ["agent", "mail", "regulator"] as const;

/** The typed fields; empty if nothing was typed. */
type FormValues = {
  source: (typeof sources)[number];
  phone: string;
  text: string;
  day: string;
  time: string;
  seller: string;
  refusesCalls: "yes" | "no";
  authority: string;
  reference: string;
  answerBy: string;
};

/** The fields at first: empty, or with the text and the number of a message. */
const toDefaults = (message: NewComplaintProps["message"]): FormValues => ({
  source: message === null ? "agent" : "mail",
  phone: message?.phone ?? "",
  text: message?.text ?? "",
  day: "",
  time: "",
  seller: "",
  refusesCalls: "no",
  authority: "",
  reference: "",
  answerBy: "",
});

type NewComplaintProps = {
  homeRegion: string;
  sellers: readonly { key: string; name: string }[];
  /** The message of the list of possible opt-outs that is this complaint; null if there is none. */
  message: { question: QuestionId; text: string; phone: string } | null;
  /** True if the member may record letters and open the case afterwards. */
  mayHandle: boolean;
};

/** Records a complaint, then opens its case. */
export function NewComplaint({ homeRegion, sellers, message, mayHandle }: NewComplaintProps) {
  const t = useTranslations("newComplaint");
  const trpc = useTRPC();
  const router = useRouter();
  const file = useMutation(
    trpc.complaint.file.mutationOptions({
      onSuccess: ({ id }) => {
        if (id !== undefined && mayHandle) router.push(safePath(`/complaints/${id}`));
        else form.reset();
      },
    }),
  );
  const form = useForm<FormValues>({ defaultValues: toDefaults(message) });
  const { register, control, handleSubmit } = form;
  const [phone, source] = useWatch({ control, name: ["phone", "source"] });
  return (
    <SubmitForm
      className="grid max-w-[36rem] gap-5 pt-4"
      onSubmit={handleSubmit((given) =>
        file.mutate({ ...toRequest(given), ...(message && { question: message.question }) }),
      )}
      error={file.error?.message}
      submit={t("record")}
      busy={file.isPending && t("recording")}
    >
      <output className="empty:hidden">
        {file.data && <Banner title={file.data.fault ? t("optOutOnly") : t("done")} />}
      </output>
      {mayHandle && (
        <RadioGroup
          legend={t("source")}
          radio={register("source")}
          choices={sources.map((value) => ({ value, label: t(`sources.${value}`) }))}
        />
      )}
      {source === "regulator" && <RegulatorFields form={form} />}
      <PhoneField typed={phone} homeRegion={homeRegion} input={register("phone")} />
      <Field label={t("text")} hint={t("textHint")}>
        {(wired) => (
          <Textarea {...wired} rows={5} maxLength={MAX_TEXT} required {...register("text")} />
        )}
      </Field>
      <Field label={t("day")} hint={t("dayHint")} isOptional>
        {(wired) => <Input {...wired} type="date" {...register("day")} />}
      </Field>
      <RadioGroup
        legend={t("refuses")}
        radio={register("refusesCalls")}
        choices={[
          { value: "no", label: t("refusesNo") },
          { value: "yes", label: t("refusesYes"), hint: t("refusesHint") },
        ]}
      />
      <RareFields form={form} sellers={sellers} />
    </SubmitForm>
  );
}

type RareFieldsProps = Pick<NewComplaintProps, "sellers"> & { form: UseFormReturn<FormValues> };

/** Fields that few complaints need: the time of the call, and the seller that the person names. */
function RareFields({ form: { control, register }, sellers }: RareFieldsProps) {
  const t = useTranslations("newComplaint");
  const seller = useWatch({ control, name: "seller" });
  return (
    <MoreFields title={t("more")} note={t("moreNote", { seller: seller === "" ? "any" : "named" })}>
      <Field label={t("time")} hint={t("timeHint")} isOptional>
        {(wired) => <Input {...wired} type="time" {...register("time")} />}
      </Field>
      <Field label={t("seller")} hint={t("sellerHint")} isOptional>
        {(wired) => (
          <Select {...wired} {...register("seller")}>
            <option value="">{t("anySeller")}</option>
            {sellers.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </MoreFields>
  );
}

/** Fields for the letter of an authority. */
function RegulatorFields({ form: { register } }: { form: UseFormReturn<FormValues> }) {
  const t = useTranslations("newComplaint");
  return (
    <>
      <Field label={t("authority")} hint={t("authorityHint")}>
        {(wired) => <Input {...wired} maxLength={200} required {...register("authority")} />}
      </Field>
      <Field label={t("reference")} isOptional>
        {(wired) => <Input {...wired} maxLength={200} {...register("reference")} />}
      </Field>
      <Field label={t("answerBy")} hint={t("answerByHint")} isOptional>
        {(wired) => <Input {...wired} type="date" {...register("answerBy")} />}
      </Field>
    </>
  );
}

/** Converts the fields into a request. */
const toRequest = ({ source, phone, text, day, time, seller, ...given }: FormValues) => ({
  source,
  phone,
  text,
  refusesCalls: given.refusesCalls === "yes",
  ...(day !== "" && { called: { day, ...(time !== "" && { time }) } }),
  ...(seller !== "" && { seller }),
  ...(source === "regulator" && {
    regulator: {
      authority: given.authority,
      reference: given.reference,
      ...(given.answerBy !== "" && { answerBy: given.answerBy }),
    },
  }),
});
