"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { SaveForm } from "@/components/save-form";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import { organizationGiven } from "./organization-given";
import { OrganizationFields, type OrganizationFieldsProps } from "./organization-fields";

type OrganizationFormProps = OrganizationFieldsProps & { whyNot: string | undefined };

/** What an organization says of itself; it counts from the next screening on. */
export function OrganizationForm({ whyNot, ...fields }: OrganizationFormProps) {
  const t = useTranslations("organization");
  const router = useRouter();
  const trpc = useTRPC();
  const saving = useMutation(
    trpc.organization.change.mutationOptions({
      onSuccess() {
        showToast({ tone: "done", title: t("saved") });
        router.refresh();
      },
    }),
  );
  return (
    <SaveForm
      read={(form) => organizationGiven(form, fields.organization)}
      saving={saving}
      words={{ save: t("save"), saving: t("saving"), odd: t("odd") }}
      whyNot={whyNot}
    >
      <OrganizationFields {...fields} />
    </SaveForm>
  );
}
