import { say } from "@ringfence/core/platform/message";
import type { Failure, Need, Today } from "@ringfence/services/desk/today";
import { useFormatter, useLocale, useTimeZone, useTranslations } from "next-intl";
import { LocalTime } from "@/components/local-time";

type AboutRegistries = Need & {
  kind: "registry-unread" | "registry-stale" | "registry-near" | "registries-missing";
};
type Missing = Need & { kind: "registries-missing" };

/** Words for registries that stop calls or soon will. `refused` is how many calls each stopped, by its code. */
export function useRegistryWords(refused: Today["refusals"]["unchecked"]) {
  const t = useTranslations("need");
  const locale = useLocale();
  const format = useFormatter();
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

  const missing = ({ why, names, contacts, isLifted }: Missing) => {
    const [count, list] = [names.length, format.list(names)];
    const body = t("missing.body", { contacts, isLifted: String(isLifted) });
    return {
      title: t(`missing.${why}`, { count, names: list }),
      body: count === 1 ? body : t("missing.names", { names: list }) + body,
    };
  };

  return (need: AboutRegistries) => {
    switch (need.kind) {
      case "registries-missing":
        return missing(need);
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
