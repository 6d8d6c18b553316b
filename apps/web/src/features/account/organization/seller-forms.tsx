"use client";
import {
  AddSeller as Adding,
  ChangeSeller as Change,
  ConsentPolicy,
  Sector,
} from "@ringfence/core/account/seller";
import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { EditDialog } from "@/components/edit-dialog";
import { NameAndKeyFields, NameField, SelectField } from "./fields";
import type { KnownSeller } from "@ringfence/services/account/seller";
import { RadioGroup } from "@/components/radio-group";

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
      <NameAndKeyFields
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

type SellerFieldsProps = { sector: Sector; consentPolicy: ConsentPolicy };

/** Fields for a seller's sector and consent policy. */
function SellerFields({ sector, consentPolicy }: SellerFieldsProps) {
  const t = useTranslations("organization");
  return (
    <>
      <SelectField
        name="sector"
        words={{ label: t("sector"), hint: t("sectorHint") }}
        choices={Sector.options.map((key) => ({ key, name: t(`sectors.${key}`) }))}
        chosen={sector}
      />
      <RadioGroup
        legend={t("policy")}
        radio={{ name: "consentPolicy" }}
        chosen={consentPolicy}
        choices={ConsentPolicy.options.map((value) => ({
          value,
          label: t(`policies.${value}`),
          hint: t(`policyMeans.${value}`),
        }))}
      />
    </>
  );
}
