"use client";

import type { listUnreadableOptOuts } from "@ringfence/services/do-not-call/opt-out";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { LocalTime } from "@/components/local-time";
import { RecordedBy } from "@/components/recorded-by";
import { useTRPC } from "@/trpc/client";
import { DiscardMisread } from "./discard-misread";
import type { Mended } from "./mended";

type MisreadOptOutProps = {
  misread: Awaited<ReturnType<typeof listUnreadableOptOuts>>["items"][number];
  whyNot: string | undefined;
  onMended: (mended: Mended) => void;
};

/** What came, and a field for the number that was meant. */
export function MisreadOptOut({ misread, whyNot, onMended }: MisreadOptOutProps) {
  const t = useTranslations("misread");
  const channels = useTranslations("optOuts.channels");
  const router = useRouter();
  const trpc = useTRPC();
  const form = useForm({ defaultValues: { phone: "" } });
  const mend = useMutation(
    trpc.optOut.mend.mutationOptions({
      onSuccess(answer) {
        onMended(answer);
        router.refresh();
      },
    }),
  );
  const { id, input, channel, recordedAt, by } = misread;
  return (
    <form
      className="flex flex-wrap items-end gap-x-4 gap-y-2"
      onSubmit={form.handleSubmit(({ phone }) => mend.mutate({ id, phone }))}
    >
      <p className="min-w-48 flex-1">
        <b className="break-all">{t("input", { input })}</b>
        <span className="block text-muted">
          {channels(channel)}, <LocalTime instant={recordedAt} />, <RecordedBy by={by} />
        </span>
      </p>
      {whyNot === undefined && (
        <Field label={t("phone")} fault={mend.error?.message}>
          {(wired) => (
            <Input {...wired} type="tel" autoComplete="off" required {...form.register("phone")} />
          )}
        </Field>
      )}
      <Button type="submit" busy={mend.isPending && t("recording")} whyNot={whyNot}>
        {t("record")}
      </Button>
      {whyNot === undefined && <DiscardMisread id={id} input={input} />}
    </form>
  );
}
