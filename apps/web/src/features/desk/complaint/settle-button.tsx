"use client";

import type { ComplaintView } from "@ringfence/services/desk/complaint";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { Button } from "@/components/buttons";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";

type SettleButtonProps = Pick<ComplaintView, "id"> & { whyNot: string | undefined };

/** Settles a complaint. */
export function SettleButton({ id, whyNot }: SettleButtonProps) {
  const t = useTranslations("complaints");
  const trpc = useTRPC();
  const router = useRouter();
  const settle = useMutation(
    trpc.complaint.settle.mutationOptions({
      onSuccess() {
        router.refresh();
        showToast({ tone: "done", title: t("settledNow") });
      },
    }),
  );
  return (
    <>
      <Button
        size="small"
        busy={settle.isPending && t("settling")}
        whyNot={whyNot}
        onClick={() => settle.mutate({ id })}
      >
        {t("settle")}
      </Button>
      {settle.error && (
        <span role="alert" className="block text-refuse">
          {settle.error.message}
        </span>
      )}
    </>
  );
}
