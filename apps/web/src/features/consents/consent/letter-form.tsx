"use client";

import type { ConsentId, PhoneId } from "@ringfence/core/ids";
import { instantIn } from "@ringfence/core/platform/time";
import { useMutation } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Field } from "@/components/field";
import { Input } from "@/components/input";
import { Ticks } from "@/components/ticks";
import { useTRPC } from "@/trpc/client";
import { EvidenceSubmit } from "./evidence-submit";
import { FaultMark } from "./fault-mark";
import { LetterOnRecord } from "./letter-on-record";
import { useEvidenceUpload } from "./use-evidence-upload";

type LetterFormProps = {
  phoneId: PhoneId;
  /** A sentence for each thing that the person agreed to. */
  consents: readonly { id: ConsentId; name: string }[];
};

/** A withdrawal that came by letter: of which consents, when, and its scan. */
export function LetterForm({ phoneId, consents }: LetterFormProps) {
  const t = useTranslations("recordLetter");
  const trpc = useTRPC();
  const zone = useTimeZone() ?? "UTC";
  const [chosen, setChosen] = useState<readonly ConsentId[]>([]);
  const [timesSent, setTimesSent] = useState(0);
  const form = useForm({ defaultValues: { day: "" } });
  const upload = useEvidenceUpload("scan");
  const record = useMutation(trpc.consent.recordLetter.mutationOptions());
  if (record.data) return <LetterOnRecord recorded={record.data} consents={consents} />;

  const submit = ({ day }: { day: string }) => {
    setTimesSent((times) => times + 1);
    if (chosen.length === 0 || upload.file === null) return;
    const receivedAt = instantIn(zone, `${day}T00:00`)?.toISOString() ?? "";
    upload.submit((file) => record.mutate({ phoneId, consents: [...chosen], receivedAt, file }));
  };
  return (
    <form className="grid max-w-[36rem] gap-6 pt-4" onSubmit={form.handleSubmit(submit)}>
      <Ticks
        legend={t("consents")}
        hint={t("consentsHint")}
        choices={consents.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={chosen}
        onChosen={setChosen}
        fault={timesSent > 0 && chosen.length === 0 ? t("noConsent") : null}
      />
      <Field label={t("day")} hint={t("dayHint", { zone })}>
        {(wired) => <Input {...wired} type="date" required {...form.register("day")} />}
      </Field>
      <EvidenceSubmit
        upload={upload}
        wasSent={timesSent > 0}
        failure={record.error?.message ?? null}
        isBusy={record.isPending}
        words={{ record: t("record"), recording: t("recording") }}
      />
      {timesSent > 0 && <FaultMark key={timesSent} />}
    </form>
  );
}
