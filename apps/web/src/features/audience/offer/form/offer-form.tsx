"use client";
import { SaveOffer, ScriptLanguage } from "@ringfence/core/audience/offer";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { SegmentId } from "@ringfence/core/ids";
import type { OfferDetails } from "@ringfence/services/audience/offer";
import { SaveForm, useShowSaved } from "@/components/save-form";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { Field, Input, NumberField, SelectField, Textarea, type Choice } from "@/components/fields";
import { MoreFields } from "@/components/more-fields";

type OfferFormProps = Omit<OfferFieldsProps, "faults"> & { whyNot: string | undefined };

/** Edits an offer. Saving creates a new version; campaigns in review keep theirs. */
export function OfferForm({ offer, whyNot, ...choices }: OfferFormProps) {
  const t = useTranslations("offerForm");
  const onSuccess = useShowSaved("/offers", offer === null, t("saved"));
  const trpc = useTRPC();
  const save = useMutation(trpc.offer.save.mutationOptions({ onSuccess }));
  return (
    <SaveForm
      read={(form) => parseOffer(offer, form)}
      saving={save}
      words={{ save: t("save"), saving: t("saving") }}
      whyNot={whyNot}
    >
      {(faults) => <OfferFields offer={offer} faults={faults} {...choices} />}
    </SaveForm>
  );
}

function parseOffer(offer: OfferFormProps["offer"], form: FormData) {
  const scripts = ScriptLanguage.options.flatMap((language) => {
    const script = typedText(form, language);
    return script === "" ? [] : [[language, script]];
  });
  return SaveOffer.safeParse({
    ...(offer && { offer: { id: offer.id, version: offer.version } }),
    name: form.get("name"),
    purpose: form.get("purpose"),
    ...(form.get("eligibility") && { eligibility: form.get("eligibility") }),
    priority: Number(typedText(form, "priority")),
    scripts: Object.fromEntries(scripts),
  });
}

type OfferFieldsProps = {
  /** Null for a new offer. */
  offer: OfferDetails | null;
  purposes: readonly Choice[];
  segments: readonly { id: SegmentId; name: string }[];
  faults: readonly unknown[];
};

/** Fields for name, purpose and scripts; under "Advanced" who gets the offer, and its priority. */
function OfferFields({ offer, purposes, segments, faults }: OfferFieldsProps) {
  const t = useTranslations("offerForm");
  const eligibility = offer?.eligibility ?? "";
  const eligibilities = listEligibilities(segments, eligibility, {
    everybody: t("everybody"),
    hidden: t("hiddenSegment"),
  });
  const eligible = eligibilities.find(({ key }) => key === eligibility)?.name ?? "";
  const priority = offer?.priority ?? 50;
  return (
    <>
      <Field label={t("name")} hint={t("nameHint")}>
        {(wired) => (
          <Input {...wired} name="name" required maxLength={80} defaultValue={offer?.name ?? ""} />
        )}
      </Field>
      <SelectField
        name="purpose"
        label={t("purpose")}
        hint={t("purposeHint")}
        choices={purposes}
        chosen={offer?.purpose ?? purposes[0]?.key}
      />
      <ScriptFields scripts={offer?.scripts ?? {}} isFault={faults.includes("scripts")} />
      <MoreFields note={t("advancedNote", { eligible, priority })}>
        <SelectField
          name="eligibility"
          label={t("eligibility")}
          hint={t("eligibilityHint")}
          choices={eligibilities}
          chosen={eligibility}
        />
        <NumberField
          name="priority"
          label={t("priority")}
          hint={t("priorityHint")}
          isRequired
          min={1}
          max={100}
          initial={priority}
        />
      </MoreFields>
    </>
  );
}

/**
 * Lists who an offer may be for: everyone, or a segment. The current segment is among them even if the member may not
 * see it or it is archived: otherwise the browser would choose everyone, and saving would widen the offer.
 */
export function listEligibilities(
  segments: OfferFieldsProps["segments"],
  current: string,
  words: { everybody: string; hidden: string },
): Choice[] {
  const choices = [
    { key: "", name: words.everybody },
    ...segments.map(({ id, name }) => ({ key: String(id), name })),
  ];
  const isListed = choices.some(({ key }) => key === current);
  return isListed ? choices : [...choices, { key: current, name: words.hidden }];
}

type ScriptFieldsProps = Pick<OfferDetails, "scripts"> & { isFault: boolean };

/** Fields for the operator's script in each language that can be checked. */
function ScriptFields({ scripts, isFault }: ScriptFieldsProps) {
  const t = useTranslations("offerForm");
  const languages = useTranslations("scriptLanguages");
  return (
    <>
      {ScriptLanguage.options.map((language, index) => (
        <Field
          key={language}
          label={t("script", { language: languages(language) })}
          hint={t("scriptHint", { example: "{contact.name|…}" })}
          fault={isFault && index === 0 ? t("scriptFault") : undefined}
        >
          {(wired) => (
            <Textarea
              {...wired}
              name={language}
              rows={5}
              maxLength={4_000}
              lang={language}
              defaultValue={scripts[language] ?? ""}
            />
          )}
        </Field>
      ))}
    </>
  );
}
