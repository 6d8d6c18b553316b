"use client";

import { SaveOffer, ScriptLanguage } from "@ringfence/core/offer";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { showToast } from "@/components/toast";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { OfferFields, type OfferFieldsProps } from "./offer-fields";

type OfferFormProps = OfferFieldsProps & { whyNot: string | undefined };

/** An offer as it is worked on. Saving makes a new version; campaigns in review keep theirs. */
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
    <form
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const { data } = offerGiven(offer, new FormData(event.currentTarget));
        if (data) save.mutate(data);
        else showToast({ tone: "bad", title: t("odd") });
      }}
    >
      <OfferFields offer={offer} {...choices} />
      {save.error && <Banner tone="bad" role="alert" title={save.error.message} />}
      <div>
        <Button type="submit" look="primary" busy={save.isPending && t("saving")} whyNot={whyNot}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

function offerGiven(offer: OfferFormProps["offer"], form: FormData) {
  const scripts = ScriptLanguage.options.flatMap((language) => {
    const script = typedText(form, language);
    return script === "" ? [] : [[language, script]];
  });
  return SaveOffer.safeParse({
    ...(offer && { offer: { id: offer.id, version: offer.version } }),
    name: form.get("name"),
    purpose: form.get("purpose"),
    ...(form.get("eligibility") && { eligibility: form.get("eligibility") }),
    scripts: Object.fromEntries(scripts),
  });
}
