"use client";
import { SaveOffer, ScriptLanguage } from "@ringfence/core/audience/offer";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { SaveForm } from "@/components/save-form";
import { showToast } from "@/components/toast";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { OfferFields, type OfferFieldsProps } from "./offer-fields";

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
