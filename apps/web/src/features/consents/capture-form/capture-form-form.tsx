"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { focusFirstFault } from "@/components/focus-first-fault";
import { useTRPC } from "@/trpc/client";
import { AskedFields } from "./asked-fields";
import type { CaptureFormFormProps } from "./capture-form-form-props";
import { draftGiven } from "./draft-given";
import { PlaceFields } from "./place-fields";

/** Where consent is asked, of whom, and by which texts. Saving changes nothing of what collects. */
export function CaptureFormForm({ id, initial, disclosures }: CaptureFormFormProps) {
  const t = useTranslations("captureForm");
  const router = useRouter();
  const trpc = useTRPC();
  const [odd, setOdd] = useState<ReadonlySet<string>>(new Set());
  const draft = useMutation(
    trpc.captureForm.draft.mutationOptions({
      onSuccess(kept) {
        if (id === undefined) router.push(`/forms/${kept.id}`);
        else router.refresh();
      },
    }),
  );
  const read = (form: HTMLFormElement) => {
    const given = draftGiven(id, new FormData(form));
    flushSync(() => setOdd(given.odd ?? new Set()));
    return given.draft;
  };
  return (
    <form
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const given = read(event.currentTarget);
        focusFirstFault(event.currentTarget);
        if (given) draft.mutate(given);
      }}
      onInput={({ currentTarget }) => odd.size > 0 && read(currentTarget)}
    >
      {draft.error && <Banner tone="bad" role="alert" title={draft.error.message} />}
      <PlaceFields initial={initial} odd={odd} />
      <AskedFields settings={initial.settings} disclosures={disclosures} />
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" busy={draft.isPending && t("saving")}>
          {t("save")}
        </Button>
        <output className="text-sm text-muted">
          {draft.isSuccess && id !== undefined && t("saved")}
        </output>
      </div>
    </form>
  );
}
