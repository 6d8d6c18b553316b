"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { MoreFields } from "@/components/more-fields";
import { SaveForm, useShowSaved } from "@/components/save-form";
import { useTRPC } from "@/trpc/client";
import {
  CheckboxGroup,
  Field,
  Input,
  NumberField,
  SelectField,
  Textarea,
  type Choice,
} from "@/components/fields";
import { Channel } from "@ringfence/core/people/phone";
import { DisclosureAsks, DraftDisclosure } from "@ringfence/core/consents/disclosure";
import type { DisclosureId } from "@ringfence/core/ids";
import { typedText } from "@/components/typed-text";
import type { TextElement } from "@ringfence/core/consents/consent";

/** Edits a text and its terms. Saving changes only the draft. */
export function DisclosureForm({ id, initial, sellers, purposes }: DisclosureFormProps) {
  const t = useTranslations("disclosure");
  const trpc = useTRPC();
  const onSuccess = useShowSaved("/disclosures", id === undefined);
  const draft = useMutation(trpc.disclosure.draft.mutationOptions({ onSuccess }));
  return (
    <SaveForm
      read={(form) => parseDraft(id, form)}
      saving={draft}
      words={{ save: t("save"), saving: t("saving") }}
      saved={draft.isSuccess && id !== undefined && t("saved")}
    >
      <TextFields initial={initial} />
      <TermsFields initial={initial} sellers={sellers} purposes={purposes} />
      <AdvancedFields terms={initial.terms} />
    </SaveForm>
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
    </>
  );
}

/** Fields for what the text asks, for which seller, for how long, and how the person withdraws. */
function TermsFields({ initial, sellers, purposes }: DisclosureFormProps) {
  const t = useTranslations("disclosure");
  const asks = useTranslations("disclosures.asks");
  const channels = useTranslations("timeline.channel");
  const { terms } = initial;
  return (
    <>
      <SelectField
        name="asks"
        label={t("asks")}
        hint={t("asksHint")}
        choices={DisclosureAsks.options.map((key) => ({ key, name: asks(key) }))}
        chosen={terms.asks}
      />
      <SelectField
        name="seller"
        label={t("seller")}
        hint={t("sellerHint")}
        choices={sellers}
        chosen={terms.seller}
      />
      <CheckboxGroup
        legend={t("purposes")}
        name="purposes"
        choices={purposes}
        chosen={terms.purposes}
      />
      <CheckboxGroup
        legend={t("channels")}
        name="channels"
        choices={Channel.options.map((key) => ({ key, name: channels(key) }))}
        chosen={terms.channels}
      />
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
    </>
  );
}

type AdvancedFieldsProps = { terms: DisclosureFormProps["initial"]["terms"] };

/** Fields for the term of the consent, and for what the text states because a law requires it. */
function AdvancedFields({ terms }: AdvancedFieldsProps) {
  const t = useTranslations("disclosure");
  const elements = useTranslations("elements");
  return (
    <MoreFields
      note={t("advancedNote", { days: terms.validDays ?? 0, statements: terms.states.length })}
    >
      <NumberField
        name="validDays"
        label={t("validDays")}
        hint={t("validDaysHint")}
        isOptional
        min={1}
        max={36_500}
        initial={terms.validDays}
      />
      <CheckboxGroup
        legend={t("states")}
        hint={t("statesHint")}
        name="states"
        choices={statedElements.map((key) => ({ key, name: elements(key) }))}
        chosen={terms.states}
      />
    </MoreFields>
  );
}

type DisclosureFormProps = {
  id?: DisclosureId;
  initial: Omit<DraftDisclosure, "id">;
  sellers: readonly Choice[];
  purposes: readonly Choice[];
};

/** Parses the typed draft, or returns its faults. */
function parseDraft(id: string | undefined, data: FormData) {
  const one = (name: string) => typedText(data, name);
  const days = one("validDays");
  return DraftDisclosure.safeParse({
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
  });
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
] as const satisfies readonly TextElement[];
