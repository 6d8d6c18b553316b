"use client";
import type { ConsentId, PhoneId } from "@ringfence/core/ids";
import { instantIn } from "@ringfence/core/platform/time";
import { useMutation } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Field, Input, ControlledCheckboxes } from "@/components/fields";
import { useTRPC } from "@/trpc/client";
import { EvidenceSubmit, FirstFaultFocus, useEvidenceUpload } from "../evidence-upload";
import type { RecordedLetter as Recorded } from "@ringfence/services/consents/consent";
import Link from "next/link";
import { FileHash } from "../words";

type LetterFormProps = {
  phoneId: PhoneId;
  /** One sentence for each consent. */
  consents: readonly { id: ConsentId; name: string }[];
};

/** Records a withdrawal by letter: which consents, when, and the scan. */
export function LetterForm({ phoneId, consents }: LetterFormProps) {
  const t = useTranslations("recordLetter");
  const trpc = useTRPC();
  const zone = useTimeZone() ?? "UTC";
  const [chosen, setChosen] = useState<readonly ConsentId[]>([]);
  const [timesSent, setTimesSent] = useState(0);
  const form = useForm({ defaultValues: { day: "" } });
  const upload = useEvidenceUpload("scan");
  const record = useMutation(trpc.consent.recordLetter.mutationOptions());
  if (record.data) return <RecordedLetterList recorded={record.data} consents={consents} />;

  const submit = ({ day }: { day: string }) => {
    setTimesSent((times) => times + 1);
    if (chosen.length === 0 || upload.file === null) return;
    const receivedAt = instantIn(zone, `${day}T00:00`)?.toISOString() ?? "";
    upload.submit((file) => record.mutate({ phoneId, consents: [...chosen], receivedAt, file }));
  };
  return (
    <form className="grid max-w-[36rem] gap-6 pt-4" onSubmit={form.handleSubmit(submit)}>
      <ControlledCheckboxes
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
      {timesSent > 0 && <FirstFaultFocus key={timesSent} />}
    </form>
  );
}

type RecordedLetterListProps = {
  recorded: Recorded;
  consents: readonly { id: ConsentId; name: string }[];
};

/** Lists the consents that a letter withdrew, and those withdrawn before it. Takes the focus. */
function RecordedLetterList({ recorded, consents }: RecordedLetterListProps) {
  const t = useTranslations("recordLetter");
  const isAnyNew = recorded.consents.some(({ isNew }) => isNew);
  return (
    <div className="grid max-w-[36rem] gap-4 pt-4">
      <div aria-live="polite" tabIndex={-1} ref={focus}>
        <p className="text-lg font-semibold">{t(isAnyNew ? "done" : "nothingNew")}</p>
      </div>
      <ul className="grid gap-2">
        {recorded.consents.map(({ id, isNew }) => (
          <li key={id}>
            <Link href={`/consents/${id}`} prefetch={false}>
              {consents.find((consent) => consent.id === id)?.name ?? t("consent")}
            </Link>
            : {t(isNew ? "withdrawn" : "withdrawnBefore")}
          </li>
        ))}
      </ul>
      {isAnyNew ? <FileHash hash={recorded.hash} /> : <p>{t("notKept")}</p>}
    </div>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();
