import type { ClosedDayListed } from "@ringfence/services/people/jurisdiction";
import { useFormatter, useTranslations } from "next-intl";
import { AddClosedDay } from "./add-closed-day";
import type { Place } from "./declare-emergency";
import { EndClosedDay } from "./end-closed-day";

type ClosedDaysProps = {
  days: readonly ClosedDayListed[];
  /** All places that have rules, sorted by name. */
  places: readonly Place[];
  /** Place that is selected at first. */
  shown: Place;
  whyNot: string | undefined;
};

/** Lists the days without calls that officers added, and lets an officer add or withdraw one. */
export function ClosedDays({ days, places, shown, whyNot }: ClosedDaysProps) {
  const t = useTranslations("closedDays");
  const format = useFormatter();
  const findName = (id: string) => places.find((place) => place.id === id)?.name ?? id;
  const formatDay = (isoDate: string) =>
    format.dateTime(new Date(isoDate), { dateStyle: "long", timeZone: "UTC" });
  return (
    <div className="grid gap-3 pt-3">
      {days.length === 0 && <p className="text-muted">{t("none")}</p>}
      {days.map(({ id, jurisdiction, first, last, reason, by }) => {
        const place = findName(jurisdiction);
        return (
          <div key={id} className="flex flex-wrap items-center gap-3">
            <p>
              {first === last
                ? t("day", { place, first: formatDay(first) })
                : t("days", { place, first: formatDay(first), last: formatDay(last) })}{" "}
              <span className="text-muted">{by ? t("why", { name: by, reason }) : reason}</span>
            </p>
            <EndClosedDay
              id={id}
              label={t("endOne", { place, first: formatDay(first) })}
              whyNot={whyNot}
            />
          </div>
        );
      })}
      <div>
        <AddClosedDay {...{ places, shown, whyNot }} />
      </div>
    </div>
  );
}
