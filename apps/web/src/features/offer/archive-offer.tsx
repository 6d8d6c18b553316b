"use client";

import type { OfferId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { Archive } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

type ArchiveOfferProps = { offerId: OfferId; name: string; whyNot: string | undefined };

/** Puts an offer away for good; nobody takes it out again. */
export function ArchiveOffer({ offerId, name, whyNot }: ArchiveOfferProps) {
  const t = useTranslations("offerForm");
  const router = useRouter();
  const trpc = useTRPC();
  const [isAsked, setAsked] = useState(false);
  const archive = useMutation(
    trpc.offer.archive.mutationOptions({
      onSuccess: () => router.push("/offers"),
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  return (
    <>
      <Button
        icon={Archive}
        whyNot={whyNot}
        busy={archive.isPending && t("archiving")}
        onClick={() => setAsked(true)}
      >
        {t("archive")}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t("archiveTitle", { name })}
          confirm={t("archive")}
          onConfirm={() => archive.mutate({ offerId })}
          onClose={() => setAsked(false)}
        >
          <p>{t("archiveBody")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
