import { say } from "@ringfence/core/message";
import type { Failure, Need, Today } from "@ringfence/services/today";
import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

type Aging = Need & { kind: "registry-unread" | "registry-stale" | "registry-near" };

/** Of a registry that stops calls or soon will, in words. `refused` is how many it stopped, by its code. */
export function useRegistryWords(refused: Today["refusals"]["unchecked"]) {
  const t = useTranslations("need");
  const locale = useLocale();
  const zone = useTimeZone() ?? "UTC";
  const lastTry = (failure: Failure | null) =>
    failure?.error
      ? t.rich("failed", { ...timeOf(failure.at), error: say(locale, failure.error, zone) })
      : failure && t.rich("failedBare", timeOf(failure.at));
  const stops = (need: { code: string; failure: Failure | null }) => (
    <>
      {t("refuses", { count: refused[need.code] ?? 0 })} {lastTry(need.failure)}
    </>
  );

  return (need: Aging) => {
    switch (need.kind) {
      case "registry-unread":
        return { title: t("unread", { name: need.name }), body: stops(need) };
      case "registry-stale":
        return { title: t("old", old(need)), body: stops(need) };
      case "registry-near":
        return {
          title: t("old", old(need)),
          body: (
            <>
              {t("willRefuse")} {lastTry(need.failure)}
            </>
          ),
        };
    }
  };
}

const timeOf = (instant: Date | null) => ({
  time: () => instant && <LocalTime instant={instant} />,
});

const old = ({
  name,
  ageDays,
  limitDays,
}: {
  name: string;
  ageDays: number;
  limitDays: number;
}) => ({
  name,
  age: Math.ceil(ageDays),
  limit: limitDays,
});
