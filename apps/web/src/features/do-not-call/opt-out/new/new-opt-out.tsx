"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/trpc/client";
import { OptOutForm } from "./form";
import { type ScopeNames, ScopeWords } from "../words";
import type { RecordedOptOut } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { ButtonLink } from "@/components/button-link";
import { CopyButton } from "@/components/copy-button";
import { Facts } from "@/components/facts";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { MessageText } from "@/components/message-text";

type NewOptOutProps = { names: ScopeNames; homeRegion: string; mayRead: boolean };

/** Records an opt-out, then shows its reference until the page is closed. */
export function NewOptOut({ names, homeRegion, mayRead }: NewOptOutProps) {
  const trpc = useTRPC();
  const record = useMutation(trpc.optOut.record.mutationOptions());
  const [times, setTimes] = useState(0);
  const answer = record.data?.answer;
  if (answer) {
    return (
      <OptOutRecorded
        answer={answer}
        names={names}
        mayRead={mayRead}
        onAnother={() => {
          record.reset();
          setTimes(times + 1);
        }}
      />
    );
  }
  return (
    <OptOutForm
      key={times}
      names={names}
      homeRegion={homeRegion}
      fault={record.data?.fault ?? null}
      failure={record.error?.message ?? null}
      isBusy={record.isPending}
      onRecord={record.mutate}
    />
  );
}

type OptOutRecordedProps = {
  answer: RecordedOptOut;
  names: ScopeNames;
  /** True if the member may open the list. */
  mayRead: boolean;
  onAnother: () => void;
};

/** Says that the opt-out is in force, with the reference to read aloud. Takes the focus. */
function OptOutRecorded({ answer, names, mayRead, onAnother }: OptOutRecordedProps) {
  const t = useTranslations("newOptOut");
  const { phone, scope, effectiveAt, reference, notes } = answer;
  return (
    <div className="max-w-[32rem] pt-4">
      <div aria-live="polite" tabIndex={-1} ref={focus} className="grid gap-1">
        <p className="text-lg font-semibold">{t("done")}</p>
        <p>
          {t("reference")} <b className="font-mono text-xl tracking-wider">{reference}</b>
        </p>
        {notes.map((note) => (
          <p key={note.key}>
            <MessageText message={note} />
          </p>
        ))}
      </div>
      <div className="py-3">
        <CopyButton text={reference} />
      </div>
      <Facts
        facts={[
          { name: t("phone"), value: <PhoneText phone={phone} /> },
          { name: t("scope"), value: <ScopeWords scope={scope} names={names} /> },
          { name: t("since"), value: <LocalTime instant={effectiveAt} precision="evidence" /> },
        ]}
      />
      <div className="flex flex-wrap gap-2 pt-5">
        <Button look="primary" onClick={onAnother}>
          {t("another")}
        </Button>
        {mayRead && <ButtonLink href="/opt-outs">{t("toList")}</ButtonLink>}
      </div>
    </div>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();
