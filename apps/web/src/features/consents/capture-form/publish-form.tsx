"use client";

import type { CaptureFormSeen } from "@ringfence/services/consents/capture-form";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Said } from "@/components/said";
import { useTRPC } from "@/trpc/client";

type PublishFormProps = {
  form: Pick<CaptureFormSeen, "id" | "faults" | "closedAt" | "versions">;
  whyNot: string | undefined;
};

/** Lets the form collect as its draft says, or says all that stands against it. */
export function PublishForm({ form, whyNot }: PublishFormProps) {
  const t = useTranslations("captureForm");
  const router = useRouter();
  const trpc = useTRPC();
  const onSuccess = () => router.refresh();
  const publish = useMutation(trpc.captureForm.publish.mutationOptions({ onSuccess }));
  const close = useMutation(trpc.captureForm.close.mutationOptions({ onSuccess }));
  const { id: formId, faults, closedAt, versions } = form;
  const isOpen = closedAt === null && versions.length > 0;
  return (
    <div className="grid justify-items-start gap-3 pt-4">
      {faults.length > 0 && (
        <Banner tone="care" title={t("faults", { count: faults.length })}>
          <ul className="list-disc pl-4">
            {faults.map((message) => (
              <li key={JSON.stringify(message)}>
                <Said message={message} />
              </li>
            ))}
          </ul>
        </Banner>
      )}
      <div className="flex flex-wrap items-start gap-2">
        <Button
          look="primary"
          whyNot={whyNot ?? (faults.length > 0 ? t("mendFirst") : undefined)}
          busy={publish.isPending && t("publishing")}
          onClick={() => publish.mutate({ formId })}
        >
          {t("publish")}
        </Button>
        {isOpen && (
          <Button
            whyNot={whyNot}
            busy={close.isPending && t("closing")}
            onClick={() => close.mutate({ formId })}
          >
            {t("close")}
          </Button>
        )}
      </div>
      {(publish.error ?? close.error) && (
        <Banner
          tone="bad"
          role="alert"
          title={publish.error?.message ?? close.error?.message ?? ""}
        />
      )}
    </div>
  );
}
