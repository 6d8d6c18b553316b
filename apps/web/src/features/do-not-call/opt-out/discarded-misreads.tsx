"use client";

import type { listDiscardedOptOuts } from "@ringfence/services/do-not-call/opt-out";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { LocalTime } from "@/components/local-time";
import { RecordedBy } from "@/components/recorded-by";
import { useTRPC } from "@/trpc/client";
import { useRefreshed } from "@/trpc/use-refreshed";

type DiscardedMisreadsProps = {
  discarded: Awaited<ReturnType<typeof listDiscardedOptOuts>>;
  /** Why the member may not take them up again. */
  whyNot: string | undefined;
};

/** What officers have laid aside, folded away: nobody alone ends a refusal, so any of them takes it up again. */
export function DiscardedMisreads({ discarded: { items, count }, whyNot }: DiscardedMisreadsProps) {
  const t = useTranslations("misread");
  const channels = useTranslations("optOuts.channels");
  const trpc = useTRPC();
  const takeUp = useMutation(trpc.optOut.takeUp.mutationOptions(useRefreshed()));
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
              busy={takeUp.isPending && takeUp.variables.id === id && t("takingUp")}
              onClick={() => takeUp.mutate({ id })}
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
