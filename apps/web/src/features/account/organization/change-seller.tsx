"use client";

import { ChangeSeller as Change } from "@ringfence/core/account/seller";
import type { KnownSeller } from "@ringfence/services/account/seller";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { EditDialog } from "@/components/edit-dialog";
import { NameField } from "./name-field";
import { SellerFields } from "./seller-fields";

export function ChangeSeller({ seller }: { seller: KnownSeller }) {
  const t = useTranslations("organization");
  const trpc = useTRPC();
  const { id, name, sector, consentPolicy } = seller;
  return (
    <EditDialog
      words={{
        open: t("changeSeller"),
        openOne: t("changeOne", { name }),
        title: t("changeSellerTitle", { name }),
      }}
      read={(form) =>
        Change.safeParse({
          id,
          ...Object.fromEntries(form),
          before: { name, sector, consentPolicy },
        })
      }
      saving={useMutation(trpc.seller.change.mutationOptions())}
    >
      <NameField words={{ label: t("sellerName"), hint: t("sellerNameHint") }} name={name} />
      <SellerFields sector={sector} consentPolicy={consentPolicy} />
    </EditDialog>
  );
}
