"use client";

import { AddSeller as Adding } from "@ringfence/core/account/seller";
import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { EditDialog } from "@/components/edit-dialog";
import { MadeKey } from "./made-key";
import { SellerFields } from "./seller-fields";

export function AddSeller({ whyNot }: { whyNot: string | undefined }) {
  const t = useTranslations("organization");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{ open: t("addSeller"), title: t("addSeller") }}
      icon={Plus}
      whyNot={whyNot}
      read={(form) => Adding.safeParse(Object.fromEntries(form))}
      saving={useMutation(trpc.seller.add.mutationOptions())}
    >
      <MadeKey
        words={{
          name: t("sellerName"),
          nameHint: t("sellerNameHint"),
          keyHint: () => t("sellerKeyHint"),
        }}
        maxLength={64}
      />
      <SellerFields sector="other" consentPolicy="opt_in" />
    </EditDialog>
  );
}
