"use client";

import { AddPurpose as Adding } from "@ringfence/core/account/purpose";
import type { KnownPurpose } from "@ringfence/services/account/purpose";
import { useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { typedText } from "@/components/typed-text";
import { useTRPC } from "@/trpc/client";
import { EditDialog } from "@/components/edit-dialog";
import { PurposeFields } from "./purpose-fields";

type AddPurposeProps = { purposes: readonly KnownPurpose[]; whyNot: string | undefined };

/** A node of the tree more: of the kind of what it stands below, or of one of its own. */
export function AddPurpose({ purposes, whyNot }: AddPurposeProps) {
  const t = useTranslations("organization");
  const trpc = useTRPC();
  const [below, setBelow] = useState("");
  const above = purposes.find(({ key }) => key === below);
  const keyOf = (part: string) => (above ? `${above.key}.${part}` : part);
  return (
    <EditDialog
      words={{ open: t("addPurpose"), title: t("addPurpose") }}
      icon={Plus}
      whyNot={whyNot}
      read={(form) =>
        Adding.safeParse({
          key: keyOf(typedText(form, "key")),
          name: form.get("name"),
          kind: above?.kind ?? form.get("kind"),
        })
      }
      saving={useMutation(trpc.purpose.add.mutationOptions())}
    >
      <PurposeFields purposes={purposes} above={above} onBelow={setBelow} keyOf={keyOf} />
    </EditDialog>
  );
}
