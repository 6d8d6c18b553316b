"use client";
import type {
  listDiscardedOptOuts,
  listUnreadableOptOuts,
} from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Banner } from "@/components/banner";
import { PhoneText } from "@/components/people";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { Button } from "@/components/buttons";
import { ChoiceField, Field, Input } from "@/components/fields";
import { LocalTime } from "@/components/dates";
import { RecordedBy } from "@/components/officers";
import { useRefreshed, useTRPC } from "@/trpc/client";
import type { UnreadableOptOutId } from "@ringfence/core/ids";
import { DiscardReason } from "@ringfence/core/do-not-call/opt-out";
import { ConfirmDialog } from "@/components/dialogs";

// Messages and API have older words: an unreadable opt-out is `misread`, resolving it is `mend`, restoring it `takeUp`.

type ResolvedOptOut = { phone: string; reference: string };

type UnreadableOptOutsProps = {
  optOuts: Awaited<ReturnType<typeof listUnreadableOptOuts>>;
  /** Why the member may not enter the numbers. The server checks it too. */
  whyNot: string | undefined;
};

/**
 * Lists opt-outs without a readable number, which cover nobody yet, and the ones that were completed just
 * now.
 */
export function UnreadableOptOuts({ optOuts: { items, count }, whyNot }: UnreadableOptOutsProps) {
  const t = useTranslations("misread");
  const [resolved, setResolved] = useState<readonly ResolvedOptOut[]>([]);
  if (items.length === 0 && resolved.length === 0) return null;
  return (
    <div className="mb-6 grid gap-3">
      <div aria-live="polite" className="grid gap-2">
        {resolved.map(({ phone, reference }) => (
          <Banner key={reference} title={t("mended", { reference })}>
            <PhoneText phone={phone} />
          </Banner>
        ))}
      </div>
      {items.length > 0 && (
        <Banner tone="care" title={t("title", { count })}>
          <p>{t("body")}</p>
          <ul className="mt-2 grid">
            {items.map((item) => (
              <li key={item.id} className="border-t border-line py-2.5">
                <UnreadableOptOut
                  optOut={item}
                  whyNot={whyNot}
                  onResolved={(optOut) => setResolved((before) => [...before, optOut])}
                />
              </li>
            ))}
          </ul>
          {count > items.length && <p>{t("first", { count: items.length })}</p>}
        </Banner>
      )}
    </div>
  );
}

type UnreadableOptOutProps = {
  optOut: Awaited<ReturnType<typeof listUnreadableOptOuts>>["items"][number];
  whyNot: string | undefined;
  onResolved: (optOut: ResolvedOptOut) => void;
};

/** Shows what arrived, with a field for the number that was meant. */
function UnreadableOptOut({ optOut, whyNot, onResolved }: UnreadableOptOutProps) {
  const t = useTranslations("misread");
  const channels = useTranslations("optOuts.channels");
  const router = useRouter();
  const trpc = useTRPC();
  const form = useForm({ defaultValues: { phone: "" } });
  const resolve = useMutation(
    trpc.optOut.mend.mutationOptions({
      onSuccess(answer) {
        onResolved(answer);
        router.refresh();
      },
    }),
  );
  const { id, input, channel, recordedAt, by } = optOut;
  return (
    <form
      className="flex flex-wrap items-end gap-x-4 gap-y-2"
      onSubmit={form.handleSubmit(({ phone }) => resolve.mutate({ id, phone }))}
    >
      <p className="min-w-48 flex-1">
        <b className="break-all">{t("input", { input })}</b>
        <span className="block text-muted">
          {channels(channel)}, <LocalTime instant={recordedAt} />, <RecordedBy by={by} />
        </span>
      </p>
      {whyNot === undefined && (
        <Field label={t("phone")} fault={resolve.error?.message}>
          {(wired) => (
            <Input {...wired} type="tel" autoComplete="off" required {...form.register("phone")} />
          )}
        </Field>
      )}
      <Button type="submit" busy={resolve.isPending && t("recording")} whyNot={whyNot}>
        {t("record")}
      </Button>
      {whyNot === undefined && <DiscardButton id={id} input={input} />}
    </form>
  );
}

/** Discards an entry that covers nobody, for a reason that stays on record. It can be restored from the list below. */
function DiscardButton({ id, input }: { id: UnreadableOptOutId; input: string }) {
  const t = useTranslations("misread");
  const trpc = useTRPC();
  // `useRefreshed` shows an error in a toast.
  const discard = useMutation(trpc.optOut.discard.mutationOptions(useRefreshed()));
  const [isAsked, setAsked] = useState(false);
  const [reason, setReason] = useState<DiscardReason>("no_refusal");
  return (
    <>
      <Button busy={discard.isPending && t("discarding")} onClick={() => setAsked(true)}>
        {t("discard")}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t("discardTitle")}
          confirm={t("discardNow")}
          onConfirm={() => discard.mutate({ id, reason })}
          onClose={() => setAsked(false)}
        >
          <p className="mb-3">
            <b className="break-all">{t("input", { input })}</b> {t("discardBody")}
          </p>
          <ChoiceField
            label={t("discardReason")}
            choices={DiscardReason.options.map((key) => ({
              key,
              name: t(`discardReasons.${key}`),
            }))}
            chosen={reason}
            onChoose={setReason}
          />
        </ConfirmDialog>
      )}
    </>
  );
}

type DiscardedOptOutsProps = {
  discarded: Awaited<ReturnType<typeof listDiscardedOptOuts>>;
  /** Why the member may not restore them. */
  whyNot: string | undefined;
};

/** Lists discarded opt-outs, folded. Any officer may restore one, because nobody may end an opt-out alone. */
export function DiscardedOptOuts({ discarded: { items, count }, whyNot }: DiscardedOptOutsProps) {
  const t = useTranslations("misread");
  const channels = useTranslations("optOuts.channels");
  const trpc = useTRPC();
  const restore = useMutation(trpc.optOut.takeUp.mutationOptions(useRefreshed()));
  if (items.length === 0) return null;
  return (
    <details className="my-3">
      <summary>{t("discarded", { count })}</summary>
      <ul className="grid">
        {items.map(({ id, input, channel, recordedAt, reason, by }) => (
          <li
            key={id}
            className="flex flex-wrap items-end gap-x-4 gap-y-2 border-t border-line py-2.5"
          >
            <p className="min-w-48 flex-1">
              <b className="break-all">{t("input", { input })}</b>
              <span className="block text-muted">
                {channels(channel)}, <LocalTime instant={recordedAt} />
              </span>
              <span className="block text-muted">
                {t(`discardReasons.${reason}`)}, <RecordedBy by={by} />
              </span>
            </p>
            <Button
              whyNot={whyNot}
              busy={restore.isPending && restore.variables.id === id && t("takingUp")}
              onClick={() => restore.mutate({ id })}
            >
              {t("takeUp")}
            </Button>
          </li>
        ))}
      </ul>
      {count > items.length && <p>{t("lastDiscarded", { count: items.length })}</p>}
    </details>
  );
}
