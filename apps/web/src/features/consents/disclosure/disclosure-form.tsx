"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { useTRPC } from "@/trpc/client";
import { draftGiven } from "./draft-given";
import { AsksFields } from "./asks-fields";
import type { DisclosureFormProps } from "./disclosure-form-props";
import { TextFields } from "./text-fields";

/** A text and its terms, as they are worked on. Saving keeps a draft: nothing collects by it yet. */
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
    const given = draftGiven(id, data);
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
      <AsksFields initial={initial} sellers={sellers} purposes={purposes} />
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
