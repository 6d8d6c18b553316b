import type { ClosedDayView, EmergencyView } from "@ringfence/services/people/jurisdiction";
import { useFormatter, useTranslations } from "next-intl";
import {
  AddClosedDay,
  DeclareEmergency,
  EndClosedDay,
  EndEmergency,
  type Place,
} from "./rule-actions";
import { useTime } from "../words";

type EmergenciesProps = {
  emergencies: readonly EmergencyView[];
  /** Jurisdictions where one can be declared, by name. */
  places: readonly Place[];
  shown: Place;
  whyNot: string | undefined;
};

/** Lists emergencies, and lets an officer declare or end one. */
export function Emergencies({ emergencies, places, shown, whyNot }: EmergenciesProps) {
  const t = useTranslations("rules");
  const time = useTime();
  const placeName = (id: string) => places.find((place) => place.id === id)?.name ?? id;
  return (
    <div className="grid gap-3 pt-3">
      {emergencies.length === 0 && <p className="text-muted">{t("noEmergency")}</p>}
      {emergencies.map(({ id, jurisdiction, from, by, reason }) => {
        const values = { place: placeName(jurisdiction), at: time(from) };
        return (
          <div key={id} className="flex flex-wrap items-center gap-3">
            <p>
              {by ? t("declaredBy", { ...values, name: by }) : t("declared", values)}
              {reason && <span className="text-muted"> {reason}</span>}
            </p>
            <EndEmergency id={id} whyNot={whyNot} />
          </div>
        );
      })}
      <div>
        <DeclareEmergency shown={shown} places={places} whyNot={whyNot} />
      </div>
    </div>
  );
}

type ClosedDaysProps = {
  days: readonly ClosedDayView[];
  /** All jurisdictions with rules, by name. */
  places: readonly Place[];
  /** Jurisdiction selected at first. */
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
