"use client";
import type { ScrubId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "@/components/buttons";
import { showToast } from "@/components/toast";
import { useTRPC } from "@/trpc/client";
import { type FormEvent, useState } from "react";
import { Field, Input } from "@/components/fields";

type RepeatButtonProps = { scrubId: ScrubId; whyNot?: string | undefined };

/** Screens the same file again by today's facts. */
export function RepeatButton({ scrubId, whyNot }: RepeatButtonProps) {
  const t = useTranslations("scrub");
  const trpc = useTRPC();
  const router = useRouter();
  const repeat = useMutation(
    trpc.scrub.repeat.mutationOptions({
      onSuccess: ({ id }) => router.push(`/scrubs/${id}`),
      onError: ({ message }) => showToast({ tone: "bad", title: message }),
    }),
  );
  return (
    <Button
      icon={RotateCw}
      whyNot={whyNot}
      busy={(repeat.isPending || repeat.isSuccess) && t("repeating")}
      onClick={() => repeat.mutate({ scrubId })}
    >
      {t("repeat")}
    </Button>
  );
}

/** Opens the screening of one row of the file. */
export function FindRow({ scrubId, rows }: { scrubId: ScrubId; rows: number }) {
  const t = useTranslations("scrub");
  const router = useRouter();
  const [row, setRow] = useState("");
  const open = (event: FormEvent) => {
    event.preventDefault();
    router.push(`/screenings/${scrubId}.${Number(row)}`);
  };
  return (
    <form onSubmit={open} className="screenonly grid justify-items-start gap-3 pt-3">
      <Field label={t("rowNumber")} hint={t("rowHint")}>
        {(wired) => (
          <Input
            {...wired}
            type="number"
            min={1}
            max={rows}
            required
            value={row}
            onChange={({ currentTarget }) => setRow(currentTarget.value)}
          />
        )}
      </Field>
      <Button type="submit">{t("openRow")}</Button>
    </form>
  );
}
