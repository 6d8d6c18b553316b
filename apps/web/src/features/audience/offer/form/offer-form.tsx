"use client";
import { SaveOffer, ScriptLanguage } from "@ringfence/core/audience/offer";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { SegmentId } from "@ringfence/core/ids";
import type { OfferDetails } from "@ringfence/services/audience/offer";
import { SaveForm } from "@/components/save-form";
import { showToast } from "@/components/toast";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { Field, Input, Select, Textarea } from "@/components/fields";

type OfferFormProps = OfferFieldsProps & { whyNot: string | undefined };

/** Edits an offer. Saving creates a new version; campaigns in review keep theirs. */
export function OfferForm({ offer, whyNot, ...choices }: OfferFormProps) {
  const t = useTranslations("offerForm");
  const router = useRouter();
  const trpc = useTRPC();
  const save = useMutation(
    trpc.offer.save.mutationOptions({
      onSuccess({ id }) {
        showToast({ tone: "done", title: t("saved") });
        if (offer === null) router.push(`/offers/${id}`);
        else router.refresh();
      },
    }),
  );
  return (
    <SaveForm
      read={(form) => parseOffer(offer, form)}
      saving={save}
      words={{ save: t("save"), saving: t("saving"), odd: t("odd") }}
      whyNot={whyNot}
    >
      <OfferFields offer={offer} {...choices} />
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
  purposes: readonly { key: string; name: string }[];
  segments: readonly { id: SegmentId; name: string }[];
};

/** Fields for name, purpose, segment and scripts of an offer. */
function OfferFields({ offer, purposes, segments }: OfferFieldsProps) {
  const t = useTranslations("offerForm");
  return (
    <>
      <Field label={t("name")} hint={t("nameHint")}>
        {(wired) => (
          <Input {...wired} name="name" required maxLength={80} defaultValue={offer?.name ?? ""} />
        )}
      </Field>
      <Field label={t("purpose")} hint={t("purposeHint")}>
        {(wired) => (
          <Select {...wired} name="purpose" defaultValue={offer?.purpose ?? purposes[0]?.key ?? ""}>
            {purposes.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("eligibility")} hint={t("eligibilityHint")}>
        {(wired) => (
          <Select {...wired} name="eligibility" defaultValue={offer?.eligibility ?? ""}>
            <option value="">{t("everybody")}</option>
            {segments.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("priority")} hint={t("priorityHint")}>
        {(wired) => (
          <Input
            {...wired}
            name="priority"
            type="number"
            required
            min={1}
            max={100}
            defaultValue={offer?.priority ?? 50}
          />
        )}
      </Field>
      <ScriptFields scripts={offer?.scripts ?? {}} />
    </>
  );
}

/** Fields for the operator's script in each language that can be checked. */
function ScriptFields({ scripts }: Pick<OfferDetails, "scripts">) {
  const t = useTranslations("offerForm");
  const languages = useTranslations("scriptLanguages");
  return (
    <>
      {ScriptLanguage.options.map((language) => (
        <Field
          key={language}
          label={t("script", { language: languages(language) })}
          hint={t("scriptHint", { example: "{contact.name|…}" })}
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
