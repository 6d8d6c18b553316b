"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { SaveDraftRow } from "@/components/save-form";
import { useTRPC } from "@/trpc/client";
import { Checkbox, type Choice, Field, Input, Select, Textarea } from "@/components/fields";
import { Channel } from "@ringfence/core/people/phone";
import { DisclosureAsks, DraftDisclosure } from "@ringfence/core/consents/disclosure";
import type { DisclosureId } from "@ringfence/core/ids";
import { typedText } from "@/components/typed-text";
import type { Statement } from "@ringfence/core/consents/consent";

/** Edits a text and its terms. Saving changes only the draft. */
export function DisclosureForm({ id, initial, sellers, purposes }: DisclosureFormProps) {
  const t = useTranslations("disclosure");
  const router = useRouter();
  const trpc = useTRPC();
  const [isOdd, setOdd] = useState(false);
  const draft = useMutation(
    trpc.disclosure.draft.mutationOptions({
      onSuccess(kept) {
        if (id === undefined) router.push(`/disclosures/${kept.id}`);
        else router.refresh();
      },
    }),
  );
  const save = (data: FormData) => {
    const given = parseDraft(id, data);
    setOdd(given === null);
    if (given) draft.mutate(given);
  };
  return (
    <form
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(new FormData(event.currentTarget));
      }}
    >
      {isOdd && <Banner tone="bad" role="alert" title={t("odd")} />}
      {draft.error && <Banner tone="bad" role="alert" title={draft.error.message} />}
      <TextFields initial={initial} />
      <TermsFields initial={initial} sellers={sellers} purposes={purposes} />
      <SaveDraftRow
        words={{ save: t("save"), saving: t("saving"), saved: t("saved") }}
        isSaving={draft.isPending}
        isSaved={draft.isSuccess && id !== undefined}
      />
    </form>
  );
}

/** Fields for the text that the person reads. */
function TextFields({ initial }: Pick<DisclosureFormProps, "initial">) {
  const t = useTranslations("disclosure");
  const { language, text, terms } = initial;
  return (
    <>
      <Field label={t("name")} hint={t("nameHint")}>
        {(wired) => (
          <Input {...wired} name="title" required maxLength={200} defaultValue={terms.title} />
        )}
      </Field>
      <Field label={t("language")} hint={t("languageHint")}>
        {(wired) => (
          <Input
            {...wired}
            name="language"
            required
            pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
            defaultValue={language}
          />
        )}
      </Field>
      <Field label={t("text")} hint={t("textHint")}>
        {(wired) => (
          <Textarea
            {...wired}
            name="text"
            rows={6}
            maxLength={20_000}
            lang={language}
            defaultValue={text}
          />
        )}
      </Field>
      <Field label={t("withdrawal")} hint={t("withdrawalHint")}>
        {(wired) => (
          <Input {...wired} name="withdrawal" maxLength={500} defaultValue={terms.withdrawal} />
        )}
      </Field>
      <Field label={t("retention")} hint={t("retentionHint")}>
        {(wired) => (
          <Input {...wired} name="retention" maxLength={500} defaultValue={terms.retention} />
        )}
      </Field>
      <Field label={t("validDays")} isOptional hint={t("validDaysHint")}>
        {(wired) => (
          <Input
            {...wired}
            name="validDays"
            type="number"
            min={1}
            max={36_500}
            defaultValue={terms.validDays}
          />
        )}
      </Field>
    </>
  );
}

/** Fields for what the text asks, for which seller, and what it states. */
function TermsFields({ initial, sellers, purposes }: DisclosureFormProps) {
  const t = useTranslations("disclosure");
  const asks = useTranslations("disclosures.asks");
  const channels = useTranslations("timeline.channel");
  const elements = useTranslations("elements");
  const { terms } = initial;
  const channelNames = Channel.options.map((key) => ({ key, name: channels(key) }));
  const elementNames = statedElements.map((key) => ({ key, name: elements(key) }));
  return (
    <>
      <Field label={t("asks")} hint={t("asksHint")}>
        {(wired) => (
          <Select {...wired} name="asks" defaultValue={terms.asks}>
            {DisclosureAsks.options.map((key) => (
              <option key={key} value={key}>
                {asks(key)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("seller")}>
        {(wired) => (
          <Select {...wired} name="seller" defaultValue={terms.seller}>
            {sellers.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Boxes legend={t("purposes")} name="purposes" choices={purposes} chosen={terms.purposes} />
      <Boxes
        legend={t("channels")}
        name="channels"
        choices={channelNames}
        chosen={terms.channels}
      />
      <Boxes legend={t("states")} name="states" choices={elementNames} chosen={terms.states} />
    </>
  );
}

type BoxesProps = {
  legend: string;
  name: string;
  choices: readonly Choice[];
  chosen: readonly string[];
};

const Boxes = ({ legend, name, choices, chosen }: BoxesProps) => (
  <fieldset className="grid gap-1">
    <legend className="pb-1 font-medium">{legend}</legend>
    {choices.map(({ key, name: label }) => (
      <Checkbox
        key={key}
        name={name}
        value={key}
        label={label}
        defaultChecked={chosen.includes(key)}
      />
    ))}
  </fieldset>
);

type DisclosureFormProps = {
  id?: DisclosureId;
  initial: Omit<DraftDisclosure, "id">;
  sellers: readonly Choice[];
  purposes: readonly Choice[];
};

/** Parses the typed draft; null for input that the form does not allow. */
function parseDraft(id: string | undefined, data: FormData): DraftDisclosure | null {
  const one = (name: string) => typedText(data, name);
  const days = one("validDays");
  return (
    DraftDisclosure.safeParse({
      ...(id !== undefined && { id }),
      language: one("language"),
      text: one("text"),
      terms: {
        title: one("title"),
        asks: one("asks"),
        seller: one("seller"),
        purposes: data.getAll("purposes"),
        channels: data.getAll("channels"),
        states: data.getAll("states"),
        retention: one("retention"),
        withdrawal: one("withdrawal"),
        ...(days !== "" && { validDays: Number(days) }),
      },
    }).data ?? null
  );
}

/** Elements that only the text can state; others follow from its terms. */
const statedElements = [
  "right_to_withdraw",
  "revocation_info",
  "term_and_withdrawal_method",
  "not_condition_of_purchase",
  "clear_and_conspicuous",
  "data_types",
  "list_of_data",
  "list_of_actions",
  "operator_name_address",
  "processor_name",
  "full_name",
  "address",
  "id_document",
] as const satisfies readonly Statement[];
