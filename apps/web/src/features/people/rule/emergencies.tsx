import type { EmergencyListed } from "@ringfence/services/people/jurisdiction";
import { useTranslations } from "next-intl";
import { DeclareEmergency, type Place } from "./declare-emergency";
import { EndEmergency } from "./end-emergency";
import { useTime } from "./use-time";

type EmergenciesProps = {
  emergencies: readonly EmergencyListed[];
  /** Where one can be declared, by name. */
  places: readonly Place[];
  shown: Place;
  whyNot: string | undefined;
};

/** Where an emergency is declared, and the way to declare one or to end it. */
export function Emergencies({ emergencies, places, shown, whyNot }: EmergenciesProps) {
  const t = useTranslations("rules");
  const time = useTime();
  const nameOf = (id: string) => places.find((place) => place.id === id)?.name ?? id;
  return (
    <div className="grid gap-3 pt-3">
      {emergencies.length === 0 && <p className="text-muted">{t("noEmergency")}</p>}
      {emergencies.map(({ id, jurisdiction, from, by, reason }) => {
        const values = { place: nameOf(jurisdiction), at: time(from) };
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
