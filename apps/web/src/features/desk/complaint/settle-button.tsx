"use client";

import type { ComplaintView } from "@ringfence/services/desk/complaint";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { useShowDone, useTRPC } from "@/trpc/client";

type SettleButtonProps = Pick<ComplaintView, "id"> & { whyNot: string | undefined };

/** Settles a complaint. */
export function SettleButton({ id, whyNot }: SettleButtonProps) {
  const t = useTranslations("complaints");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const settle = useMutation(
    trpc.complaint.settle.mutationOptions({ onSuccess: () => showDone(t("settledNow")) }),
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
