"use client";

import { RenamePurpose as Rename } from "@ringfence/core/account/purpose";
import type { KnownPurpose } from "@ringfence/services/account/purpose";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { EditDialog } from "@/components/edit-dialog";
import { NameField } from "./name-field";

export function RenamePurpose({ purpose: { key, name } }: { purpose: KnownPurpose }) {
  const t = useTranslations("organization");
  const trpc = useTRPC();
  return (
    <EditDialog
      words={{
        open: t("rename"),
        openOne: t("renameOne", { name }),
        title: t("renameTitle", { name }),
      }}
      read={(form) => Rename.safeParse({ key, name: form.get("name") })}
      saving={useMutation(trpc.purpose.rename.mutationOptions())}
    >
      <NameField words={{ label: t("purposeName"), hint: t("purposeNameHint") }} name={name} />
    </EditDialog>
  );
}
