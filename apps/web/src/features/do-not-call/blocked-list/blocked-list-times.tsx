import type { BlockedListView } from "@ringfence/services/do-not-call/blocked-list";
import { useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

/** Shows when the blocked list is written and its purpose, to members who may not change it. */
export function BlockedListTimes({ list, whyNot }: { list: BlockedListView; whyNot: string }) {
  const t = useTranslations("blockedList");
  const { nextAt, schedule, reason } = list;
  return (
    <div className="grid gap-1 pt-3">
      <p>
        {schedule === null && t("isOff")}
        {schedule !== null && nextAt === null && t("soon")}
        {nextAt !== null && t.rich("next", { time: () => <LocalTime key="at" instant={nextAt} /> })}
      </p>
      {schedule !== null && <p>{reason === null ? t("noReason") : t("for", { reason })}</p>}
      <p className="text-sm text-muted">{whyNot}</p>
    </div>
  );
}
